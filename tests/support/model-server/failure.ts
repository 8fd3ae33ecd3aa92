import { ApiError, unknownModel } from './api-error';
import type { Reply } from './reply';

/** Failures told in place of the answer. */
export type ToldFailureKind =
  /** 401, as for a wrong key. */
  | 'key-refused'
  /** 401 whose message repeats the whole key, as careless servers do. */
  | 'key-echoed'
  /** 429 with `retry-after`. */
  | 'rate-limited'
  /** 429 with code `insufficient_quota` and no `retry-after`. */
  | 'quota-exceeded'
  | 'server-error'
  /** 404 `model_not_found`, whatever model was asked for. */
  | 'unknown-model'
  | 'context-too-long'
  /** 200 and a web page, as a captive portal or a wrong address gives. */
  | 'html';

/** Failures of the connection or of what comes over it: the answer itself would have been well. */
export type CarriedFailureKind =
  /** The connection is reset before anything is said. */
  | 'drop'
  /** Half of the answer, then the connection is reset. */
  | 'drop-midway'
  /** The request is taken and nothing is ever said. */
  | 'silence'
  /** A status and headers, then nothing. */
  | 'silence-after-headers'
  /** Half of the answer, then nothing. */
  | 'silence-midway'
  /** Half of the answer, then something that is not JSON; a plain JSON answer is cut in half. */
  | 'malformed'
  /** Half of the answer, then an orderly end with neither finish reason nor `[DONE]`. */
  | 'cut-short'
  /** Half of the answer, then an event holding an error. */
  | 'error-midway';

export type FailureKind = ToldFailureKind | CarriedFailureKind;

export interface Failure {
  readonly kind: FailureKind;
  /** Only requests to this path below `/v1` fail, such as `/embeddings`, or `/uploads/:/parts` (`:` for anything); all when absent. */
  readonly path?: string;
  /** How many of them are well before the first that fails: 0 unless told. */
  readonly skip?: number;
  /** How many requests fail before all is well again: 1 unless told, `Infinity` for good. */
  readonly times?: number;
  /** For `rate-limited`: 2 unless told. */
  readonly retryAfterSeconds?: number;
}

const carriedKinds: readonly string[] = [
  'drop',
  'drop-midway',
  'silence',
  'silence-after-headers',
  'silence-midway',
  'malformed',
  'cut-short',
  'error-midway',
] satisfies CarriedFailureKind[];

export function isCarried(kind: FailureKind): kind is CarriedFailureKind {
  return carriedKinds.includes(kind);
}

const page = '<!doctype html><html><head><title>Welcome</title></head><body><h1>Sign in to the network</h1></body></html>';

/**
 * The reply that stands in for the answer.
 * @throws ApiError for most kinds.
 */
export function replyOfFailure(kind: ToldFailureKind, failure: Failure, model: string, authorization: string): Reply {
  switch (kind) {
    case 'key-refused':
      throw new ApiError(401, 'Incorrect API key provided.', { code: 'invalid_api_key' });
    case 'key-echoed':
      throw new ApiError(401, `Incorrect API key provided: ${authorization.replace(/^Bearer /, '')}.`, { code: 'invalid_api_key' });
    case 'rate-limited':
      throw new ApiError(
        429,
        'Rate limit reached for requests per minute.',
        { type: 'requests', code: 'rate_limit_exceeded' },
        {
          'retry-after': String(failure.retryAfterSeconds ?? 2),
        },
      );
    case 'quota-exceeded':
      throw new ApiError(429, 'You exceeded your current quota, please check your plan and billing details.', {
        type: 'insufficient_quota',
        code: 'insufficient_quota',
      });
    case 'server-error':
      throw new ApiError(500, 'The server had an error while processing your request.', { type: 'server_error' });
    case 'unknown-model':
      throw unknownModel(model);
    case 'context-too-long':
      throw contextTooLong(1_000, 1_001);
    case 'html':
      return { type: 'html', status: 200, body: page };
  }
}

export function contextTooLong(contextTokens: number, promptTokens: number): ApiError {
  return new ApiError(
    400,
    `This model's maximum context length is ${contextTokens} tokens. However, your messages resulted in ${promptTokens} tokens. Please reduce the length of the messages.`,
    { param: 'messages', code: 'context_length_exceeded' },
  );
}

/** Keeps the failures that were ordered and hands out the one that a request meets, oldest order first. */
export class FailureOrders {
  private orders: { failure: Failure; left: number; skip: number }[] = [];

  add(failure: Failure): void {
    this.orders.push({ failure, left: failure.times ?? 1, skip: failure.skip ?? 0 });
  }

  clear(): void {
    this.orders = [];
  }

  take(path: string): Failure | undefined {
    const order = this.orders.find(({ failure, left }) => left > 0 && (failure.path === undefined || matches(failure.path, path)));
    if (!order) return undefined;
    if (order.skip > 0) {
      order.skip -= 1;
      return undefined;
    }
    order.left -= 1;
    return order.failure;
  }
}

/** @param pattern a path in which `:` stands for one step */
function matches(pattern: string, path: string): boolean {
  const steps = path.split('/');
  const wanted = pattern.split('/');
  return wanted.length === steps.length && wanted.every((step, index) => step === ':' || step === steps[index]);
}
