import { buildPrompt, conversationShare, type Turn } from '../../core/build-prompt';
import { bestSupported, citationSupport } from '../../core/citation-support';
import { isOtherLanguage } from '../../core/citations/is-other-language';
import type { AnswerMessage, AnswerStatus } from '../../core/conversation';
import { mayLean } from '../../core/conversation-subject';
import { checkOfPages } from '../../core/own-knowledge';
import { type Problem, problemOf } from '../../core/problem';
import type { AnswerPart, Asked } from '../../protocol/answer-stream';
import { putMessage, updateMessage } from '../../storage/conversations';
import { makePicture } from '../picture/make-picture';
import type { AnswerTools } from './answer-tools';
import { attempt } from './attempt';
import { estimateMargin, fitToBudget } from './compose-prompt';
import { condenseHistory } from './condense-history';
import { answered, spoken } from './conversation-turns';
import type { SourceWithText } from './describe-sources';
import { earlySources } from './early-sources';
import type { GatheredSources } from './gather-sources';
import { prepareAnswer } from './prepare-answer';
import { retriedShorter, shorterContext } from './retried-shorter';
import { rewriteFollowUp } from './rewrite-follow-up';
import { settleText } from './settle-text';
import { storeOthers } from './store-others';
import { storeQuestion } from './store-question';
import { writeAnswer } from './write-answer';

/** Passages shown when no model writes from them. */
const passagesQuoted = 5;

/**
 * Answers a question from the library: finds passages, and has the chat model write from them if there is one. Everything is stored as it
 * comes about: the question before anything is looked for, the answer while it grows.
 * @returns parts in the order that `AnswerPart` describes, ending in exactly one that is terminal
 */
