import * as v from 'valibot';
import { problemOf } from '../../core/problem';
import { comparerMessageSchema } from '../../protocol/comparer-message-schema';
import type { ComparisonAsked, ComparisonPart } from '../../protocol/comparison-stream';
import type { AnswerPort } from './serve-answers';

/** Carries one comparison over a Port. Whoever compares stops it by saying so or by going away. */
export function serveComparison(
  port: AnswerPort,
  compare: (asked: ComparisonAsked, agreed: Promise<void>, signal: AbortSignal) => AsyncIterable<ComparisonPart>,
): Promise<void> {
  const stopping = new AbortController();
  let agree = () => {};
  const agreed = new Promise<void>((resolve) => {
    agree = resolve;
  });
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let isConnected = true;
  let isAsked = false;
  const tell = (part: ComparisonPart) => {
    if (isConnected) port.postMessage(part);
  };
  const carry = async (asked: ComparisonAsked) => {
    try {
      for await (const part of compare(asked, agreed, stopping.signal)) tell(part);
    } catch (error) {
      tell({ type: 'comparison-failed', problem: problemOf(error) });
    }
    if (isConnected) port.disconnect();
    end();
  };
  port.onDisconnect.addListener(() => {
    isConnected = false;
    stopping.abort();
    if (!isAsked) end();
  });
  port.onMessage.addListener((received) => {
    const message = v.safeParse(comparerMessageSchema, received);
    if (!message.success) return;
    const { output } = message;
    if (output.type === 'stop') return stopping.abort();
    if (output.type === 'ask') return agree();
    if (isAsked) return;
    isAsked = true;
    void carry(output);
  });
  return ended;
}
