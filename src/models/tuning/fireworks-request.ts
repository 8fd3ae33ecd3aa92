import { APIConnectionError, APIError } from 'openai';
import { fetchBounded } from '../fetch-bounded';
import { type ServerAddress, serverUrl } from '../model-server';

export interface FireworksRequest {
  readonly method: 'GET' | 'POST';
  /** Below the address of the service: `/accounts`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON, but for a form. */
  readonly body?: object;
}

/**
 * Sends one request as Fireworks wants it, and as `openModelServer` would: to the configured origin only, with no redirect followed, once.
 * @throws what the openai package throws at such a refusal, so that it is read in one place
 */
export async function fireworksRequest(
  address: ServerAddress,
  { method, path, query, body }: FireworksRequest,
  signal: AbortSignal,
): Promise<Response> {
  const url = `${fireworksUrl(address.baseUrl)}${path}${query ? `?${new URLSearchParams(query)}` : ''}`;
  const isForm = body instanceof FormData;
  let response: Response;
  try {
    response = await fetchBounded(url, {
      method,
      signal,
      redirect: 'error',
      credentials: 'omit',
      headers: {
        ...(address.apiKey ? { authorization: `Bearer ${address.apiKey}` } : {}),
        ...(body && !isForm ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
    });
  } catch (cause) {
    throw new APIConnectionError({ cause: cause instanceof Error ? cause : undefined });
  }
  if (response.ok) return response;
  throw APIError.generate(response.status, refusalOf(await response.text()), undefined, response.headers);
}

/** Where jobs are managed. Models are asked at another path of the same server, which is the address that people know. */
function fireworksUrl(baseUrl: string): string {
  return serverUrl(baseUrl).replace(/\/inference(?=\/v1$)/, '');
}

function refusalOf(text: string): object | undefined {
  try {
    const refusal: unknown = JSON.parse(text);
    return refusal && typeof refusal === 'object' ? refusal : undefined;
  } catch {
    return undefined;
  }
}
