import type { Runtime } from 'webextension-polyfill';
import type { KeepThisPort, NumberedReply, NumberedRequest } from '../protocol/kept-port';
import type { Reply } from '../protocol/send';

interface DirectMessage {
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
  readonly source: unknown;
  waitUntil(work: Promise<unknown>): void;
}

/** What of the worker is used. */
interface Receiver {
  addEventListener(type: 'message', listener: (event: DirectMessage) => void): void;
}

/** A page of the extension. Declared here, for only workers have it and tests have to give it. */
declare const WindowClient: new () => { readonly url: string };

type Handle = (message: unknown, sender: Runtime.MessageSender) => Promise<Reply> | undefined;

/**
 * Answers to requests that the panel posts to the worker itself, which only pages of the extension can: each with a port to answer on (`protocol/port-transport.ts`),
 * or all over one port that was handed over before (`protocol/kept-port.ts`).
 */
export function serveDirectRequests(worker: Receiver, extensionId: string, handle: Handle): void {
  const channels = new Map<string, BroadcastChannel>();
  const channelOf = (name: string) => {
    const channel = channels.get(name) ?? new BroadcastChannel(name);
    channels.set(name, channel);
    return channel;
  };
  worker.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (!port || !(event.source instanceof WindowClient)) return;
    const sender = { id: extensionId, url: event.source.url };
    const { repliesOn } = (event.data ?? {}) as Partial<KeepThisPort>;
    if (typeof repliesOn === 'string') {
      const replies = channelOf(repliesOn);
      port.onmessage = ({ data }) => {
        const { number, envelope } = data as NumberedRequest;
        void handle(envelope, sender)?.then((reply) => replies.postMessage({ number, reply } satisfies NumberedReply));
      };
      return;
    }
    const reply = handle(event.data, sender);
    if (reply) event.waitUntil(reply.then((answer) => port.postMessage(answer)));
  });
}
