import type { Answer, SentQuestion } from '../harness/search-harness';
import type { LaboratoryWorker, WorkerReply } from './laboratory-worker';
import { SyntheticLibrary } from './synthetic-library';

export type SearchWorker = LaboratoryWorker<typeof import('../harness/search-harness')>;

export const dimensions = 1_536;
/** Asked before, so that the code is compiled and what is kept between searches is there. */
export const warmingQuestions = 5;

export type Questions = (count: number) => SentQuestion[];

/** Gives questions about a library, never one twice. */
export function askAbout(passages: number): Questions {
  const library = new SyntheticLibrary(dimensions);
  let number = 0;
  return (count) =>
    Array.from({ length: count }, () => {
      const { text, vector } = library.question(number++, passages);
      return { text, vector: [...vector] };
    });
}

/** Ends the worker before each question. @returns the milliseconds that the page waited for each answer */
export async function timeStarts(
  worker: SearchWorker,
  questions: readonly SentQuestion[],
  ask: (question: SentQuestion) => Promise<WorkerReply<Answer>>,
): Promise<number[]> {
  const times: number[] = [];
  for (const question of questions) {
    await worker.kill();
    const { ms, value } = await ask(question);
    if (!value.isFirst) throw new Error('The worker was not started anew.');
    times.push(ms);
  }
  return times;
}
