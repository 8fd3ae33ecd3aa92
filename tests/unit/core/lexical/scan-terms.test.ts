import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CompiledTermScan } from '../../../../src/core/lexical/compiled-term-scan';
import { TermMatcher } from '../../../../src/core/lexical/match-terms';
import { type QueryWord, queryWords } from '../../../../src/core/lexical/query-words';
import { PlainTermScan } from '../../../../src/core/lexical/scan-terms';
import { SegmentWriter } from '../../../../src/core/lexical/segment-writer';
import type { SoughtTerm } from '../../../../src/core/lexical/sought-term';
import { compiledScans } from '../../../../src/core/search/compiled-scans';

const plain = (words: readonly SoughtTerm[]) => new PlainTermScan(words);
function compiled(words: readonly SoughtTerm[]): CompiledTermScan {
  const scans = compiledScans();
  if (!scans) throw new Error('There is no WebAssembly here.');
  return new CompiledTermScan(scans, words);
}

/** Syllables give words that share their parts; some are of dense scripts, some have accents, one is of two units. */
const syllables = ['la', 'lam', 'amp', 'pe', 'light', 'house', 'ö', 'ー', 'が', '灯', '台', 'ไทย', '한', '𠮷', '7'];
const word = fc.array(fc.constantFrom(...syllables), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
const segment = fc.dictionary(word, fc.integer({ min: 1, max: 40 }), { maxKeys: 60 });

function dictionaryOf(terms: Readonly<Record<string, number>>): readonly Uint8Array[] {
  const writer = new SegmentWriter();
  for (const term of Object.keys(terms).sort()) {
    writer.add(term, (packer) => {
      for (let passage = 0; passage < (terms[term] ?? 0); passage++) packer.add(passage, 1, 0, 0);
    });
  }
  return writer.finish().dictionary;
}

const rarity = (passages: number) => Math.log(1 + 1_000 / (passages + 0.5));

function looking(words: readonly QueryWord[], scanOf: typeof plain | typeof compiled) {
  const matcher = new TermMatcher(words, scanOf);
  const dictionaries: (readonly Uint8Array[])[] = [];
  return {
    scan(stretches: readonly Uint8Array[]) {
      for (const stretch of stretches) matcher.scan(stretch, dictionaries.length);
      dictionaries.push(stretches);
    },
    matches() {
      if (matcher.hasUnknownWords()) {
        dictionaries.forEach((stretches, number) => {
          matcher.scanForMisspellings(stretches, number);
        });
      }
      return matcher.matches(rarity);
    },
  };
}

describe('looking through dictionaries by the compiled module', () => {
  it('finds what plain JavaScript finds, two questions at a time', () => {
    const stems = fc.array(word, { minLength: 1, maxLength: 3 });
    const question = fc.tuple(fc.array(stems, { maxLength: 6 }), fc.boolean()).map(([words, isUnfinished]): QueryWord[] =>
      words.map(([stem = '', ...others], at) => ({
        stems: [stem, ...others],
        ...(isUnfinished && at === words.length - 1 ? { beginning: stem.slice(0, 3) } : {}),
      })),
    );
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 3 }), question, question, (segments, one, other) => {
        const searches = [one, other].map((words) => [looking(words, compiled), looking(words, plain)]);
        for (const stretches of segments.map(dictionaryOf)) for (const search of searches.flat()) search.scan(stretches);
        for (const [byModule, byScript] of searches) expect(byModule?.matches()).toEqual(byScript?.matches());
      }),
      { numRuns: 150 },
    );
  });

  it('finds the same among many terms that are alike', () => {
    const terms = Array.from({ length: 30_000 }, (_, number) => [`lamp${(number * 7_919) % 30_000}`, (number % 5) + 1] as const);
    const stretches = dictionaryOf(Object.fromEntries(terms));
    const [byModule, byScript] = [compiled, plain].map((scanOf) => {
      const search = looking(queryWords('lamp lamp123 lapm amp29', ['en'], true), scanOf);
      search.scan(stretches);
      return search.matches();
    });
    expect(byModule).toEqual(byScript);
  });

  it('says when a stretch is cut short, as plain JavaScript does', () => {
    const [stretch = new Uint8Array(0)] = dictionaryOf({ lamp: 1, lamplight: 2 });
    for (const scanOf of [compiled, plain]) {
      const matcher = new TermMatcher(queryWords('lamp', ['en']), scanOf);
      expect(() => matcher.scan(stretch.subarray(0, stretch.length - 1), 0)).toThrow(RangeError);
    }
  });
});
