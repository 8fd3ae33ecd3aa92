import { buildPrompt, conversationShare, type PromptInput, type Turn } from '../../core/build-prompt';
import { bestSupported, citationSupport } from '../../core/citation-support';
import { isOtherLanguage } from '../../core/citations/is-other-language';
import type { AnswerMessage, Message } from '../../core/conversation';
import { mayLean } from '../../core/conversation-subject';
import type { Problem } from '../../core/problem';
import type { ChatModel } from '../../models/chat-model';
import type { AnswerPart } from '../../protocol/answer-stream';
import { updateMessage } from '../../storage/conversations';
import type { AnswerInProgress } from './answer-in-progress';
import { attempt } from './attempt';
import { chooseSources } from './choose-sources';
import { estimateMargin } from './compose-prompt';
import { condenseHistory } from './condense-history';
import { answered, spoken } from './conversation-turns';
import { earlySources } from './early-sources';
import type { GatheredSources } from './gather-sources';
import { type PreparedAnswer, prepareAnswer } from './prepare-answer';
import { retriedShorter, shorterContext } from './retried-shorter';
import { rewriteFollowUp } from './rewrite-follow-up';
import { storeOthers } from './store-others';
import { writeAnswer } from './write-answer';

/**
 * Finds passages, and has the chat model write from them if there is one.
 * @param earlier the messages before the question, the oldest first
 * @throws ProblemError whatever keeps it from an answer; whatever was aborted, when the signal is
 */
export async function* answerFromPages(
  progress: AnswerInProgress,
  earlier: readonly Message[],
  signal: AbortSignal,
): AsyncGenerator<AnswerPart> {
  const { question, tools } = progress;
  const { conversationId } = question;
  const prepared = await prepareAnswer(question, earlier, tools, signal);
  const { understood, turns } = prepared;
  const { assistant } = understood;
  const chat = await attempt(prepared.openModel);
  const model = 'value' in chat ? chat.value : undefined;
  const gather = (standalone?: string) => prepared.gather({ isWritten: model !== undefined, ...(standalone ? { standalone } : {}) });
  const sourcesPart = (): AnswerPart => ({ type: 'sources', sources: progress.answer.sources, report: progress.answer.report });

  const gathering = attempt(gather);
  const early = await earlySources(prepared, tools, model !== undefined);
  if (early && !signal.aborted) yield { type: 'sources', ...early };
  const gathered = await gathering;
  signal.throwIfAborted();
  if ('error' in gathered) throw gathered.error;
  let found = gathered.value;
  let prompt = await chooseSources(progress, prepared, found, answered(turns), model);
  yield sourcesPart();
  // What was found is shown first, then why nobody writes from it.
  if ('error' in chat) throw chat.error;

  // All there is needs no better words to be found by.
  if (model && turns.length > 0 && !progress.answer.report.isWhole && !understood.isCommand && mayLean(question.text)) {
    const request = { conversationId, nonce: tools.newNonce() };
    const standalone = await rewriteFollowUp(understood.words, spoken(turns), model, request, signal);
    signal.throwIfAborted();
    if (standalone) {
      found = await gather(standalone);
      prompt = await chooseSources(progress, prepared, found, answered(turns), model);
      yield sourcesPart();
    }
  }
  if (progress.answer.kind === 'nothing-found' && assistant?.fallback) progress.change({ fallback: assistant.fallback });
  if (!model || progress.answer.kind === 'nothing-found') return yield { type: 'answer-end', answer: await progress.finish('complete') };

  const budgetTokens = (tools.contextTokens / estimateMargin) * conversationShare;
  const room = { budgetTokens, conversationId, nonce: tools.newNonce() };
  const { history, condensed } = await condenseHistory(answered(turns), earlier, model, room, signal);
  signal.throwIfAborted();
  if (condensed) progress.change({ condensed });
  prompt = await chooseSources(progress, prepared, found, history, model);
  yield* writeFromPages(progress, prepared, { found, history, prompt }, model, signal);
}

interface Told {
  readonly found: GatheredSources;
  readonly history: readonly Turn[];
  readonly prompt: PromptInput;
}

async function* writeFromPages(
  progress: AnswerInProgress,
  prepared: PreparedAnswer,
  told: Told,
  model: ChatModel,
  signal: AbortSignal,
): AsyncGenerator<AnswerPart> {
  const { question, tools } = progress;
  const parameters = { ...tools.parameters, ...prepared.understood.assistant?.parameters };
  const account = { purpose: 'answer', conversationId: question.conversationId } as const;
  const store = (grown: AnswerMessage) => updateMessage(tools.library, grown);
  let { prompt } = told;
  const write = () => {
    const request = { messages: buildPrompt(prompt), account, ...(Object.keys(parameters).length > 0 ? { parameters } : {}) };
    return writeAnswer(progress.answer, model, request, { ...tools, store }, signal);
  };
  const shrink = async (problem: Problem) => {
    const contextTokens = shorterContext(prompt, problem);
    // All there is stands in the order of the pages: of what no longer fits, a search knows the best.
    const found = told.found.searched.isWhole ? await prepared.gather({ isWritten: false }) : told.found;
    prompt = await chooseSources(progress, prepared, found, told.history, model, contextTokens);
    progress.change({ report: { ...progress.answer.report, wasShortened: true } });
  };
  for await (const step of retriedShorter(write, shrink)) {
    if (step === 'shortened') {
      yield { type: 'sources', sources: progress.answer.sources, report: progress.answer.report };
      continue;
    }
    progress.answer = step.answer;
    progress.others = step.others;
    if (step.text) yield { type: 'text-delta', text: step.text };
  }
  yield await endWritten(progress, parameters.takeBest === true, signal);
}

/** Of several answers, the one that is shown is the first, or the one that the pages bear out best. */
async function endWritten(progress: AnswerInProgress, takesBest: boolean, signal: AbortSignal): Promise<AnswerPart> {
  const { question, tools } = progress;
  const status = signal.aborted ? 'stopped' : 'complete';
  const texts = [progress.answer.text, ...progress.others.filter((text) => text !== '')];
  const settled = texts.length > 1 ? await Promise.all(texts.map((text) => progress.settle(text, status))) : [];
  const chosen = takesBest && status === 'complete' ? bestSupported(settled.map(({ check }) => citationSupport(check))) : 0;
  const text = texts[chosen] ?? progress.answer.text;
  progress.change({ text });
  const isForeign = status === 'complete' && isOtherLanguage(question.text, text);
  const answer = await progress.finish(status, isForeign ? { code: 'model-other-language' } : undefined);
  const others = await storeOthers(answer, question.id, settled.toSpliced(chosen, 1), tools);
  return { type: status === 'stopped' ? 'answer-stopped' : 'answer-end', answer, ...(others.length > 0 ? { others } : {}) };
}
