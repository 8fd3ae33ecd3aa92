import fc from 'fast-check';
import { expect, it } from 'vitest';
import { segmentWords } from '../../../../src/core/text/segment-words';

/** Words of scripts with spaces, as the pattern alone finds them, none of them too long. */
const byPattern = (text: string) => text.match(/[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu) ?? [];

it('finds the same words with and without letters beyond ASCII near them', () => {
  const piece = fc.constantFrom('a', 'Zz', '7', '42', "'", '’', ' ', '-', '_', '.', 'é', 'e\u0301', 'ж', '½', '😀', '—', '\n', 'word');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('');
      expect(segmentWords(text)).toEqual(byPattern(text));
    }),
    { numRuns: 3_000 },
  );
});

it('keeps an apostrophe only before a letter, and no digit behind it', () => {
  expect(segmentWords("don't rock'n'roll dogs' 'tis o'7 it's7")).toEqual(["don't", "rock'n'roll", 'dogs', 'tis', 'o', '7', "it's", '7']);
});

it('parts Latin words from those of scripts without spaces', () => {
  expect(segmentWords('The灯台2 of東京')).toEqual(['The', '灯台', '2', 'of', '東京']);
});

it('takes the beginning of an endless word', () => {
  expect(segmentWords(`${'x'.repeat(500)} é${'x'.repeat(500)}`).map(({ length }) => length)).toEqual([64, 64]);
});
