import * as v from 'valibot';
import { problemOf } from '../../core/problem';
import type { AnswerPart, Asked } from '../../protocol/answer-stream';
import { askerMessageSchema } from '../../protocol/asker-message-schema';

/** The part of a browser's Port that is used here. */
export interface AnswerPort {
  postMessage(message: unknown): void;
  disconnect(): void;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

/** Carries one question and its answer over a Port. The asker stops it by saying so or by going away. */
export function serveAnswer(port: AnswerPort, answer: (asked: Asked, signal: AbortSignal) => AsyncIterable<AnswerPart>): Promise<void> {
  const stopping = new AbortController();
  let connected = true;
  const tell = (part: AnswerPart) => {
    if (connected) port.postMessage(part);
  };
  return new Promise((resolve) => {
    let asked = false;
    port.onDisconnect.addListener(() => {
      connected = false;
      stopping.abort();
      if (!asked) resolve();
    });
    port.onMessage.addListener((received) => {
      const message = v.safeParse(askerMessageSchema, received);
      if (!message.success) return;
      const { output } = message;
      if (output.type === 'stop') return stopping.abort();
      if (asked) return;
      asked = true;
      void (async () => {
        try {
          for await (const part of answer(output, stopping.signal)) tell(part);
        } catch (error) {
          tell({ type: 'answer-failed', problem: problemOf(error) });
        }
        if (connected) port.disconnect();
        resolve();
      })();
    });
  });
}
