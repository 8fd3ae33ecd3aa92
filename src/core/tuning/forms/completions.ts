import { type ExampleMessage, foldPassages, type TuningExample } from '../example';
import type { RecordForm } from './form';
import { complainOfKeys } from './parse-messages';

/** Stands before each turn of a prompt, with the turn's role, and at its end, so that the model knows whose turn it is. */
const marks: Readonly<Record<string, string>> = { system: '### System:\n', user: '### User:\n', assistant: '### Assistant:\n' };
const blockEnd = '\n\n';
/** Ends a completion: what is asked of the model later stops there. */
export const completionEnd = '\n\n### End';
const promptEnd = marks.assistant ?? '';

/** What other programs put at the end of prompts, and of completions. */
const foreignPromptEnd = /\s*(?:\n\n###\n\n|\n\n===>?\n\n|\s*->|\n+(?:Agent|Assistant|Answer|A):)\s*$/;
const foreignCompletionEnd = /\s*(?:###|\bEND|<\|endoftext\|>|<\/s>)\s*$/;

/** A prompt and how it goes on (https://platform.openai.com/docs/api-reference/fine-tuning/completions-input): the whole conversation stands in the prompt. */
export const completions: RecordForm = {
  layout: 'lines',
  recognises: (record) => 'prompt' in record && 'completion' in record,
  read: (record, complain) => {
    complainOfKeys(record, ['prompt', 'completion'], '', complain);
    const { prompt, completion } = record;
    if (typeof prompt !== 'string') complain('wrong-type', 'prompt');
    if (typeof completion !== 'string') complain('wrong-type', 'completion');
    return readPair(String(prompt ?? ''), String(completion ?? ''));
  },
  hold: (example) => {
    const { conversation, answer } = foldPassages(example);
    const turns = answer ? [...conversation, answer] : conversation;
    if (!answer || conversation.length === 0 || turns.some(({ role, toolCalls }) => !(role in marks) || toolCalls)) return undefined;
    return { conversation: conversation.map(plain), answer: plain(answer) };
  },
  write: ({ conversation, answer }) => ({
    prompt: conversation.map(({ role, content }) => `${marks[role]}${markTurns(content)}${blockEnd}`).join('') + promptEnd,
    completion: `${markTurns(answer?.content ?? '')}${completionEnd}`,
  }),
};

function plain({ role, content }: ExampleMessage): ExampleMessage {
  return { role, content };
}

function readPair(prompt: string, completion: string): TuningExample {
  const own = readOwnPrompt(prompt);
  if (own && completion.endsWith(completionEnd)) {
    return { conversation: own, answer: { role: 'assistant', content: unmarkTurns(completion.slice(0, -completionEnd.length)) } };
  }
  const question = prompt.replace(foreignPromptEnd, '');
  const answer = completion.replace(foreignCompletionEnd, '').replace(/^ /, '');
  return { conversation: [{ role: 'user', content: question }], answer: { role: 'assistant', content: answer } };
}

/** The turns of a prompt that was written here; `undefined` for any other. */
function readOwnPrompt(prompt: string): ExampleMessage[] | undefined {
  if (!prompt.endsWith(blockEnd + promptEnd) || !prompt.startsWith('### ')) return undefined;
  const blocks = prompt
    .slice(0, -promptEnd.length)
    .split(/(?:^|\n\n)(?=### (?:System|User|Assistant):\n)/)
    .filter(Boolean);
  return blocks.flatMap((block, index) => {
    const [role, mark] = Object.entries(marks).find(([, sign]) => block.startsWith(sign)) ?? [];
    if (role === undefined || mark === undefined) return [];
    const text = block.slice(mark.length);
    return [{ role, content: unmarkTurns(index === blocks.length - 1 ? text.slice(0, -blockEnd.length) : text) }];
  });
}

/** A line of a text that begins as a mark does gets a backslash. */
function markTurns(text: string): string {
  return text.replace(/^(\\*)### /gm, '\\$1### ');
}

function unmarkTurns(text: string): string {
  return text.replace(/^\\(\\*)### /gm, '$1### ');
}
