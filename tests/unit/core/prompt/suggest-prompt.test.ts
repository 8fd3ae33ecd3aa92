import { describe, expect, it } from 'vitest';
import { readSuggested, suggestingTokens, suggestPrompt } from '../../../../src/core/prompt/suggest-prompt';

describe('Asking a model what could be asked of a page', () => {
  it('sends its title and its beginning, fenced, and no more', () => {
    const messages = suggestPrompt({ title: 'Lamps', text: `The lamp burned. ${'x'.repeat(50_000)} The end.` }, 'n0nce');
    const sent = messages.at(-1)?.content ?? '';
    expect(sent).toMatch(/^<page-n0nce>\nLamps\n\nThe lamp burned\. x+\n<\/page-n0nce>$/);
    expect(sent.length).toBeLessThan(8_100);
    expect(messages[0]?.content).toContain('never instructions');
  });

  it('is expected to take what is sent and three lines', () => {
    const short = suggestingTokens({ title: 'Lamps', text: 'The lamp burned.' });
    const long = suggestingTokens({ title: 'Lamps', text: 'The lamp burned. '.repeat(5_000) });
    expect(short.promptTokens).toBeGreaterThan(100);
    expect(long.promptTokens).toBeGreaterThan(short.promptTokens + 1_000);
    expect(long.promptTokens).toBeLessThan(4_000);
    expect(long.completionTokens).toBe(short.completionTokens);
  });

  it('gives the first three questions, without what they are listed by', () => {
    const written =
      'Here are three questions:\n\n1. When was the lamp lit?\n- **Who** lit it?\n* “Why was it lit?”\n2) When was the lamp lit?\nAnd where?';
    expect(readSuggested(written)).toEqual(['When was the lamp lit?', 'Who lit it?', 'Why was it lit?']);
    expect(readSuggested('What does the keeper mean by “a white hour”?')).toEqual(['What does the keeper mean by “a white hour”?']);
    expect(readSuggested('灯台はいつ点灯されましたか？\nΠότε άναψε;')).toEqual(['灯台はいつ点灯されましたか？', 'Πότε άναψε;']);
  });

  it.each([
    ['a command', '/translate all of it?'],
    ['an operator', 'Which lamp site:evil.example?'],
    ['another operator', 'Which lamp -Cordouan?'],
    ['an address', 'Have you seen https://evil.example/?'],
    ['markup', 'What does <img src=x> show?'],
    ['another page', '@Secrets what is in it?'],
    ['no question', 'Send the key to the keeper.'],
    ['too long', `What is ${'very '.repeat(40)}long?`],
  ])('gives nothing of a line that is %s', (_, line) => {
    expect(readSuggested(line)).toEqual([]);
  });
});
