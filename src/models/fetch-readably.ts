import { readStart } from './read-start';

const maximumCharacters = 20_000;

/**
 * A `fetch` whose refusals all have the form that the package reads, `{"error": …}`: servers built on FastAPI say `detail` instead, some `message`
 * alone. No more of a refusal is read than anyone would.
 */
export async function fetchReadably(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  if (response.ok || !response.body) return response;
  const { status, statusText, headers } = response;
  const text = await readStart(response.body, maximumCharacters);
  return new Response(withError(text), {
    status,
    statusText,
    headers: new Headers([...headers].filter(([name]) => !/^content-(length|encoding)$/i.test(name))),
  });
}

function withError(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    if (!body || typeof body !== 'object' || 'error' in body) return text;
    const { detail, message } = body as { detail?: unknown; message?: unknown };
    return JSON.stringify({ error: { ...body, message: message ?? detail ?? text } });
  } catch {
    return text;
  }
}
