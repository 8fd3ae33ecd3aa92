import { hashUnits } from '../bytes/hash-units';
import { type FoundTerms, foundTerm, termMatching } from './found-terms';
import type { IndexedDictionary } from './indexed-dictionary';
import { type SoughtTerm, startsWith, unitsOf } from './sought-term';
import { termsPerRun } from './term-dictionary';

const slots = 4_096;

/**
 * Finds what an unfinished word may become in dictionaries written in runs: of what stands there at least the most frequent, each in every dictionary that has
 * it. One letter begins thousands of terms, so they are first counted by their hashes: a term is no more frequent than all of its hash together.
 */
export function findCompleting({ stems, beginning }: SoughtTerm, dictionaries: readonly IndexedDictionary[], found: FoundTerms): void {
  if (!beginning) return;
  const longestStem = stems.reduce((longest, { length }) => Math.max(longest, length), 0);
  // A letter begins thousands, of which nearly all are longer.
  const isExact = (units: Uint16Array, length: number) =>
    length <= longestStem && stems.some((stem) => stem.length === length && startsWith(units, length, stem));
  const most = new Float64Array(slots);
  for (const { term, passages } of found.completions) {
    const units = unitsOf(term);
    most[slotOf(units, units.length)] = (most[slotOf(units, units.length)] as number) + passages;
  }
  const counted = dictionaries.map(({ dictionary }) => {
    const places: number[] = [];
    const slotsOfPlaces: number[] = [];
    const frequent = new Float64Array(termMatching.completions);
    dictionary.forEachBeginning(beginning, (term, place) => {
      if (isExact(term.units, term.length)) return true;
      const slot = slotOf(term.units, term.length);
      most[slot] = (most[slot] as number) + term.passages;
      places.push(place);
      slotsOfPlaces.push(slot);
      putAmong(frequent, term.passages);
      return true;
    });
    return { places, slotsOfPlaces, leastOfFrequent: frequent[0] as number };
  });
  // As many terms of one dictionary as are wanted stand in so many passages.
  const least = counted.reduce((least, { leastOfFrequent }) => Math.max(least, leastOfFrequent), 0);
  dictionaries.forEach(({ dictionary, segment }, number) => {
    const { places = [], slotsOfPlaces = [] } = counted[number] ?? {};
    const wanted = new Set(places.filter((_, at) => (most[slotsOfPlaces[at] as number] as number) >= least));
    for (const run of new Set([...wanted].map((place) => Math.floor(place / termsPerRun)))) {
      dictionary.forEachOfRun(run, (term, place) => {
        if (wanted.has(place)) found.completions.push(foundTerm(segment, place, term));
        return true;
      });
    }
  });
}

const slotOf = (units: Uint16Array, length: number): number => hashUnits(units, length) & (slots - 1);

/** Keeps the largest, the least of them first. */
function putAmong(largest: Float64Array, value: number): void {
  if (value <= (largest[0] as number)) return;
  let at = 0;
  for (; at + 1 < largest.length && (largest[at + 1] as number) < value; at++) largest[at] = largest[at + 1] as number;
  largest[at] = value;
}
