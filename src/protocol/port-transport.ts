import type { Envelope, Reply } from './send';

/** Whoever takes a message together with a port to reply on: the worker, as a page of the extension has it. */
export interface MessageTarget {
  postMessage(message: unknown, transfer: Transferable[]): void;
}

/** Carries envelopes as they are, files and bytes included, which the browser's own messages for extensions cannot. */
export function portTransport(target: () => Promise<MessageTarget>): (envelope: Envelope) => Promise<Reply> {
  return async (envelope) => {
    const receiver = await target();
    const { port1: port, port2 } = new MessageChannel();
    return new Promise((resolve) => {
      port.onmessage = ({ data }) => {
        port.close();
        resolve(data as Reply);
      };
      receiver.postMessage(envelope, [port2]);
    });
  };
}
