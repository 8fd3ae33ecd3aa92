import { isWithinEdits, mayBecomeWithinEdits } from './edit-distance';
import type { SegmentDictionary } from './segment-dictionary';
import type { DictionaryReader } from './term-dictionary';

/**
 * Visits the terms that a word may be a misspelling of; they begin with the same letter. What the terms of a run all begin with is what its first and the next
 * one's have in common: where that alone is too far from the word, none is looked at.
 */
export function forEachMisspelling(
  dictionary: SegmentDictionary,
  word: Uint16Array,
  edits: number,
  visit: (term: DictionaryReader, place: number) => void,
): void {
  const [letter = 0] = word;
  const { runs } = dictionary;
  let run = dictionary.firstRunFrom(word.subarray(0, 1));
  if (run >= runs) return;
  for (let head = headOf(dictionary, run); run < runs; run++) {
    const next = run + 1 < runs ? headOf(dictionary, run + 1) : undefined;
    if ((head[0] ?? 0) > letter) return;
    const common = next ? commonLength(head, next) : 0;
    if (common === 0 || mayBecomeWithinEdits(word, head, common, edits)) {
      dictionary.forEachOfRun(run, (term, place) => {
        if (isWithinEdits(word, term.units, term.length, edits)) visit(term, place);
        return true;
      });
    }
    if (next) head = next;
  }
}

function headOf(dictionary: SegmentDictionary, run: number): Uint16Array {
  const { units, length } = dictionary.open(run);
  return units.slice(0, length);
}

function commonLength(one: Uint16Array, other: Uint16Array): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length++;
  return length;
}
