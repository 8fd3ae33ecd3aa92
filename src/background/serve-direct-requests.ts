import browser, { type Runtime } from 'webextension-polyfill';
import type { Reply } from '../protocol/send';

type Handle = (message: unknown, sender: Runtime.MessageSender) => Promise<Reply> | undefined;

/** Answers to requests that the panel posts to the worker itself, which only pages of the extension can (`protocol/direct-lane.ts`). */
export function serveDirectRequests(worker: ServiceWorkerGlobalScope, handle: Handle): void {
  worker.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (!port || !(event.source instanceof WindowClient)) return;
    const reply = handle(event.data, { id: browser.runtime.id, url: event.source.url });
    if (reply) event.waitUntil(reply.then((answer) => port.postMessage(answer)));
  });
}
