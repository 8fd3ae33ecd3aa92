import { type ExampleMessage, exampleOf, foldPassages, messagesOf, type TuningExample } from '../example';
import type { RecordForm } from './form';
import { type Complain, complainOfKeys, isRecord } from './parse-messages';
import { normalTools, readTools } from './read-tools';

/** Who speaks, by what the programs call them that read and write this form. */
const roles: Readonly<Record<string, string>> = {
  human: 'user',
  user: 'user',
  gpt: 'assistant',
  chatgpt: 'assistant',
  assistant: 'assistant',
  system: 'system',
  function_call: 'assistant',
  observation: 'tool',
  tool: 'tool',
};
const names: Readonly<Record<string, string>> = { user: 'human', assistant: 'gpt', system: 'system', tool: 'observation' };
const keys = ['conversations', 'system', 'tools', 'chosen', 'rejected', 'id', 'source', 'model'];

/**
 * Conversations as ShareGPT gave them out, with what LLaMA-Factory adds: a system prompt and tools beside them, a chosen and a rejected answer
 * (https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md).
 */
export const shareGpt: RecordForm = {
  layout: 'list',
  recognises: (record) => 'conversations' in record,
  read: (record, complain) => {
    complainOfKeys(record, keys, '', complain);
    const turns = Array.isArray(record.conversations) ? record.conversations : [];
    if (!Array.isArray(record.conversations)) complain('wrong-type', 'conversations');
    const system: ExampleMessage[] = typeof record.system === 'string' ? [{ role: 'system', content: record.system }] : [];
    const messages = [...system, ...turns.flatMap((turn: unknown, index) => readTurn(turn, `conversations[${index}]`, complain))];
    const [chosen] = isRecord(record.chosen) ? readTurn(record.chosen, 'chosen', complain) : [];
    const [rejected] = isRecord(record.rejected) ? readTurn(record.rejected, 'rejected', complain) : [];
    return {
      ...(chosen ? { conversation: messages, answer: chosen } : exampleOf(messages)),
      ...(rejected ? { rejected } : {}),
      ...readTools(record.tools, 'tools', complain),
    };
  },
  hold: holdTurns,
  write: (example) => {
    const [first, ...others] = messagesOf(example);
    const hasSystem = first?.role === 'system';
    const isPreference = example.rejected !== undefined;
    const turns = hasSystem ? others : messagesOf(example);
    return {
      conversations: (isPreference ? turns.slice(0, -1) : turns).map(turnRecord),
      ...(isPreference ? { chosen: turnRecord(example.answer), rejected: turnRecord(example.rejected) } : {}),
      ...(hasSystem ? { system: first.content } : {}),
      ...(example.tools === undefined ? {} : { tools: example.tools }),
    };
  },
};

function readTurn(turn: unknown, place: string, complain: Complain): ExampleMessage[] {
  if (!isRecord(turn)) {
    complain('wrong-type', place);
    return [];
  }
  const from = String(turn.from ?? turn.role ?? '');
  const content = String(turn.value ?? turn.content ?? '');
  const role = Object.hasOwn(roles, from) ? (roles[from] ?? from) : from;
  if (from !== 'function_call') return [{ role, content }];
  const calls = parseCalls(content);
  if (!calls) complain('wrong-type', place);
  return [{ role, content: calls ? '' : content, ...(calls ? { toolCalls: calls } : {}) }];
}

function parseCalls(text: string) {
  try {
    const value = JSON.parse(text) as unknown;
    const calls = (Array.isArray(value) ? value : [value]).map((call: unknown) => {
      if (!isRecord(call) || typeof call.name !== 'string') throw new TypeError('no call');
      return { name: call.name, arguments: typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments ?? {}) };
    });
    return calls.length > 0 ? calls : undefined;
  } catch {
    return undefined;
  }
}

function holdTurns(example: TuningExample): TuningExample | undefined {
  const { conversation, answer, rejected, tools } = foldPassages(example);
  if (!answer) return undefined;
  const turns = [...conversation, answer, ...(rejected ? [rejected] : [])];
  // Nothing says who else speaks, and a turn either calls or speaks.
  if (turns.some(({ role, content, toolCalls }) => !Object.hasOwn(names, role) || (toolCalls && content !== ''))) return undefined;
  return {
    conversation: conversation.map(bare),
    answer: bare(answer),
    ...(rejected ? { rejected: bare(rejected) } : {}),
    ...normalTools(tools),
  };
}

function bare({ role, content, toolCalls }: ExampleMessage): ExampleMessage {
  return { role, content, ...(toolCalls ? { toolCalls: toolCalls.map((call) => ({ name: call.name, arguments: call.arguments })) } : {}) };
}

function turnRecord(message: ExampleMessage | undefined): Record<string, string> {
  if (!message) return {};
  const { role, content, toolCalls } = message;
  if (!toolCalls) return { from: names[role] ?? role, value: content };
  return { from: 'function_call', value: JSON.stringify(toolCalls.length === 1 ? toolCalls[0] : toolCalls) };
}
