import type { IncomingMessage } from 'node:http';

export interface RecordedRequest {
  readonly method: string;
  /** The path below `/v1`, such as `/embeddings`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body, the text when it is not JSON, or `undefined` when there is none. Of a form its fields, of a file in it the name. */
  readonly body: unknown;
  /** The form that was sent, with its files. */
  readonly form?: FormData;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** 0 until a status was sent, and for good when none ever is. */
  status: number;
  /** When the client hung up before the whole answer was sent, in milliseconds since 1970. */
  abandonedAt?: number;
}

type Content = Pick<RecordedRequest, 'body' | 'form'>;

async function readContent(request: IncomingMessage): Promise<Content> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  if (parts.length === 0) return { body: undefined };
  const bytes = Buffer.concat(parts);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return readForm(bytes, type);
  const text = bytes.toString('utf8');
  try {
    return { body: JSON.parse(text) as unknown };
  } catch {
    return { body: text };
  }
}

async function readForm(bytes: Buffer<ArrayBuffer>, type: string): Promise<Content> {
  try {
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    return { form, body: Object.fromEntries([...form].map(([name, value]) => [name, typeof value === 'string' ? value : value.name])) };
  } catch {
    return { body: 'a form that cannot be read' };
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
    ...(await readContent(incoming)),
    time,
    status: 0,
  };
}
