import { buildPrompt } from '../../core/build-prompt';
import { keepKnownMarks } from '../../core/citation-marks';
import type { AnswerMessage, AnswerStatus } from '../../core/conversation';
import { type Problem, problemOf } from '../../core/problem';
import type { AnswerPart, Asked } from '../../protocol/answer-stream';
import { putMessage, updateMessage } from '../../storage/conversations';
import type { AnswerTools } from './answer-tools';
import { attempt } from './attempt';
import { fitToBudget, promptPassage } from './compose-prompt';
import { answered, turnsOf, wordsAsked } from './conversation-turns';
import { gatherSources } from './gather-sources';
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
  const finish = async (status: AnswerStatus, problem?: Problem): Promise<AnswerMessage> => {
    const known = new Set(answer.sources.map((source) => source.number));
    answer = {
      ...answer,
      status,
      text: keepKnownMarks(answer.text, known),
      durationMs: now() - startedAt,
      ...(problem ? { problem } : {}),
    };
    await updateMessage(library, answer);
    return answer;
  };

  try {
    await putMessage(library, { ...conversation, shownId: answer.id }, answer);
    const turns = turnsOf(earlier);
    const [chat, { sources, searched }] = await Promise.all([attempt(tools.chatModel), gatherSources(question, turns, tools, signal)]);
    if (signal.aborted) return yield { type: 'answer-stopped', answer: await finish('stopped') };
    const chatModel = 'value' in chat ? chat.value : undefined;
    const history = answered(turns);
    const whole = { question: wordsAsked(question.text), passages: sources.map(promptPassage), history, nonce: tools.newNonce() };
    const prompt = chatModel ? await fitToBudget(whole, tools) : whole;
    const used = sources.slice(0, chatModel ? prompt.passages.length : passagesQuoted);
    answer = {
      ...answer,
      kind: used.length === 0 ? 'nothing-found' : chatModel ? 'written' : 'quoted',
      sources: used.map(({ source }) => source),
      report: { ...searched, passagesUsed: used.length, pagesUsed: new Set(used.map(({ source }) => source.pageId)).size },
    };
    yield { type: 'sources', sources: answer.sources, report: answer.report };
    if ('error' in chat) throw chat.error;
    if (!chatModel || used.length === 0) return yield { type: 'answer-end', answer: await finish('complete') };

    const store = (grown: AnswerMessage) => updateMessage(library, grown);
    for await (const step of writeAnswer(answer, chatModel, { messages: buildPrompt(prompt) }, { ...tools, store }, signal)) {
      answer = step.answer;
      if (step.text) yield { type: 'text-delta', text: step.text };
    }
    if (signal.aborted) return yield { type: 'answer-stopped', answer: await finish('stopped') };
    yield { type: 'answer-end', answer: await finish('complete') };
  } catch (error) {
    if (signal.aborted) return yield { type: 'answer-stopped', answer: await finish('stopped') };
    const problem = problemOf(error);
    yield { type: 'answer-failed', problem, answer: await finish('failed', problem) };
  }
}
