import type { IncomingMessage } from 'node:http';

export interface RecordedRequest {
  readonly method: string;
  /** The path below `/v1`, such as `/embeddings`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body, the text when it is not JSON, or `undefined` when there is none. */
  readonly body: unknown;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** 0 until a status was sent, and for good when none ever is. */
  status: number;
  /** When the client hung up before the whole answer was sent, in milliseconds since 1970. */
  abandonedAt?: number;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  if (parts.length === 0) return undefined;
  const text = Buffer.concat(parts).toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Reads a request to its end. */
export async function recordRequest(incoming: IncomingMessage): Promise<RecordedRequest> {
  const address = new URL(incoming.url ?? '/', 'http://localhost');
  const time = Date.now();
  return {
    method: incoming.method ?? 'GET',
    path: address.pathname.replace(/^\/v1(?=\/)/, ''),
    query: Object.fromEntries(address.searchParams),
    headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
    body: await readBody(incoming),
    time,
    status: 0,
  };
}
