import browser from 'webextension-polyfill';
import { isCutOff, type Problem, ProblemError } from '../core/problem';
import type { OffscreenMessage, OffscreenRequests } from '../protocol/offscreen-requests';
import { createSend, type Envelope, type Reply, type Send } from '../protocol/send';

declare const self: ServiceWorkerGlobalScope;

/** Chromium's, which the polyfill's types don't know. */
interface Offscreen {
  closeDocument(): Promise<void>;
  createDocument(options: { url: string; reasons: readonly string[]; justification: string }): Promise<void>;
}

const path = 'src/offscreen/index.html';
/** A port does not tell that whoever was to get its other end is gone. */
const lookEveryMs = 500;
/** Pages and PDFs take seconds, a fetch a minute at most, and a step of a PDF too: what says nothing for longer keeps the document from all who wait. */
const longestSilenceMs = 120_000;

const lookWhileOpeningMs = 100;
const longestOpeningMs = 5_000;

export interface OffscreenWork {
  readonly signal?: AbortSignal;
  readonly onShareDone?: (share: number) => void;
  /** The document is closed when it says nothing about a request for this long. */
  readonly longestSilenceMs?: number;
}

let creating: Promise<void> | undefined;

/**
 * Speaks to the offscreen document, which is opened when there is none and closes by itself. Not by `runtime.sendMessage`, which carries no bytes.
 * A request rejects with what the document says, with the signal's reason, with `page-too-slow` or `pdf-broken` when it said nothing for too long, or with
 * `interrupted` when the document was gone before it replied. What else the document was at when it had to be closed is asked for again.
 */
export function askOffscreen(work: OffscreenWork = {}): Send<OffscreenRequests> {
  return createSend<OffscreenRequests>(async (envelope) => {
    // It may be closing itself at the very moment it is found.
    const reply = (await askOnce(envelope, work)) ?? (await askOnce(envelope, work));
    return reply ?? { ok: false, problem: { code: 'interrupted' } satisfies Problem };
  });
}

/** @returns nothing when the document went away */
async function askOnce(envelope: Envelope, { signal, onShareDone, ...limits }: OffscreenWork): Promise<Reply | undefined> {
  signal?.throwIfAborted();
  const client = await openDocument();
  const { port1: port, port2 } = new MessageChannel();
  const stopped = new AbortController();
  let looking: ReturnType<typeof setInterval> | undefined;
  let silentLooks = 0;
  try {
    return await new Promise((resolve, reject) => {
      const during = { signal: stopped.signal };
      signal?.addEventListener('abort', () => reject(signal.reason), during);
      port.addEventListener(
        'message',
        ({ data }: MessageEvent<OffscreenMessage>) => {
          silentLooks = 0;
          if ('reply' in data) resolve(data.reply);
          else onShareDone?.(data.shareDone);
        },
        during,
      );
      port.start();
      client.postMessage(envelope, [port2]);
      looking = setInterval(async () => {
        // Counted, because a computer that slept has not been silent.
        silentLooks += 1;
        if (!(await self.clients.get(client.id))) resolve(undefined);
        else if (silentLooks * lookEveryMs > (limits.longestSilenceMs ?? longestSilenceMs)) {
          resolve({ ok: false, problem: { code: envelope.request === 'offscreen/read-pdf' ? 'pdf-broken' : 'page-too-slow' } });
          await closeDocument();
        }
      }, lookEveryMs);
    });
  } finally {
    clearInterval(looking);
    stopped.abort();
    // Ends the work there, if it has not ended.
    port.close();
  }
}

async function closeDocument(): Promise<void> {
  // It may have closed by itself.
  await offscreenOf()
    .closeDocument()
    .catch(() => {});
}

async function openDocument(): Promise<Client> {
  const open = await findDocument();
  if (open) return open;
  creating ??= offscreenOf()
    .createDocument({
      url: path,
      reasons: ['DOM_PARSER', 'WORKERS', 'BLOBS'],
      justification: 'Reads the text of saved files, and hands over those that were made',
    })
    .finally(() => {
      creating = undefined;
    });
  const refused = await creating.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (isCutOff(refused)) throw refused;
  // There may be one that is still loading: a worker that was ended had begun to open it, and there is never a second.
  for (let waitedMs = 0; waitedMs <= longestOpeningMs; waitedMs += lookWhileOpeningMs) {
    const created = await findDocument();
    if (created) return created;
    await new Promise((resolve) => setTimeout(resolve, lookWhileOpeningMs));
  }
  throw refused ?? new ProblemError({ code: 'internal', detail: 'The offscreen document did not open.' });
}

function offscreenOf(): Offscreen {
  return (browser as unknown as { offscreen: Offscreen }).offscreen;
}

async function findDocument(): Promise<Client | undefined> {
  const clients = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return clients.find(({ url }) => url === browser.runtime.getURL(path));
}
