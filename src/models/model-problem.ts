import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { retryAfterMs as waitOf } from '../core/models/retry-after';
import { type Problem, type ProblemCode, ProblemError } from '../core/problem';
import { parseTunedModelName } from '../core/tuning/training/tuned-model-name';

const maximumDetailCharacters = 300;

/**
 * Says what went wrong with a request in words of ours. The key is taken out of what the server said.
 * @param model that was asked
 */
export function modelProblem(error: unknown, apiKey: string, model = ''): ProblemError {
  if (error instanceof ProblemError) return error;
  const detail = withoutKeys(error instanceof Error ? error.message : String(error), apiKey);
  const retryAfterMs = error instanceof APIError ? waitOf(error.headers?.get('retry-after'), Date.now()) : undefined;
  const code = codeOf(error, apiKey);
  const isTunedGone = code === 'model-unknown' && parseTunedModelName(model) !== undefined;
  const problem: Problem = {
    code: isTunedGone ? 'tuned-model-gone' : code,
    detail,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
  // The cause is left out: it holds the request, and with it the key.
  return new ProblemError(problem);
}

function codeOf(error: unknown, apiKey: string): ProblemCode {
  if (error instanceof APIConnectionTimeoutError) return 'model-silent';
  if (error instanceof APIConnectionError) return 'model-unreachable';
  if (error instanceof SyntaxError) return 'model-malformed';
  if (!(error instanceof APIError)) return 'model-dropped';
  const status = error.status as number | undefined;
  if (status === undefined) return 'model-failed';
  if (status === 403 && apiKey === '') return 'model-origin-refused';
  if (status === 401 || status === 403) return 'model-key-refused';
  if (status === 402 || error.code === 'insufficient_quota') return 'model-quota';
  if (status === 404) return error.code === 'model_not_found' || /model/i.test(error.message) ? 'model-unknown' : 'model-not-there';
  if (status === 408) return 'model-silent';
  if (status === 429) return 'model-busy';
  if (status === 413 || error.code === 'context_length_exceeded' || tooLong.test(error.message)) return 'model-context-too-long';
  return status >= 500 ? 'model-failed' : 'model-request-refused';
}

const tooLong = /context (length|window|size)|maximum context|too many tokens|prompt is too long/i;

function withoutKeys(text: string, apiKey: string): string {
  const cleaned = (apiKey ? text.replaceAll(apiKey, '…') : text).replace(/\b(sk|pk|key|gsk|hf|r8)[-_][\w*.-]{6,}/gi, '…');
  return cleaned.length > maximumDetailCharacters ? `${cleaned.slice(0, maximumDetailCharacters)}…` : cleaned;
}
