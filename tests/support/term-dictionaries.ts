import { findGram, gramRecordOf } from '../../src/core/lexical/gram-index';
import type { TermMatcher } from '../../src/core/lexical/match-terms';
import { SegmentDictionary } from '../../src/core/lexical/segment-dictionary';
import { SegmentWriter } from '../../src/core/lexical/segment-writer';

/** Terms and in how many passages each stands. */
export type Terms = Readonly<Record<string, number>>;

export interface WrittenDictionary {
  readonly stretches: readonly Uint8Array[];
  /** Empty where terms are not found by their grams. */
  readonly grams: readonly Uint8Array[];
}

export function writeDictionary(terms: Terms, hasGrams: boolean): WrittenDictionary {
  const writer = new SegmentWriter(hasGrams);
  for (const term of Object.keys(terms).sort()) {
    writer.add(term, (packer) => {
      for (let passage = 0; passage < (terms[term] ?? 0); passage++) packer.add(passage, 1, 0, 0);
    });
  }
  const { dictionary: stretches } = writer.finish();
  return { stretches, grams: writer.grams() };
}

/** Gives a dictionary to be looked through, as a search does. */
export function giveDictionary(matcher: TermMatcher, { stretches, grams }: WrittenDictionary, segment: number): void {
  const { length } = grams;
  if (length === 0) for (const stretch of stretches) matcher.scan(stretch, segment);
  else {
    matcher.addIndexed({
      segment,
      dictionary: new SegmentDictionary(stretches),
      gramOf: (gram) => findGram(grams[gramRecordOf(gram, length)] ?? new Uint8Array(0), gram, length),
    });
  }
}
