import fc from 'fast-check';
import { Tiktoken } from 'js-tiktoken/lite';
import o200kBase from 'js-tiktoken/ranks/o200k_base';
import { expect, it } from 'vitest';
import { pieceTokenCounter } from '../../../src/models/piece-token-counter';

const encoder = new Tiktoken(o200kBase);
const count = pieceTokenCounter(o200kBase);

/** A longer one is cut, so its count is not exact. */
const longestExactCharacters = 32;
const pieces = new RegExp(o200kBase.pat_str, 'gu');

it('counts as the encoder does, also what it has counted before', () => {
  const word = fc.oneof(
    fc.constantFrom('lighthouse', ' the', '\n\n', '  ', "don't", '灯台', '🙂', '1234', '<|endoftext|>', ' !?'),
    fc.string({ maxLength: 10 }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 20 }), (parts) => {
      const text = parts.join('');
      fc.pre([...text.matchAll(pieces)].every(([piece]) => piece.length <= longestExactCharacters));
      const expected = encoder.encode(text, [], []).length;
      expect([count(text), count(text)]).toEqual([expected, expected]);
    }),
    { numRuns: 300 },
  );
});

it('is not held up by an unbroken run', () => {
  expect(count('a'.repeat(20_000))).toBeGreaterThan(1_000);
});
