import { findLoop } from '../../conversation/find-loop';
import type { ExampleMessage, ToolCall, TuningExample } from '../example';
import { exampleOf, messagesOf } from '../example';
import { isWholeJsonObject } from '../forms/tool-arguments';
import { type PersonalDataKind, redact } from './personal-data';

/** What one click does about a problem. Each is plain data, so that it can be shown, stored and done later. */
export type Mend =
  | { readonly kind: 'remove' }
  | { readonly kind: 'drop-empty-turns' }
  /** Those that nobody answers. */
  | { readonly kind: 'drop-last-turns' }
  | { readonly kind: 'rename-role'; readonly from: string; readonly to: string }
  | { readonly kind: 'set-weights' }
  | { readonly kind: 'learn-all' }
  | { readonly kind: 'unwrap-arguments' }
  | { readonly kind: 'redact'; readonly what: PersonalDataKind }
  | { readonly kind: 'cut-repetition' }
  | { readonly kind: 'drop-rejected' };

/** What an example is after it was mended; `undefined` when it is to be removed. */
export function applyMend(example: TuningExample, mend: Mend): TuningExample | undefined {
  switch (mend.kind) {
    case 'remove':
      return undefined;
    case 'drop-empty-turns':
      return withoutTurns(example, messagesOf(example).filter(saysSomething));
    case 'drop-last-turns': {
      const messages = messagesOf(example);
      return withoutTurns(example, messages.slice(0, messages.findLastIndex(({ role }) => role === 'assistant') + 1));
    }
    case 'rename-role':
      return withMessages(
        example,
        messagesOf(example).map((message) => (message.role === mend.from ? { ...message, role: mend.to } : message)),
      );
    case 'set-weights':
      return mapMessages(example, withRightWeight);
    case 'learn-all':
      return mapMessages(example, ({ weight: _, ...message }) => message);
    case 'unwrap-arguments':
      return mapMessages(example, (message) =>
        message.toolCalls ? { ...message, toolCalls: message.toolCalls.map(unwrapArguments) } : message,
      );
    case 'redact':
      return mapMessages(example, (message) => ({ ...message, content: redact(message.content, mend.what) }));
    case 'cut-repetition':
      return mapMessages(example, (message) => ({ ...message, content: message.content.slice(0, findLoop(message.content)) }));
    case 'drop-rejected': {
      const { rejected: _, ...rest } = example;
      return rest;
    }
  }
}

/** A tool may have nothing to say. */
export function saysSomething({ role, content, toolCalls }: ExampleMessage): boolean {
  return role === 'tool' || content.trim() !== '' || (toolCalls?.length ?? 0) > 0;
}

function withMessages(example: TuningExample, messages: readonly ExampleMessage[]): TuningExample {
  const { conversation: _, answer: __, ...rest } = example;
  return { ...rest, ...exampleOf(messages) };
}

/** A rejected answer is one to the same question: it goes with the good one that it stood beside. */
function withoutTurns(example: TuningExample, messages: readonly ExampleMessage[]): TuningExample {
  const { rejected, ...left } = withMessages(example, messages);
  return rejected && left.answer === example.answer ? { ...left, rejected } : left;
}

/** Only turns of the assistant have a weight; what is below 0 was none. */
function withRightWeight({ weight, ...message }: ExampleMessage): ExampleMessage {
  if (weight === undefined || message.role !== 'assistant' || !(weight >= 0)) return message;
  return { ...message, weight: weight > 0 ? 1 : 0 };
}

function mapMessages(example: TuningExample, change: (message: ExampleMessage) => ExampleMessage): TuningExample {
  return {
    ...example,
    conversation: example.conversation.map(change),
    ...(example.answer ? { answer: change(example.answer) } : {}),
    ...(example.rejected ? { rejected: change(example.rejected) } : {}),
    ...(example.passages
      ? { passages: example.passages.map((passage) => ({ ...passage, text: change({ role: 'user', content: passage.text }).content })) }
      : {}),
  };
}

/** Arguments that were written as JSON of a string that is JSON. */
function unwrapArguments(call: ToolCall): ToolCall {
  try {
    const inner = JSON.parse(call.arguments) as unknown;
    return typeof inner === 'string' && isWholeJsonObject(inner) ? { ...call, arguments: inner } : call;
  } catch {
    return call;
  }
}