export async function* answerQuestion(asked: Asked, tools: AnswerTools, signal: AbortSignal): AsyncGenerator<AnswerPart> {
  const { library, now } = tools;
  const startedAt = now();
  const { conversation, earlier, question, place } = await storeQuestion(asked, tools);
  yield { type: 'question-stored', conversation, question };

  let answer: AnswerMessage = {
    ...place,
    role: 'answer',
    kind: 'nothing-found',
    status: 'streaming',
    text: '',
    sources: [],
    report: { pagesSearched: 0, passagesUsed: 0, pagesUsed: 0 },
    durationMs: 0,
  };
  let read: readonly SourceWithText[] = [];
  let others: readonly string[] = [];
  const { knowledge } = question.choices ?? {};
  const mayBeOwn = knowledge === 'pages-and-model';
  const settle = async (text: string, status: AnswerStatus) => {
    const settled = await settleText(text, read, question.text, status !== 'complete', tools);
    return mayBeOwn && settled.check ? { ...settled, check: checkOfPages(settled.check, settled.text) } : settled;
  };
  const finish = async (status: AnswerStatus, problem?: Problem): Promise<AnswerMessage> => {
    const settled = await settle(answer.text, status);
    answer = {
      ...answer,
      status,
      ...settled,
      durationMs: now() - startedAt,
      ...(problem ? { problem } : {}),
    };
    await updateMessage(library, answer);
    return answer;
  };

  try {
    await putMessage(library, { ...conversation, shownId: answer.id }, answer);
    const { picture } = question.choices ?? {};
    if (picture) {
      answer = { ...answer, kind: 'picture' };
      answer = { ...answer, ...(await makePicture(question, picture, tools, signal)) };
      return yield { type: 'answer-end', answer: await finish('complete') };
    }
    const prepared = await prepareAnswer(question, earlier, tools, signal);
    const { understood, turns, compose } = prepared;
    const { assistant } = understood;
    const chat = await attempt(prepared.openModel);
    const chatModel = 'value' in chat ? chat.value : undefined;
    const isWritten = chatModel !== undefined;
    const gather = (standalone?: string) => prepared.gather({ isWritten, ...(standalone ? { standalone } : {}) });
    const gathering = attempt(gather);
    const early = await earlySources(prepared, tools, isWritten);
    if (early && !signal.aborted) yield { type: 'sources', ...early };
    const gathered = await gathering;
    if (signal.aborted) return yield { type: 'answer-stopped', answer: await finish('stopped') };
    let history: readonly Turn[] = answered(turns);
    /** Decides what is read of what was gathered. */
    const choose = async (gathered: GatheredSources, contextTokens = tools.contextTokens) => {
      const { sources, searched, passagesInScope } = gathered;
      const whole = compose(gathered, history);
      const prompt = chatModel ? await fitToBudget(whole, { ...tools, contextTokens }) : whole;
      const used = sources.slice(0, chatModel ? prompt.passages.length : passagesQuoted);
      read = used;
      const turnsLeftOut = history.length - prompt.history.length;
      // What did not fit was not read after all.
      const { isWhole, ...rest } = searched;
      const reported = isWhole && used.length === sources.length ? searched : rest;
      answer = {
        ...answer,
        kind: chatModel && (used.length > 0 || mayBeOwn) ? 'written' : used.length > 0 ? 'quoted' : 'nothing-found',
        sources: used.map(({ source }) => source),
        report: {
          ...reported,
          ...(chatModel && mayBeOwn ? { mayBeOwn } : {}),
          passagesUsed: used.length,
          pagesUsed: new Set(used.map(({ source }) => source.pageId)).size,
          ...(turnsLeftOut > 0 ? { turnsLeftOut } : {}),
          ...(passagesInScope ? { shareRead: Math.min(1, used.length / passagesInScope) } : {}),
        },
        ...(assistant ? { assistant: assistant.name } : {}),
      };
      return prompt;
    };
    if ('error' in gathered) throw gathered.error;
    let found = gathered.value;
    let prompt = await choose(found);
    yield { type: 'sources', sources: answer.sources, report: answer.report };
    if ('error' in chat) throw chat.error;
    // All there is needs no better words to be found by.
    if (chatModel && turns.length > 0 && !answer.report.isWhole && !understood.isCommand && mayLean(question.text)) {
      const request = { conversationId: conversation.id, nonce: tools.newNonce() };
      const standalone = await rewriteFollowUp(understood.words, spoken(turns), chatModel, request, signal);
      if (signal.aborted) return yield { type: 'answer-stopped', answer: await finish('stopped') };
      if (standalone) {
        found = await gather(standalone);
        prompt = await choose(found);
        yield { type: 'sources', sources: answer.sources, report: answer.report };
      }
    }
    if (chatModel && answer.kind !== 'nothing-found') {
      const budgetTokens = (tools.contextTokens / estimateMargin) * conversationShare;
      const room = { budgetTokens, conversationId: conversation.id, nonce: tools.newNonce() };
      const told = await condenseHistory(answered(turns), earlier, chatModel, room, signal);
      if (signal.aborted) return yield { type: 'answer-stopped', answer: await finish('stopped') };
      history = told.history;
      if (told.condensed) answer = { ...answer, condensed: told.condensed };
      prompt = await choose(found);
    }
    if (assistant?.fallback && answer.kind === 'nothing-found') answer = { ...answer, fallback: assistant.fallback };
    if (!chatModel || answer.kind === 'nothing-found') return yield { type: 'answer-end', answer: await finish('complete') };

    const store = (grown: AnswerMessage) => updateMessage(library, grown);
    const parameters = { ...tools.parameters, ...assistant?.parameters };
    const account = { purpose: 'answer', conversationId: conversation.id } as const;
    const request = () => ({ messages: buildPrompt(prompt), account, ...(Object.keys(parameters).length > 0 ? { parameters } : {}) });
    const write = () => writeAnswer(answer, chatModel, request(), { ...tools, store }, signal);
    const shrink = async (problem: Problem) => {
      prompt = await choose(found, shorterContext(prompt, problem));
      answer = { ...answer, report: { ...answer.report, wasShortened: true } };
    };
    for await (const step of retriedShorter(write, shrink)) {
      if (step === 'shortened') {
        yield { type: 'sources', sources: answer.sources, report: answer.report };
        continue;
      }
      answer = step.answer;
      others = step.others;
      if (step.text) yield { type: 'text-delta', text: step.text };
    }
    const status = signal.aborted ? 'stopped' : 'complete';
    const texts = [answer.text, ...others.filter((text) => text !== '')];
    const settled = texts.length > 1 ? await Promise.all(texts.map((text) => settle(text, status))) : [];
    const first = parameters.takeBest && status === 'complete' ? bestSupported(settled.map(({ check }) => citationSupport(check))) : 0;
    answer = { ...answer, text: texts[first] ?? answer.text };
    const isForeign = status === 'complete' && isOtherLanguage(question.text, answer.text);
    const finished = await finish(status, isForeign ? { code: 'model-other-language' } : undefined);
    const beside = await storeOthers(finished, question.id, settled.toSpliced(first, 1), tools);
    yield {
      type: `answer-${status === 'stopped' ? 'stopped' : 'end'}`,
      answer: finished,
      ...(beside.length > 0 ? { others: beside } : {}),
    };
  } catch (error) {
    if (signal.aborted) return yield { type: 'answer-stopped', answer: await finish('stopped') };
    const problem = problemOf(error);
    yield { type: 'answer-failed', problem, answer: await finish('failed', problem) };
  }
}
