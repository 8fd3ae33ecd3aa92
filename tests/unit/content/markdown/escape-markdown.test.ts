import { describe, expect, it } from 'vitest';
import { escapeInline, escapeLineStart } from '../../../../src/content/markdown/escape-markdown';

describe('words are left alone', () => {
  it.each(['5 * 3', 'snake_case_name', '[1]', 'a < b', 'AT&T', 'C:\\lamps', '~ 5', '“quoted” (so)'])('%s', (text) => {
    expect(escapeInline(text)).toBe(text);
  });
  it.each(['1.5 litres', '-5 degrees', '#lamp', '+1', '*x', '[note] later: no'])('%s at the start of a line', (line) => {
    expect(escapeLineStart(line)).toBe(line);
  });
});

it('a line of a hundred thousand spaces after dashes is read without pause', () => {
  const line = `- - -${'\u00a0'.repeat(100_000)}x`;
  expect(escapeLineStart(line)).toBe(`\\${line}`);
});

it('a mark that would act gets a backslash', () => {
  expect(escapeInline('*a* _b_ `c` <d> &amp; [e](f) ~g~ \\*')).toBe('\\*a\\* \\_b\\_ \\`c\\` \\<d> \\&amp; [e\\](f) \\~g~ \\\\\\*');
  expect(escapeInline('__init__')).toBe('\\_\\_init\\_\\_');
});

it.each([
  ['# a', '\\# a'],
  ['- a', '\\- a'],
  ['12. a', '12\\. a'],
  ['> a', '\\> a'],
  ['| a |', '\\| a |'],
  ['---', '\\---'],
  ['===', '\\==='],
  ['[a]: b', '\\[a]: b'],
])('a line %s is no other block', (line, escaped) => {
  expect(escapeLineStart(line)).toBe(escaped);
});
