import { APIError } from 'openai';
import { type ProblemCode, ProblemError } from '../../core/problem';
import { modelProblem } from '../model-problem';

/** What a request was about: the same status says another thing of each. */
export type TuningSubject = 'account' | 'file' | 'upload' | 'job';

/** What a model server may say of any request has its `model-…`; what only one that trains would say has a `tuning-…`. */
export function tuningProblem(error: unknown, apiKey: string, subject: TuningSubject): ProblemError {
  const general = modelProblem(error, apiKey);
  if (error instanceof ProblemError) return general;
  const code = error instanceof APIError ? codeOf(error, subject) : undefined;
  if (code) return new ProblemError({ ...general.problem, code });
  return general.problem.code === 'model-malformed' ? new ProblemError({ ...general.problem, code: 'tuning-malformed' }) : general;
}

function codeOf(error: APIError, subject: TuningSubject): ProblemCode | undefined {
  const { status, code, param } = error;
  const about = `${code ?? ''} ${error.type ?? ''} ${error.message}`;
  if (status === 403 && /training_not_available|fine[- ]?tuning is (no longer|not) (available|offered)/i.test(about))
    return 'tuning-not-available';
  if (status !== undefined && status < 500 && /suspended|spend(ing)? limit|out of credit|billing|insufficient (credit|fund)/i.test(about))
    return 'model-quota';
  if ((status === 401 || status === 403) && /scope|permission/i.test(about)) return 'tuning-key-lacks-rights';
  if (status === 413) return 'tuning-file-too-large';
  if (status === 405 || status === 501) return 'tuning-not-offered';
  if (subject === 'upload' && status !== undefined && status >= 400 && status < 500 && ![401, 402, 403, 408, 429].includes(status)) {
    return 'tuning-upload-broken';
  }
  if (status !== 400 && status !== 404 && status !== 409 && status !== 412 && status !== 422) return undefined;
  if (param === 'model' || /model_not_(found|available)|base ?model/i.test(about)) return 'tuning-model-unknown';
  if (isOfFile(param, about)) return 'tuning-file-refused';
  if (status !== 404) return subject === 'file' ? 'tuning-file-refused' : 'tuning-request-refused';
  return subject === 'job' && code !== 'unknown_url' ? 'tuning-job-gone' : 'tuning-not-offered';
}

function isOfFile(param: string | null | undefined, about: string): boolean {
  return /_file$|^file$/.test(param ?? '') || /(training|validation)[_ ]file|invalid_file|no such file|dataset/i.test(about);
}
