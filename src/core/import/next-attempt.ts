import type { Problem } from '../problem';

/** Of one page, the first included. */
const maximumAttempts = 4;
/** How often a page may be begun and cut off by a death, of the worker before it was asked for or of the browser, before it is taken for the cause. */
export const maximumInterruptions = 10;
/** So often in a row a host may fail to answer before all its pages are given up: it is gone, or does not want us. */
export const maximumHostFailures = 4;

const firstDelayMs = 30_000;
/** A site that asks to be left alone for longer is taken at its word: its page counts as failed, to be tried again by the person. */
const longestWaitMs = 6 * 3_600_000;

/** Request timeout, too early, too many requests, and failures of servers and of what stands before them. */
const passingStatuses = ['408', '425', '429', '500', '502', '503', '504', '520', '521', '522', '523', '524'];

/**
 * How long to wait before a page is fetched again.
 * @param attempts how often it was tried, at least 1
 * @returns milliseconds; `undefined` when another try by itself is no use
 */
export function nextAttemptDelayMs(problem: Problem, attempts: number): number | undefined {
  if (attempts >= maximumAttempts || !isPassing(problem)) return undefined;
  const delayMs = Math.max(firstDelayMs * 2 ** (attempts - 1), problem.retryAfterMs ?? 0);
  return delayMs > longestWaitMs ? undefined : delayMs;
}

/** Whether nothing came from the host, or it said that it is asked too much: then none of its pages is asked for in a hurry. */
export function concernsHost({ code, detail = '' }: Problem): boolean {
  return code === 'fetch-unreachable' || code === 'fetch-silent' || (code === 'fetch-refused' && /^(429|503)$/.test(detail));
}

function isPassing({ code, detail = '' }: Problem): boolean {
  return (
    code === 'fetch-unreachable' ||
    code === 'fetch-silent' ||
    code === 'interrupted' ||
    (code === 'fetch-refused' && passingStatuses.includes(detail))
  );
}
