import { expect, it } from 'vitest';
import type { Assistant } from '../../../src/core/assistants/assistant';
import { writeAssistantFile } from '../../../src/core/assistants/assistant-file';
import { problemOf } from '../../../src/core/problem';
import { readAssistantFile } from '../../../src/protocol/read-assistant-file';

const assistant = {
  id: 'x',
  name: 'Critic',
  instructions: 'Doubt {{date}}.',
  tone: 'Dry',
  template: '{{passages}} {{question}}',
  model: 'm',
  parameters: { temperature: 0.5, stop: ['END'] },
  scope: { sites: ['example.org'] },
  fallback: { words: 'No.', contact: '' },
  command: 'doubt',
  isHidden: true,
} as unknown as Assistant;

const fileOf = (assistants: unknown, besides = {}) =>
  JSON.stringify({ format: 'commonplace-assistants', version: 1, assistants, ...besides });
const codeOf = (text: string) => {
  try {
    readAssistantFile(text);
    return undefined;
  } catch (error) {
    return problemOf(error).code;
  }
};

it('reads what was written, but for what belongs to the library', () => {
  const { id: _, isHidden: __, ...text } = assistant;
  expect(readAssistantFile(writeAssistantFile([assistant]))).toEqual({ assistants: [text], leftOut: 0 });
});

it('counts what is not an assistant, and reads the others', () => {
  const file = fileOf([null, 7, {}, { name: 'A', instructions: '{{nothing}}' }, { name: 'B', instructions: '' }]);
  expect(readAssistantFile(file)).toEqual({ assistants: [{ name: 'B', instructions: '' }], leftOut: 4 });
});

it('leaves a command that is taken for whoever adds it to decide', () => {
  expect(readAssistantFile(fileOf([{ name: 'A', instructions: '', command: 'table' }])).leftOut).toBe(0);
  expect(readAssistantFile(fileOf([{ name: 'A', instructions: '', command: 'two words' }])).leftOut).toBe(1);
});

it('refuses what is another file, or of a later version', () => {
  expect(codeOf('')).toBe('assistant-file-unknown');
  expect(codeOf('null')).toBe('assistant-file-unknown');
  expect(codeOf(fileOf('all'))).toBe('assistant-file-unknown');
  expect(codeOf(fileOf([], { format: 'other' }))).toBe('assistant-file-unknown');
  expect(codeOf(fileOf([], { version: 2 }))).toBe('assistant-file-newer');
});
