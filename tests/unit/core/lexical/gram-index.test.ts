import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TermMatch } from '../../../../src/core/lexical/found-terms';
import { findGram, gramRecordOf } from '../../../../src/core/lexical/gram-index';
import { TermMatcher } from '../../../../src/core/lexical/match-terms';
import { type QueryWord, queryWords } from '../../../../src/core/lexical/query-words';
import { SegmentDictionary } from '../../../../src/core/lexical/segment-dictionary';
import { unitsOf } from '../../../../src/core/lexical/sought-term';
import { cutTerm, DictionaryReader, termsPerRun } from '../../../../src/core/lexical/term-dictionary';
import { hashGrams } from '../../../../src/core/lexical/word-grams';
import { giveDictionary, type Terms, writeDictionary } from '../../../support/term-dictionaries';

/** Syllables give words that share their parts; some are of dense scripts, some have accents, one is of two units. */
const syllables = ['la', 'lam', 'amp', 'pe', 'light', 'house', 'ö', 'ー', 'が', '灯', '台', 'ไทย', '한', '𠮷', '7'];
const syllable = fc.constantFrom(...syllables);
const word = fc.oneof(
  { weight: 20, arbitrary: fc.array(syllable, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: syllable.map((part) => `${part.repeat(300).slice(0, 254)}x`) },
);
/** Up to twenty runs; often a whole number of them. */
const segment = fc.dictionary(word, fc.integer({ min: 1, max: 40 }), { maxKeys: 20 * termsPerRun, size: 'max' });
const segments = fc.array(fc.tuple(segment, fc.boolean()), { minLength: 1, maxLength: 3 });

const hashesOf = (term: string): number[] => {
  const hashes = new Int32Array(300);
  return [...new Set(hashes.subarray(0, hashGrams(unitsOf(term), unitsOf(term).length, hashes)))];
};

const rarity = (passages: number) => Math.log(1 + 1_000 / (passages + 0.5));

function matches(words: readonly QueryWord[], dictionaries: readonly (readonly [Terms, boolean])[]) {
  const matcher = new TermMatcher(words);
  const terms = new Map<string, string>();
  for (const [segment, [ofSegment, hasGrams]] of dictionaries.entries()) {
    const written = writeDictionary(ofSegment, hasGrams);
    giveDictionary(matcher, written, segment);
    for (const stretch of written.stretches) {
      const reader = new DictionaryReader(stretch, hasGrams);
      while (reader.next()) terms.set(keyOf({ ...reader, segment }), reader.term);
    }
  }
  const describe = (one: TermMatch) => `${one.segment} ${terms.get(keyOf(one))} ${one.isExact} ${one.similarity}`;
  return matcher.matches(rarity).map(({ terms, gramWeight }) => ({ gramWeight, terms: terms.map(describe).sort() }));
}

const keyOf = ({ segment, block, offset, bytes, passages }: Omit<TermMatch, 'isExact' | 'similarity'>): string =>
  [segment, block, offset, bytes, passages].join();

/** The same words, looked for among the same terms with an index and without one. */
function expectSame(words: readonly QueryWord[], dictionaries: readonly (readonly [Terms, boolean])[]): void {
  expect(matches(words, dictionaries)).toEqual(
    matches(
      words,
      dictionaries.map(([terms]) => [terms, false] as const),
    ),
  );
}

describe('the index of grams', () => {
  it('knows of every gram in which runs it stands and in how many passages, and of no other', () => {
    fc.assert(
      fc.property(segment, (terms) => {
        const { grams } = writeDictionary(terms, true);
        const expected = new Map<number, { passages: number; runs: Set<number> }>();
        for (const [place, term] of Object.keys(terms).sort().entries()) {
          for (const gram of hashesOf(cutTerm(term))) {
            const { passages, runs } = expected.get(gram) ?? { passages: 0, runs: new Set() };
            expected.set(gram, { passages: passages + (terms[term] ?? 0), runs: runs.add(Math.floor(place / termsPerRun)) });
          }
        }
        for (const gram of [...expected.keys(), ...hashesOf('absent'), 0, -1]) {
          const record = grams[gramRecordOf(gram, Math.max(1, grams.length))];
          const entry = record && findGram(record, gram, grams.length);
          const runs: number[] = [];
          while (entry && !entry.runs.atEnd()) runs.push((runs.at(-1) ?? -1) + 1 + entry.runs.integer());
          expect(entry?.passages).toBe(expected.get(gram)?.passages);
          expect(runs).toEqual([...(expected.get(gram)?.runs ?? [])]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('lets a word be found as looking through all terms does, unfinished or misspelled too', () => {
    const stems = fc.array(word, { minLength: 1, maxLength: 3 });
    const question = fc.tuple(fc.array(stems, { maxLength: 6 }), fc.boolean()).map(([words, isUnfinished]): QueryWord[] =>
      words.map(([stem = '', ...others], at) => ({
        stems: [...new Set([stem, ...others])],
        ...(isUnfinished && at === words.length - 1 ? { beginning: stem.slice(0, 3) } : {}),
      })),
    );
    fc.assert(
      fc.property(segments, question, (dictionaries, words) => expectSame(words, dictionaries)),
      { numRuns: 150 },
    );
  });

  it('does so among many terms that are alike, in several stretches and records', () => {
    const terms = Array.from({ length: 30_000 }, (_, number) => [`lamp${(number * 7_919) % 30_000}`, (number % 5) + 1] as const);
    const [one, other] = [terms.slice(0, 20_000), terms.slice(10_000)].map((some) => Object.fromEntries(some));
    if (!one || !other) throw new Error('There are two.');
    const { stretches, grams } = writeDictionary(one, true);
    expect(stretches.length).toBeGreaterThan(1);
    expect(grams.length).toBeGreaterThan(1);
    const dictionaries = [
      [one, true],
      [{ lamp: 3, amp2: 4, lamp12345: 6 }, false],
      [other, true],
    ] as const;
    expectSame(queryWords('lamp lamp123 lapm amp29 l', ['en'], true), dictionaries);
    expectSame(queryWords('lamp lamp29', ['en']), dictionaries);
  });
});

describe('a dictionary in runs', () => {
  it('finds each of its terms, and what begins like one, and nothing else', () => {
    fc.assert(
      fc.property(segment, word, (terms, other) => {
        const all = Object.keys(terms).sort();
        const dictionary = new SegmentDictionary(writeDictionary(terms, true).stretches);
        expect(dictionary.runs).toBe(Math.ceil(all.length / termsPerRun));
        for (const sought of [...all, other, '', 'l', '\uffff']) {
          const found: string[] = [];
          dictionary.find(unitsOf(sought), (reader, place) => found.push(`${reader.term} ${reader.passages} ${place}`));
          expect(found).toEqual(all.includes(sought) ? [`${sought} ${terms[sought]} ${all.indexOf(sought)}`] : []);
          const beginning: string[] = [];
          dictionary.forEachBeginning(unitsOf(sought), (reader) => beginning.push(reader.term) > 0);
          expect(beginning).toEqual(all.filter((term) => term.startsWith(sought)));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('finds a term that is cut within a surrogate pair', () => {
    const term = `${'a'.repeat(254)}𠮷野`;
    const dictionary = new SegmentDictionary(writeDictionary({ [term]: 3, lamp: 1 }, true).stretches);
    const found: number[] = [];
    dictionary.find(unitsOf(term), ({ passages }) => found.push(passages));
    expect(found).toEqual([3]);
    expectSame([{ stems: [term] }], [[{ [term]: 3, lamp: 1 }, true]]);
  });
});
