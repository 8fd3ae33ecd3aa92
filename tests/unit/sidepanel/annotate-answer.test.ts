import { describe, expect, it } from 'vitest';
import type { AnswerCheck, CheckedSentence } from '../../../src/core/citations/answer-check';
import { annotateAnswer, shownNumbers } from '../../../src/sidepanel/ask/answer/annotate-answer';
import { type CitationPiece, splitCitations } from '../../../src/sidepanel/ask/answer/split-citations';

/** The answer as it is shown: `⟨n⟩` a chip, `⟨?⟩` the note that nothing bears the sentence out, `⟪…⟫` flagged. */
function shown(text: string, check?: AnswerCheck): string {
  return splitCitations(annotateAnswer(text, check)).map(shownPiece).join('');
}

function shownPiece(piece: CitationPiece): string {
  switch (piece.type) {
    case 'text':
      return piece.text;
    case 'flagged':
      return `⟪${piece.text}⟫`;
    case 'mark':
      return piece.numbers.map((number) => `⟨${number}⟩`).join('');
    case 'citation':
      return `⟨${piece.number}⟩`;
    case 'not-from-pages':
      return '⟨?⟩';
  }
}

function sentence(text: string, words: string, sources: readonly number[], unknown: readonly string[] = []): CheckedSentence {
  const start = text.indexOf(words);
  return {
    start,
    end: start + words.length,
    verdict: sources.length > 0 ? 'supported' : 'unsupported',
    support: sources.map((source) => ({ source, start: 0, end: 9, quote: 'as quoted', liveUrl: 'https://a.example/' })),
    unknown: unknown.map((word) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length })),
  };
}

describe('An answer with its check', () => {
  it.each([
    ['keeps a mark that is right', 'It was lit. [1]', [['It was lit.', [1]]], 'It was lit.⟨1⟩'],
    ['has a wrong mark put right', 'It was lit [2].', [['It was lit [2].', [1]]], 'It was lit⟨1⟩.'],
    [
      'gets the mark that it lacks',
      'It was lit. It burned.',
      [
        ['It was lit.', [1]],
        ['It burned.', [2]],
      ],
      'It was lit.⟨1⟩ It burned.⟨2⟩',
    ],
    ['gets all that it rests on', 'It was lit [1].', [['It was lit [1].', [1, 3]]], 'It was lit⟨1⟩.⟨3⟩'],
    [
      'says what nothing bears out',
      'It was lit [1]. It sang [1].',
      [
        ['It was lit [1].', [1]],
        ['It sang [1].', []],
      ],
      'It was lit⟨1⟩. It sang⟨1⟩.⟨?⟩',
    ],
    [
      'says so behind bold words too',
      '**It sang.** It was lit.',
      [
        ['**It sang.**', []],
        ['It was lit.', [1]],
      ],
      '**It sang.**⟨?⟩ It was lit.⟨1⟩',
    ],
    ['leaves alone what claims nothing', 'Sure! [2] It was lit.', [['It was lit.', [1]]], 'Sure!⟨2⟩ It was lit.⟨1⟩'],
  ] as const)('%s', (_name, text, sentences, expected) => {
    expect(shown(text, { sentences: sentences.map(([words, sources]) => sentence(text, words, sources)) })).toBe(expected);
  });

  it('has flagged what stands in no source, but never within code or an address', () => {
    const text = 'It was lit in **1832** by Ada, see `1833` and https://a.example/1834.';
    const check = { sentences: [sentence(text, text, [1], ['1832', 'Ada', '1833', '1834'])] };
    expect(shown(text, check)).toBe('It was lit in **⟪1832⟫** by ⟪Ada⟫, see `1833` and https://a.example/1834.⟨1⟩');
  });

  it('names the sources that it is shown to cite, and not those of wrong marks', () => {
    const text = 'It was lit [2].';
    expect(shownNumbers(text, { sentences: [sentence(text, text, [1])] })).toEqual([1]);
    expect(shownNumbers(text, undefined)).toEqual([2]);
  });

  it('shows an answer without a check as it was written, and takes nothing in it for an annotation', () => {
    expect(shown('It was lit [1][2].')).toBe('It was lit⟨1⟩⟨2⟩.');
    expect(shown('\uE020c0:1\uE021 \uE022no\uE023', { sentences: [] })).not.toMatch(/[⟨⟪]/);
  });
});
