import type { Problem, ProblemCode } from '../../../core/problem';

/** After anything else a job may have been made, though its service could not say so. */
const refusals: ReadonlySet<ProblemCode> = new Set([
  'model-address-invalid',
  'model-key-refused',
  'model-origin-refused',
  'model-not-there',
  'model-unknown',
  'model-busy',
  'model-quota',
  'model-request-refused',
  'tuning-not-available',
  'tuning-not-offered',
  'tuning-key-lacks-rights',
  'tuning-key-missing',
  'model-permission-missing',
  'tuning-job-gone',
  'tuning-model-unknown',
  'tuning-file-refused',
  'tuning-file-too-large',
  'tuning-request-refused',
]);

/** Whether a service that answered this to the wish for a job has certainly made none. */
export function isRefusal({ code }: Problem): boolean {
  return refusals.has(code);
}
