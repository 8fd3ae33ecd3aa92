import { type ProblemCode, problemOf } from '../../core/problem';

/** The server may have worked before these, though nothing that came could be used. */
const afterWork: ReadonlySet<ProblemCode> = new Set([
  'model-dropped',
  'model-silent',
  'model-malformed',
  'model-refused',
  'model-cut-off',
  'model-answer-too-long',
  'picture-elsewhere',
  'picture-unreadable',
]);

/** Whether a request of which nothing came may cost something all the same: it was sent, and not refused. */
export function mayBeCharged(error: unknown, signal?: AbortSignal): boolean {
  return signal?.aborted === true || afterWork.has(problemOf(error).code);
}
