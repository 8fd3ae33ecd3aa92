import { describe, expect, it } from 'vitest';
import { checkOfPages, ownParagraphs, splitOwnKnowledge } from '../../../../src/core/conversation/own-knowledge';

const mixed =
  'It was lit in 1823 [1].\n\n[own] Lenses of glass are older [1].\nMuch older.\n\n[own] So is glass.\n\nIt had eight panels [2].';

describe('what an answer says from the knowledge of its model', () => {
  it('is the paragraphs that begin with the mark, and cites nothing', () => {
    expect(splitOwnKnowledge(mixed)).toEqual([
      { isOwn: false, text: 'It was lit in 1823 [1].' },
      { isOwn: true, text: 'Lenses of glass are older.\nMuch older.\n\nSo is glass.' },
      { isOwn: false, text: 'It had eight panels [2].' },
    ]);
  });

  it('is nothing where the mark does not begin a paragraph, or stands in code', () => {
    for (const text of [
      'Say [own] yourself.',
      'One line\n[own] and the next.',
      '```\n\n[own] x\n```',
      '[Own] Glass.',
      'a\n\n```sh\n\n[own] y',
    ])
      expect(ownParagraphs(text)).toEqual([]);
  });

  it('takes a list with the mark over it for its own too, and code that stands in such a paragraph', () => {
    expect(splitOwnKnowledge('[own]\n- glass\n- sand')).toEqual([{ isOwn: true, text: '- glass\n- sand' }]);
    expect(splitOwnKnowledge('[own] Like so:\n```\na\n\nb\n```\n\nFrom pages [1].')).toEqual([
      { isOwn: true, text: 'Like so:\n```\na\n\nb\n```' },
      { isOwn: false, text: 'From pages [1].' },
    ]);
  });

  it('need not be borne out by pages', () => {
    const sentence = (words: string) => {
      const start = mixed.indexOf(words);
      return { start, end: start + words.length, verdict: 'unsupported', support: [], unknown: [] } as const;
    };
    const kept = sentence('It had eight panels');
    const check = checkOfPages({ sentences: [sentence('Lenses of glass are older'), sentence('Much older.'), kept] }, mixed);
    expect(check.sentences).toEqual([kept]);
  });
});
