import type { Problem, ProblemCode } from '../problem';

/** What may be better by itself after a while. Everything else waits for the person. */
const passing: ReadonlySet<ProblemCode> = new Set([
  'model-unreachable',
  'model-busy',
  'model-failed',
  'model-silent',
  'model-dropped',
  'model-malformed',
  'tuning-malformed',
  'tuning-upload-broken',
  'interrupted',
  'storage-unavailable',
  'storage-full',
  // Until the next month, which it says itself.
  'spending-cap',
]);

const firstDelayMs = 30_000;
const longestDelayMs = 3_600_000;

/**
 * How long to wait before work that failed is tried again: half a minute, doubling up to an hour, or as long as the other side asked for.
 * @param attempts how often it was tried, at least 1
 * @returns milliseconds; `undefined` when trying again by itself is no use
 */
export function retryDelayMs(problem: Problem, attempts: number): number | undefined {
  if (!passing.has(problem.code)) return undefined;
  const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempts - 1));
  return Math.max(delayMs, problem.retryAfterMs ?? 0);
}
