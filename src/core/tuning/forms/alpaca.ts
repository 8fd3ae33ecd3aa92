import { type ExampleMessage, foldPassages, type TuningExample } from '../example';
import type { RecordForm } from './form';
import { complainOfKeys } from './parse-messages';

const keys = ['instruction', 'input', 'output', 'system', 'history', 'chosen', 'rejected', 'text', 'id'];

/**
 * An instruction, what it is about, and the answer, as Stanford Alpaca has them, with what LLaMA-Factory adds: the system prompt, the turns before, and a
 * chosen and a rejected answer (https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md).
 */
export const alpaca: RecordForm = {
  layout: 'list',
  recognises: (record) => 'instruction' in record && ('output' in record || 'chosen' in record),
  read: (record, complain) => {
    complainOfKeys(record, keys, '', complain);
    const text = (key: string): string | undefined => {
      const value = record[key];
      if (value !== undefined && value !== null && typeof value !== 'string') complain('wrong-type', key);
      return typeof value === 'string' ? value : undefined;
    };
    const input = text('input') ?? '';
    const instruction = text('instruction') ?? '';
    const system = text('system');
    const history = Array.isArray(record.history) ? (record.history as unknown[]) : [];
    const rejected = text('rejected');
    return {
      conversation: [
        ...(system === undefined || system === '' ? [] : [turn('system', system)]),
        ...history.flatMap((pair) =>
          Array.isArray(pair) ? [turn('user', String(pair[0] ?? '')), turn('assistant', String(pair[1] ?? ''))] : [],
        ),
        turn('user', input === '' ? instruction : `${instruction}\n${input}`),
      ],
      answer: turn('assistant', text('chosen') ?? text('output') ?? ''),
      ...(rejected === undefined ? {} : { rejected: turn('assistant', rejected) }),
    };
  },
  hold: (example) => {
    const { conversation, answer, rejected } = foldPassages(example);
    const [first, ...others] = conversation;
    const turns = first?.role === 'system' ? others : conversation;
    const alternates = turns.every(({ role, toolCalls }, index) => role === (index % 2 === 0 ? 'user' : 'assistant') && !toolCalls);
    const isEmptySystem = first?.role === 'system' && first.content === '';
    if (!answer || answer.toolCalls || rejected?.toolCalls || !alternates || turns.length % 2 === 0) return undefined;
    const held = isEmptySystem ? turns : conversation;
    const bare = ({ role, content }: ExampleMessage) => turn(role, content);
    return { conversation: held.map(bare), answer: bare(answer), ...(rejected ? { rejected: bare(rejected) } : {}) };
  },
  write: ({ conversation, answer, rejected }: TuningExample) => {
    const system = conversation[0]?.role === 'system' ? conversation[0] : undefined;
    const turns = system ? conversation.slice(1) : conversation;
    const history: string[][] = [];
    for (let at = 0; at + 2 < turns.length; at += 2) history.push([turns[at]?.content ?? '', turns[at + 1]?.content ?? '']);
    const said = answer?.content ?? '';
    return {
      instruction: turns.at(-1)?.content ?? '',
      input: '',
      ...(rejected ? { chosen: said, rejected: rejected.content } : { output: said }),
      ...(system ? { system: system.content } : {}),
      ...(history.length > 0 ? { history } : {}),
    };
  },
};

function turn(role: string, content: string): ExampleMessage {
  return { role, content };
}
