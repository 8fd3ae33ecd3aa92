import type { Problem } from '../../core/problem';

/** A worker may be killed this often during one piece of work before that is left alone for longer and longer. */
const patientStarts = 10;

/**
 * When work may be tried again if the worker dies during it. Stored before the work begins: if the worker does not survive it, or the disk is too full to
 * write even this, nothing is paid for over and over.
 * @param attempts how often it was begun, this time included
 * @returns milliseconds since 1970
 */
export function notBeforeIfInterrupted(attempts: number, retryAt: (problem: Problem, attempts: number) => number): number {
  return attempts <= patientStarts ? 0 : retryAt({ code: 'interrupted' }, attempts - patientStarts);
}
