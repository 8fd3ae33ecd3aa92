import { retryAfterMs } from '../core/models/retry-after';
import { ProblemError } from '../core/problem';

export interface FetchedDocument {
  /** Where it came from at last, after redirects. */
  readonly url: string;
  /** As the server sent it; empty when it sent none. */
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface FetchOptions {
  readonly signal: AbortSignal;
  readonly maximumBytes: number;
  /** For all of it, from the request to the last byte. */
  readonly timeoutMs?: number;
}

/** A worker may wait no longer than 30 s for a response to begin; this is for all of it, so that slow servers end in a problem and not in a dead worker. */
const defaultTimeoutMs = 60_000;

/**
 * Fetches one address that the person named, as a stranger: without cookies or other credentials.
 * @throws ProblemError `fetch-address-invalid`, `fetch-unreachable`, `fetch-refused` (the detail is the status), `fetch-too-large`, `fetch-silent`;
 * the signal's reason if it is aborted
 */
export async function fetchDocument(
  url: string,
  { signal, maximumBytes, timeoutMs = defaultTimeoutMs }: FetchOptions,
): Promise<FetchedDocument> {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) throw new ProblemError({ code: 'fetch-address-invalid' });
  signal.throwIfAborted();
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, { credentials: 'omit', redirect: 'follow', signal: AbortSignal.any([signal, timeout]) });
    if (!response.ok) throw refusal(response);
    const bytes = await readAtMost(response, maximumBytes);
    return { url: response.url, contentType: response.headers.get('content-type') ?? '', bytes };
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    signal.throwIfAborted();
    throw new ProblemError({ code: timeout.aborted ? 'fetch-silent' : 'fetch-unreachable' }, { cause });
  }
}

function refusal({ status, headers }: Response): ProblemError {
  const waitMs = retryAfterMs(headers.get('retry-after'), Date.now());
  return new ProblemError({ code: 'fetch-refused', detail: String(status), ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }) });
}

/** Stops at the limit, whatever length was announced: a small compressed answer may hold any number of bytes. */
async function readAtMost(response: Response, maximumBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    length += read.value.length;
    if (length > maximumBytes) {
      await reader?.cancel();
      throw new ProblemError({ code: 'fetch-too-large' });
    }
    chunks.push(read.value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
