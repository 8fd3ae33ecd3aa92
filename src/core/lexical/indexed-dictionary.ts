import type { GramEntry } from './gram-index';
import type { SegmentDictionary } from './segment-dictionary';

/** A dictionary whose terms are found by their grams. */
export interface IndexedDictionary {
  readonly segment: number;
  readonly dictionary: SegmentDictionary;
  /** Where one of `TermMatcher.grams` stands; see `findGram`. */
  readonly gramOf: (gram: number) => GramEntry | undefined;
}
