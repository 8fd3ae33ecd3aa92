import { expect, it } from 'vitest';
import { checkTemplate, fillTemplate } from '../../../../src/core/prompt/prompt-template';

const allowed = ['question', 'passages', 'date'] as const;

it('puts values in, white space inside the braces or not', () => {
  expect(fillTemplate('On {{date}}: {{ question }}', { date: 'Monday', question: 'Why?' })).toBe('On Monday: Why?');
});

it('never looks for variables in what it puts in', () => {
  const values = { question: '{{passages}} and {{date}}', passages: '{{question}}', date: '$& $1' };
  expect(fillTemplate('{{question}}|{{passages}}|{{date}}', values)).toBe('{{passages}} and {{date}}|{{question}}|$& $1');
});

it('tells of a variable that there is not, and which may be meant', () => {
  expect(checkTemplate('{{Passage}} {{question}} {{constructor}}', { allowed })).toEqual([
    { kind: 'unknown', name: 'Passage', meant: 'passages' },
    { kind: 'unknown', name: 'constructor' },
  ]);
});

it('tells of braces without their fellows, of what is missing, comes twice or does not belong', () => {
  expect(checkTemplate('{{question}', { allowed })).toEqual([{ kind: 'unclosed' }]);
  expect(checkTemplate('question}}', { allowed })).toEqual([{ kind: 'unclosed' }]);
  expect(checkTemplate('{{question}} {{question}}', { allowed, required: ['question', 'passages'] })).toEqual([
    { kind: 'missing', name: 'passages' },
    { kind: 'repeated', name: 'question' },
  ]);
  expect(checkTemplate('{{page}}', { allowed })).toEqual([{ kind: 'not-here', name: 'page' }]);
  expect(checkTemplate('{ not } {{date}} a {', { allowed })).toEqual([]);
});
