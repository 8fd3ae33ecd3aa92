import browser from 'webextension-polyfill';
import { type Problem, ProblemError } from '../core/problem';
import type { OffscreenMessage, OffscreenRequests } from '../protocol/offscreen-requests';
import { createSend, type Envelope, type Reply, type Send } from '../protocol/send';

declare const self: ServiceWorkerGlobalScope;

/** Chromium's, which the polyfill's types don't know. */
interface Offscreen {
  createDocument(options: { url: string; reasons: readonly string[]; justification: string }): Promise<void>;
}

const path = 'src/offscreen/index.html';
/** A port does not tell that whoever was to get its other end is gone. */
const lookEveryMs = 500;

export interface OffscreenWork {
  readonly signal?: AbortSignal;
  readonly onShareDone?: (share: number) => void;
}

let creating: Promise<void> | undefined;

/**
 * Speaks to the offscreen document, which is opened when there is none and closes by itself. Not by `runtime.sendMessage`, which carries no bytes.
 * A request rejects with what the document says, with the signal's reason, or with `interrupted` when the document was gone before it replied.
 */
export function askOffscreen({ signal, onShareDone }: OffscreenWork = {}): Send<OffscreenRequests> {
  return createSend<OffscreenRequests>(async (envelope) => {
    // It may be closing itself at the very moment it is found.
    const reply = (await askOnce(envelope, signal, onShareDone)) ?? (await askOnce(envelope, signal, onShareDone));
    return reply ?? { ok: false, problem: { code: 'interrupted' } satisfies Problem };
  });
}

/** @returns nothing when the document went away */
async function askOnce(
  envelope: Envelope,
  signal: AbortSignal | undefined,
  onShareDone: OffscreenWork['onShareDone'],
): Promise<Reply | undefined> {
  signal?.throwIfAborted();
  const client = await openDocument();
  const { port1: port, port2 } = new MessageChannel();
  const stopped = new AbortController();
  let looking: ReturnType<typeof setInterval> | undefined;
  try {
    return await new Promise((resolve, reject) => {
      const during = { signal: stopped.signal };
      signal?.addEventListener('abort', () => reject(signal.reason), during);
      port.addEventListener(
        'message',
        ({ data }: MessageEvent<OffscreenMessage>) => {
          if ('reply' in data) resolve(data.reply);
          else onShareDone?.(data.shareDone);
        },
        during,
      );
      port.start();
      client.postMessage(envelope, [port2]);
      looking = setInterval(async () => {
        if (!(await self.clients.get(client.id))) resolve(undefined);
      }, lookEveryMs);
    });
  } finally {
    clearInterval(looking);
    stopped.abort();
    // Ends the work there, if it has not ended.
    port.close();
  }
}

async function openDocument(): Promise<Client> {
  const open = await findDocument();
  if (open) return open;
  const { offscreen } = browser as unknown as { offscreen: Offscreen };
  creating ??= offscreen
    .createDocument({
      url: path,
      reasons: ['DOM_PARSER', 'WORKERS', 'BLOBS'],
      justification: 'Reads the text of saved files, and hands over those that were made',
    })
    .finally(() => {
      creating = undefined;
    });
  await creating;
  const created = await findDocument();
  if (!created) throw new ProblemError({ code: 'internal', detail: 'The offscreen document did not open.' });
  return created;
}

async function findDocument(): Promise<Client | undefined> {
  const clients = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return clients.find(({ url }) => url === browser.runtime.getURL(path));
}
