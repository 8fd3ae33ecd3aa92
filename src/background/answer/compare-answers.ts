import { buildPrompt, promptTokens as countPrompt } from '../../core/build-prompt';
import type { AnswerMessage, MessageId } from '../../core/conversation';
import { conversationTree } from '../../core/conversation-tree';
import { estimateTokens } from '../../core/estimate-tokens';
import { mergeIterables } from '../../core/merge-iterables';
import { withoutParameter } from '../../core/model-parameters';
import type { Cost, TokensUsed } from '../../core/model-prices';
import { ProblemError, problemOf } from '../../core/problem';
import type { ChatModel } from '../../models/chat-model';
import type { Candidate, ComparisonAsked, ComparisonPart } from '../../protocol/comparison-stream';
import { putMessage, readConversation, readMessages, updateMessage } from '../../storage/conversations';
import type { AnswerTools } from './answer-tools';
import { fitToBudget } from './compose-prompt';
import { answered } from './conversation-turns';
import { prepareAnswer } from './prepare-answer';
import { settleText } from './settle-text';
import { storeQuestion } from './store-question';
import { writeAnswer } from './write-answer';

/** What an answer is taken to have when no limit is set: one of several paragraphs. */
const expectedAnswerTokens = 1_000;

export interface ComparisonTools extends AnswerTools {
  /** Models of the server that is set, by their names. */
  readonly openChat: (model: string) => Promise<ChatModel | undefined>;
  readonly costOf: (model: string, used: TokensUsed) => Promise<Cost>;
}

/**
 * Has several models answer one question from the same passages. Each answer is stored beside the others while it grows: all are paid for.
 * @param agreed resolves when the person has seen what it would cost and wants it
 */
export async function* compareAnswers(
  asked: ComparisonAsked,
  agreed: Promise<void>,
  tools: ComparisonTools,
  signal: AbortSignal,
): AsyncGenerator<ComparisonPart> {
  const { library, now, newId } = tools;
  const known = asked.conversationId && (await readConversation(library, asked.conversationId));
  const tree = conversationTree(known ? await readMessages(library, known.id) : []);
  const before = asked.parentId === undefined ? tree.branchThrough(known?.shownId) : tree.branchTo(asked.parentId);
  const sought = { text: asked.question, ...(asked.choices ? { choices: asked.choices } : {}) };
  const { understood, turns, gather, compose } = await prepareAnswer(sought, before, tools, signal);
  const gathered = await gather({ isWritten: true });
  const { sources, searched, passagesInScope } = gathered;
  const whole = compose(gathered, answered(turns));
  const prompt = await fitToBudget(whole, tools);
  const read = sources.slice(0, prompt.passages.length);
  const report = {
    ...searched,
    passagesUsed: read.length,
    pagesUsed: new Set(read.map(({ source }) => source.pageId)).size,
    ...(passagesInScope ? { shareRead: Math.min(1, read.length / passagesInScope) } : {}),
  };
  const promptTokens = countPrompt(prompt, estimateTokens);
  const estimates = await Promise.all(
    asked.candidates.map(async ({ model, parameters }) => {
      const used = { promptTokens, completionTokens: parameters.maximumTokens ?? expectedAnswerTokens };
      return { ...used, cost: await tools.costOf(model, used) };
    }),
  );
  if (signal.aborted) return yield { type: 'comparison-end' };
  yield { type: 'prepared', sources: read.map(({ source }) => source), report, estimates };
  if (read.length === 0) return yield { type: 'comparison-end' };
  await Promise.race([agreed, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
  if (signal.aborted) return yield { type: 'comparison-end' };

  const { conversation, question, place } = await storeQuestion(asked, tools);
  yield { type: 'question-stored', conversation, question };
  const answers = asked.candidates.map(
    (_, index): AnswerMessage => ({
      ...place,
      id: index === 0 ? place.id : (newId() as MessageId),
      createdAt: place.createdAt + index,
      role: 'answer',
      kind: 'written',
      status: 'streaming',
      text: '',
      sources: read.map(({ source }) => source),
      report,
      ...(understood.assistant ? { assistant: understood.assistant.name } : {}),
      durationMs: 0,
    }),
  );
  for (const answer of answers) await putMessage(library, { ...conversation, shownId: place.id }, answer);

  const writing = async function* (candidate: Candidate, index: number): AsyncGenerator<ComparisonPart> {
    const startedAt = now();
    let answer = answers[index] as AnswerMessage;
    let firstWordMs: number | undefined;
    const finish = async (ending: Pick<AnswerMessage, 'status' | 'problem'>): Promise<ComparisonPart> => {
      const settled = await settleText(answer.text, read, question.text, ending.status !== 'complete', tools);
      answer = { ...answer, ...settled, ...ending, durationMs: now() - startedAt };
      await updateMessage(library, answer);
      return { type: 'candidate-end', candidate: index, answer, ...(firstWordMs === undefined ? {} : { firstWordMs }) };
    };
    try {
      const model = await tools.openChat(candidate.model);
      if (!model) throw new ProblemError({ code: 'model-unknown', detail: candidate.model });
      const request = {
        // Each request has a nonce of its own.
        messages: buildPrompt({ ...prompt, nonce: tools.newNonce() }),
        parameters: withoutParameter(candidate.parameters, 'answers'),
        account: { purpose: 'answer', conversationId: conversation.id },
      } as const;
      const store = (grown: AnswerMessage) => updateMessage(library, grown);
      for await (const step of writeAnswer(answer, model, request, { now, store }, signal)) {
        answer = step.answer;
        if (!step.text) continue;
        firstWordMs ??= now() - startedAt;
        yield { type: 'candidate-text', candidate: index, text: step.text };
      }
      yield await finish({ status: signal.aborted ? 'stopped' : 'complete' });
    } catch (error) {
      yield await finish(signal.aborted ? { status: 'stopped' } : { status: 'failed', problem: problemOf(error) });
    }
  };
  for await (const { value } of mergeIterables(asked.candidates.map(writing))) yield value;
  yield { type: 'comparison-end' };
}
