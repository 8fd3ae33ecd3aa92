import type { MessageId } from '../../core/conversation/conversation';
import { mergeIterables } from '../../core/merge-iterables';
import { withoutParameter } from '../../core/models/model-parameters';
import type { Cost, TokensUsed } from '../../core/models/model-prices';
import { type Problem, ProblemError, problemOf } from '../../core/problem';
import { buildPrompt, promptTokens as countPrompt } from '../../core/prompt/build-prompt';
import { estimateTokens } from '../../core/text/estimate-tokens';
import type { ChatModel } from '../../models/chat-model';
import type { ComparisonAsked, ComparisonPart } from '../../protocol/comparison-stream';
import { putMessage, readBranch } from '../../storage/conversations/conversations';
import { AnswerInProgress } from './answer-in-progress';
import type { AnswerTools } from './answer-tools';
import { chooseSources } from './choose-sources';
import { prepareAnswer } from './prepare-answer';
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
  const { branch } = await readBranch(tools.library, asked);
  const sought = { text: asked.question, ...(asked.choices ? { choices: asked.choices } : {}) };
  const prepared = await prepareAnswer(sought, branch, tools, signal);
  const chosen = await chooseSources(prepared, await prepared.gather({ isWritten: true }), prepared.told, true, tools);
  const { prompt, noted } = chosen;
  const promptTokens = countPrompt(prompt, estimateTokens);
  const estimates = await Promise.all(
    asked.candidates.map(async ({ model, parameters }) => {
      const used = { promptTokens, completionTokens: parameters.maximumTokens ?? expectedAnswerTokens };
      return { ...used, cost: await tools.costOf(model, used) };
    }),
  );
  if (signal.aborted) return yield { type: 'comparison-end' };
  const canAsk = noted.kind === 'written';
  yield { type: 'prepared', sources: noted.sources, report: noted.report, canAsk, estimates };
  if (!canAsk) return yield { type: 'comparison-end' };
  await Promise.race([agreed, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
  if (signal.aborted) return yield { type: 'comparison-end' };

  const { conversation, question, place } = await storeQuestion(asked, tools);
  yield { type: 'question-stored', conversation, question };
  const answers = asked.candidates.map((candidate, index) => {
    const id = index === 0 ? place.id : (tools.newId() as MessageId);
    const progress = new AnswerInProgress({ ...place, id, createdAt: place.createdAt + index }, question, tools);
    progress.use(chosen);
    return { candidate, progress };
  });
  for (const { progress } of answers) await putMessage(tools.library, { ...conversation, shownId: place.id }, progress.answer);

  const writing = answers.map(async function* ({ candidate, progress }, index): AsyncGenerator<ComparisonPart> {
    let firstWordMs: number | undefined;
    let problem: Problem | undefined;
    try {
      const model = await tools.openChat(candidate.model);
      if (!model) throw new ProblemError({ code: 'model-unknown', detail: candidate.model });
      const request = {
        // Each request has a nonce of its own.
        messages: buildPrompt({ ...prompt, nonce: tools.newNonce() }),
        parameters: withoutParameter(candidate.parameters, 'answers'),
        account: { purpose: 'answer', conversationId: conversation.id },
      } as const;
      for await (const { text } of writeAnswer(progress, model, request, signal)) {
        if (!text) continue;
        firstWordMs ??= progress.elapsedMs;
        yield { type: 'candidate-text', candidate: index, text };
      }
    } catch (error) {
      problem = problemOf(error);
    }
    const { answer } = signal.aborted ? await progress.finish('stopped') : await progress.finish(problem ? 'failed' : 'complete', problem);
    yield { type: 'candidate-end', candidate: index, answer, ...(firstWordMs === undefined ? {} : { firstWordMs }) };
  });
  for await (const { value } of mergeIterables(writing)) yield value;
  yield { type: 'comparison-end' };
}
