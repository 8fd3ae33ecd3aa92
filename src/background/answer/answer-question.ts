import { problemOf } from '../../core/problem';
import type { AnswerPart, Asked } from '../../protocol/answer-stream';
import { putMessage } from '../../storage/conversations';
import { makePicture } from '../picture/make-picture';
import { answerFromPages } from './answer-from-pages';
import { AnswerInProgress } from './answer-in-progress';
import type { AnswerTools } from './answer-tools';
import { storeQuestion } from './store-question';

/**
 * Answers a question from the library, or with a picture. Everything is stored as it comes about: the question before anything is looked for, the
 * answer while it grows.
 * @returns parts in the order that `AnswerPart` describes, ending in exactly one that is terminal
 */
export async function* answerQuestion(asked: Asked, tools: AnswerTools, signal: AbortSignal): AsyncGenerator<AnswerPart> {
  const { conversation, earlier, question, place } = await storeQuestion(asked, tools);
  yield { type: 'question-stored', conversation, question };
  const progress = new AnswerInProgress(place, question, tools);
  try {
    await putMessage(tools.library, { ...conversation, shownId: place.id }, progress.answer);
    const { picture } = question.choices ?? {};
    if (!picture) return yield* answerFromPages(progress, earlier, signal);
    progress.change({ kind: 'picture' });
    progress.change(await makePicture(question, picture, tools, signal));
    yield { type: 'answer-end', answer: await progress.finish('complete') };
  } catch (error) {
    if (signal.aborted) return yield { type: 'answer-stopped', answer: await progress.finish('stopped') };
    const problem = problemOf(error);
    yield { type: 'answer-failed', problem, answer: await progress.finish('failed', problem) };
  }
}
