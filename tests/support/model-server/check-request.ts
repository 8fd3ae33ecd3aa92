import { ApiError } from './api-error';

/** @throws ApiError when the body is not a JSON object. */
export function bodyObject(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new ApiError(400, 'We could not parse the JSON body of your request.');
}

/**
 * @param apiKey the only key that is taken; null when none is needed.
 * @throws ApiError when it is another.
 */
export function checkKey(authorization: string, apiKey: string | null): void {
  if (apiKey === null || authorization === `Bearer ${apiKey}`) return;
  const given = authorization.replace(/^Bearer /, '');
  if (!given) throw new ApiError(401, "You didn't provide an API key.");
  // As OpenAI does, the message shows a part of the key.
  throw new ApiError(401, `Incorrect API key provided: ${given.slice(0, 4)}***${given.slice(-2)}.`, { code: 'invalid_api_key' });
}
