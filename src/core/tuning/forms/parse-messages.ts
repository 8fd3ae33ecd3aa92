import type { ExampleMessage, ToolCall } from '../example';
import { type ReadFlaw, shortened } from './read-result';

/** What collects flaws while a record is read. */
export type Complain = (code: ReadFlaw['code'], detail?: string) => void;

const messageKeys = ['role', 'content', 'name', 'tool_calls', 'tool_call_id', 'function_call', 'weight', 'refusal'];

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function complainOfKeys(
  record: Readonly<Record<string, unknown>>,
  known: readonly string[],
  place: string,
  complain: Complain,
): void {
  for (const key of Object.keys(record)) if (!known.includes(key)) complain('unknown-key', shortened(`${place}${key}`));
}

/** Turns of a conversation as OpenAI's API takes them; what is not as it should be is named, and read as well as it can be. */
export function parseMessages(value: unknown, place: string, complain: Complain): ExampleMessage[] {
  if (!Array.isArray(value)) {
    complain('wrong-type', place);
    return [];
  }
  return value.flatMap((message: unknown, index) => {
    const here = `${place}[${index}]`;
    if (isRecord(message)) return [parseMessage(message, here, complain)];
    complain('wrong-type', here);
    return [];
  });
}

function parseMessage(message: Readonly<Record<string, unknown>>, place: string, complain: Complain): ExampleMessage {
  complainOfKeys(message, messageKeys, `${place}.`, complain);
  if (message.role === undefined) complain('missing-key', `${place}.role`);
  const toolCalls = parseToolCalls(message, place, complain);
  if (message.content === undefined && toolCalls.length === 0) complain('missing-key', `${place}.content`);
  return {
    role: typeof message.role === 'string' ? message.role : '',
    content: textOf(message.content, `${place}.content`, complain),
    ...(typeof message.name === 'string' ? { name: message.name } : {}),
    ...(toolCalls.length > 0 ? { toolCalls } : {}),
    ...(typeof message.tool_call_id === 'string' ? { toolCallId: message.tool_call_id } : {}),
    ...(message.weight === undefined || message.weight === null ? {} : { weight: weightOf(message.weight, `${place}.weight`, complain) }),
  };
}

/** What is no number is -1, which the check names: a message between two parts of the extension has no place for NaN. */
function weightOf(weight: unknown, place: string, complain: Complain): number {
  const number = Number(weight);
  if (Number.isFinite(number)) return number;
  complain('wrong-type', place);
  return -1;
}

/** Content is a string, or a list of parts of which those of text are kept. */
function textOf(content: unknown, place: string, complain: Complain): string {
  if (typeof content === 'string') return content;
  if (content === undefined || content === null) return '';
  if (!Array.isArray(content)) {
    complain('wrong-type', place);
    return String(content);
  }
  return content
    .map((part: unknown) => {
      if (isRecord(part) && typeof part.text === 'string') return part.text;
      complain('wrong-type', place);
      return '';
    })
    .join('');
}

function parseToolCalls(message: Readonly<Record<string, unknown>>, place: string, complain: Complain): ToolCall[] {
  // The older way to call one function, which the API still takes.
  if (isRecord(message.function_call)) return [callOf(message.function_call, undefined)];
  if (message.tool_calls === undefined || message.tool_calls === null) return [];
  if (!Array.isArray(message.tool_calls)) {
    complain('wrong-type', `${place}.tool_calls`);
    return [];
  }
  return message.tool_calls.flatMap((call: unknown, index) => {
    if (isRecord(call) && isRecord(call.function)) return [callOf(call.function, typeof call.id === 'string' ? call.id : undefined)];
    complain('wrong-type', `${place}.tool_calls[${index}]`);
    return [];
  });
}

function callOf(call: Readonly<Record<string, unknown>>, id: string | undefined): ToolCall {
  return {
    ...(id === undefined ? {} : { id }),
    name: typeof call.name === 'string' ? call.name : '',
    arguments: typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments ?? {}),
  };
}

/** A turn as OpenAI's API takes it. */
export function messageRecord({ role, content, name, toolCalls, toolCallId, weight }: ExampleMessage): Record<string, unknown> {
  return {
    role,
    // What only calls says nothing.
    ...(toolCalls && content === '' ? {} : { content }),
    ...(name === undefined ? {} : { name }),
    ...(toolCalls ? { tool_calls: toolCalls.map(callRecord) } : {}),
    ...(toolCallId === undefined ? {} : { tool_call_id: toolCallId }),
    ...(weight === undefined ? {} : { weight }),
  };
}

function callRecord({ id, name, arguments: written }: ToolCall) {
  return { id, type: 'function', function: { name, arguments: written } };
}
