import { problemOf } from '../../core/problem';
import type { AnswerPart, Asked } from '../../protocol/answer-stream';
import { putMessage } from '../../storage/conversations/conversations';
import { makePicture } from '../picture/make-picture';
import { answerFromPages } from './answer-from-pages';
import { AnswerInProgress, type EndedAnswers } from './answer-in-progress';
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
    if (picture) {
      progress.change({ kind: 'picture' });
      progress.change(await makePicture(question, picture, tools, signal));
    } else {
      yield* answerFromPages(progress, earlier, tools, signal);
    }
    yield endPart(await progress.finish(signal.aborted ? 'stopped' : 'complete'));
  } catch (error) {
    yield endPart(signal.aborted ? await progress.finish('stopped') : await progress.finish('failed', problemOf(error)));
  }
}

function endPart({ answer, others }: EndedAnswers): AnswerPart {
  const ended = { answer, ...(others.length > 0 ? { others } : {}) };
  if (answer.status === 'failed') return { type: 'answer-failed', problem: answer.problem ?? { code: 'internal' }, ...ended };
  return { type: answer.status === 'stopped' ? 'answer-stopped' : 'answer-end', ...ended };
}
