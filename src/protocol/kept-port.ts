import type { MessageTarget } from './port-transport';
import type { Envelope, Reply } from './send';

/** Comes with a port for requests, as many as there will be, and names the `BroadcastChannel` to answer them on. */
export interface KeepThisPort {
  readonly repliesOn: string;
}

export interface NumberedRequest {
  readonly number: number;
  readonly envelope: Envelope;
}

export interface NumberedReply {
  readonly number: number;
  readonly reply: Reply;
}

export interface KeptPort {
  readonly carry: (envelope: Envelope) => Promise<Reply>;
  /** To be called when the worker is gone: nothing tells the port. What it was asked is never answered. */
  forget(): void;
}

/**
 * What goes over a port keeps no worker awake, as an event does for half a minute. So while requests follow one another a new one is handed over so often, in
 * milliseconds, that the worker has time enough left for what it was asked last.
 */
const handedOverAfterMs = 10_000;

/**
 * Carries envelopes over a port that the worker has already: .3 to .4 ms there and back, in place of 1.0 to 1.1 for an event with a port of its own, which goes
 * through the browser's process.
 *
 * The replies come over a channel of their own. After a key is pressed, Chromium has a page draw a frame before it gives it what came over a port, or a timer, or
 * the database: up to 17 ms, in which the reply lay there. What comes over a `BroadcastChannel` does not wait, so that it is in the same frame as the letter.
 */
export function keptPort(target: () => Promise<MessageTarget>, now: () => number = Date.now): KeptPort {
  const repliesOn = `replies-${crypto.randomUUID()}`;
  const waiting = new Map<number, (reply: Reply) => void>();
  let replies: BroadcastChannel | undefined;
  let current: { readonly port: Promise<MessagePort>; readonly since: number; handed?: MessagePort } | undefined;
  let number = 0;

  const handOver = async () => {
    const receiver = await target();
    if (!replies) {
      replies = new BroadcastChannel(repliesOn);
      replies.onmessage = ({ data }) => {
        const { number, reply } = data as NumberedReply;
        waiting.get(number)?.(reply);
        waiting.delete(number);
      };
    }
    const { port1, port2 } = new MessageChannel();
    receiver.postMessage({ repliesOn } satisfies KeepThisPort, [port2]);
    return port1;
  };
  const letGo = () => {
    // What was posted before still arrives.
    void current?.port.then(
      (port) => port.close(),
      () => {},
    );
    current = undefined;
  };
  return {
    async carry(envelope) {
      if (!current || now() - current.since >= handedOverAfterMs) {
        letGo();
        current = { port: handOver(), since: now() };
      }
      const mine = current;
      try {
        // Asked before whoever lets go of the port meanwhile has it closed: they wait for the same, and later. Over one that is there at once: else the panel
        // would draw first what the letter changes by itself.
        mine.handed ??= await mine.port;
      } catch (error) {
        if (current === mine) current = undefined;
        throw error;
      }
      const port = mine.handed;
      return new Promise((resolve) => {
        waiting.set(++number, resolve);
        port.postMessage({ number, envelope } satisfies NumberedRequest);
      });
    },
    forget() {
      letGo();
      waiting.clear();
    },
  };
}
