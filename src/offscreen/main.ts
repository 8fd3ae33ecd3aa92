import { createHandle } from '../protocol/handle';
import { offscreenRequestSchemas } from '../protocol/offscreen-request-schemas';
import { type OffscreenMessage, type OffscreenRequests, offscreenIdleMs } from '../protocol/offscreen-requests';
import { downloadAddress } from './download-address';
import { keptLoads } from './kept-loads';
import { readHtml } from './read-html';
import { readPdf } from './read-pdf';

/** Who asked, as far as whoever works for them needs to know. */
interface Asker {
  readonly report: (shareDone: number) => void;
  /** Aborted when the asker stops the work, or is gone. */
  readonly signal: AbortSignal;
}

const loads = keptLoads(closeWhenIdle);

const handle = createHandle<OffscreenRequests, Asker>(
  {
    'offscreen/read-html': async (data) => readHtml(data, Date.now()),
    'offscreen/download-address': ({ file }) => downloadAddress(file),
    'offscreen/load-page': ({ ticket, url }) => loads.load(ticket, url),
    'offscreen/kept-loads': async () => loads.tickets(),
    async 'offscreen/drop-load'({ ticket }) {
      loads.drop(ticket);
      return null;
    },
    'offscreen/read-pdf': (data, asker) => readPdf(data, Date.now(), asker),
  },
  offscreenRequestSchemas,
  () => true,
);

let working = 0;
let closing: ReturnType<typeof setTimeout> | undefined;

function closeWhenIdle(): void {
  clearTimeout(closing);
  if (working === 0 && loads.tickets().length === 0) closing = setTimeout(() => window.close(), offscreenIdleMs);
}

// Only the extension's own worker can speak here: it is the one service worker of this origin.
navigator.serviceWorker.addEventListener('message', async ({ data, ports: [port] }) => {
  if (!port) return;
  working += 1;
  closeWhenIdle();
  const stopping = new AbortController();
  port.addEventListener('close', () => stopping.abort());
  port.start();
  const say = (message: OffscreenMessage) => port.postMessage(message);
  try {
    const reply = await handle(data, { report: (shareDone) => say({ shareDone }), signal: stopping.signal });
    if (reply) say({ reply });
  } finally {
    port.close();
    working -= 1;
    closeWhenIdle();
  }
});
navigator.serviceWorker.startMessages();
closeWhenIdle();
