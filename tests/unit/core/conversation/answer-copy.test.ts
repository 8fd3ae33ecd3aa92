import { describe, expect, it } from 'vitest';
import { answerAsMarkdown, answerAsText, answerWithSources } from '../../../../src/core/conversation/answer-copy';
import type { Source } from '../../../../src/core/conversation/conversation';

const source = (number: number, title: string) =>
  ({ number, title, site: 'Lamps', url: `https://lamps.example/${number}`, quotation: `What ${title} says.` }) as Source;
const sources = [source(1, 'One'), source(2, 'Two'), source(3, 'Three')];
const text = 'It was **lit** in 1823 [1], and went out [3][9].\n\n![chart](https://elsewhere.example/leak)';

describe('An answer that is copied', () => {
  it('is its words alone as text', () => {
    expect(answerAsText({ text: 'It was **lit** in 1823 [1], and went out [3].', sources })).toBe('It was lit in 1823, and went out.');
  });

  it('keeps its structure as Markdown, and loads nothing where it is pasted', () => {
    const markdown = answerAsMarkdown({ text, sources });
    expect(markdown).toContain('It was **lit** in 1823, and went out.');
    expect(markdown).not.toContain('![');
  });

  it('has under it the sources that it cites, by their numbers, and no marks of others', () => {
    const copied = answerWithSources({ text, sources }, ({ site }) => [site, '']);
    expect(copied).toContain('lit in 1823 [1], and went out [3].');
    expect(copied.endsWith('\n\n[1] One, Lamps, https://lamps.example/1\n[3] Three, Lamps, https://lamps.example/3')).toBe(true);
  });

  it('is its quotations when no model has written it', () => {
    expect(answerAsText({ text: '', sources: sources.slice(0, 1) })).toBe('What One says.');
    expect(answerWithSources({ text: '', sources: sources.slice(1, 2) }, () => [])).toBe(
      '“What Two says.” [2]\n\n[2] Two, https://lamps.example/2',
    );
  });
});
