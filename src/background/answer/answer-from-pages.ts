import type { Message } from '../../core/conversation/conversation';
import type { Problem } from '../../core/problem';
import { buildPrompt } from '../../core/prompt/build-prompt';
import type { AnswerPart } from '../../protocol/answer-stream';
import type { AnswerInProgress } from './answer-in-progress';
import type { AnswerTools } from './answer-tools';
import { attempt } from './attempt';
import { chooseSources } from './choose-sources';
import { condenseHistory } from './condense-history';
import { spoken } from './conversation-turns';
import { earlySources } from './early-sources';
import type { GatheredSources } from './gather-sources';
import { prepareAnswer } from './prepare-answer';
import { retriedShorter, shorterContext } from './retried-shorter';
import { rewriteFollowUp } from './rewrite-follow-up';
import { writeAnswer } from './write-answer';

/**
 * Finds passages, and has the chat model write from them if there is one.
 * @param earlier the messages before the question, the oldest first
 * @throws ProblemError whatever keeps it from an answer; whatever was aborted, when the signal is
 */
export async function* answerFromPages(
  progress: AnswerInProgress,
  earlier: readonly Message[],
  tools: AnswerTools,
  signal: AbortSignal,
): AsyncGenerator<AnswerPart> {
  const { question } = progress;
  const { conversationId } = question;
  const prepared = await prepareAnswer(question, earlier, tools, signal);
  const { understood, turns } = prepared;
  const { assistant } = understood;
  const chat = await attempt(prepared.openModel);
  const model = 'value' in chat ? chat.value : undefined;
  const gather = (standalone?: string) => prepared.gather({ isWritten: model !== undefined, ...(standalone ? { standalone } : {}) });
  let { told } = prepared;
  const choose = async (from: GatheredSources, contextTokens = tools.contextTokens) => {
    const chosen = await chooseSources(prepared, from, told, model !== undefined, { ...tools, contextTokens });
    progress.use(chosen);
    return chosen.prompt;
  };
  const sourcesPart = (): AnswerPart => ({ type: 'sources', sources: progress.answer.sources, report: progress.answer.report });

  const gathering = attempt(gather);
  const early = await earlySources(prepared, tools, model !== undefined);
  if (early && !signal.aborted) yield { type: 'sources', ...early };
  const gathered = await gathering;
  signal.throwIfAborted();
  if ('error' in gathered) throw gathered.error;
  let found = gathered.value;
  await choose(found);
  yield sourcesPart();
  // What was found is shown first, then why nobody writes from it.
  if ('error' in chat) throw chat.error;

  // All there is needs no better words to be found by.
  if (model && prepared.mayLean && !progress.answer.report.isWhole) {
    const request = { conversationId, nonce: tools.newNonce() };
    const standalone = await rewriteFollowUp(understood.words, spoken(turns), model, request, signal);
    signal.throwIfAborted();
    if (standalone) {
      found = await gather(standalone);
      await choose(found);
      yield sourcesPart();
    }
  }
  if (progress.answer.kind === 'nothing-found' && assistant?.fallback) progress.change({ fallback: assistant.fallback });
  if (!model || progress.answer.kind === 'nothing-found') return;

  told = await condenseHistory(told, model, { contextTokens: tools.contextTokens, conversationId, nonce: tools.newNonce() }, signal);
  signal.throwIfAborted();
  let prompt = await choose(found);
  const parameters = { ...tools.parameters, ...assistant?.parameters };
  progress.takesBest = parameters.takeBest === true;
  const write = () => {
    const account = { purpose: 'answer', conversationId } as const;
    const request = { messages: buildPrompt(prompt), account, ...(Object.keys(parameters).length > 0 ? { parameters } : {}) };
    return writeAnswer(progress, model, request, signal);
  };
  const shorten = async (problem: Problem) => {
    // All there is stands in the order of the pages: of what no longer fits, a search knows the best.
    const from = found.searched.isWhole ? await prepared.gather({ isWritten: false }) : found;
    prompt = await choose(from, shorterContext(prompt, problem));
    progress.change({ report: { ...progress.answer.report, wasShortened: true } });
  };
  for await (const step of retriedShorter(write, shorten)) {
    if (step === 'shortened') yield sourcesPart();
    else if (step.text) yield { type: 'text-delta', text: step.text };
  }
}
