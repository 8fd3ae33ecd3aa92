/** What OpenAI sends as `{"error": …}` with any status but 200. */
export interface ErrorBody {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

/** Thrown by an endpoint to answer with an error in OpenAI's shape. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly body: ErrorBody;

  constructor(
    readonly status: number,
    message: string,
    fields: Partial<Omit<ErrorBody, 'message'>> = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.body = { message, type: fields.type ?? 'invalid_request_error', param: fields.param ?? null, code: fields.code ?? null };
  }
}

export function unknownModel(model: string): ApiError {
  return new ApiError(404, `The model \`${model}\` does not exist or you do not have access to it.`, { code: 'model_not_found' });
}
