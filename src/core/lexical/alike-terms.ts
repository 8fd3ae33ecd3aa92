import type { ByteReader } from '../bytes/byte-stream';
import { comesBefore, type FoundTerm, type FoundTerms, foundTerm, termMatching } from './found-terms';
import type { IndexedDictionary } from './indexed-dictionary';
import { type SoughtTerm, startsWith, unitsOf } from './sought-term';
import type { DictionaryReader } from './term-dictionary';

/** So much less than the least is let through: sums of the same weights in another order may differ in the last digit. */
const roundingShare = 1e-9;
/** To look terms up in all dictionaries takes about as long as to look through so many runs. */
const runsWorthSkipping = 150;
/** More than there are runs in a dictionary. */
const runsMost = 2 ** 32;

/**
 * Finds the terms that share grams with a word in dictionaries that have an index of grams: at least the ten most alike, each in every dictionary that has
 * it. The runs that may hold the most alike are looked through first, told by the grams that stand in them, and no more once none can hold a better one.
 * @param maskOf which of the word's grams a term has; asked for each term of a run, in order
 */
export function findAlike(
  word: SoughtTerm,
  dictionaries: readonly IndexedDictionary[],
  weights: readonly number[],
  similarityOf: (mask: number) => number,
  maskOf: (term: DictionaryReader) => number,
  found: FoundTerms,
  tallies: RunTallies,
): void {
  const isExact = (units: Uint16Array, length: number) =>
    word.stems.some((stem) => stem.length === length && startsWith(units, length, stem));
  const groups = [...runsByMask(word, dictionaries, weights, tallies)].map(([mask, runs]) => ({
    mask,
    runs,
    similarity: similarityOf(mask),
  }));
  groups.sort((a, b) => (comesBefore(a.mask, a.similarity, b.mask, b.similarity) ? -1 : 1));
  const different = new DifferentTerms(new Set(found.misspellings.map(({ term }) => term)));
  for (const [mask, terms] of found.alike) for (const { term } of terms) different.add(mask, term);
  for (const { mask: ofRuns, runs, similarity } of groups) {
    const wanted = termMatching.similarTerms - different.count((mask) => comesBefore(mask, similarityOf(mask), ofRuns, similarity));
    if (wanted <= 0) return;
    const inOrder = new Set<string>();
    for (const [at, key] of runs.sort((a, b) => a - b).entries()) {
      const { dictionary, segment } = dictionaries[Math.floor(key / runsMost)] as IndexedDictionary;
      dictionary.forEachOfRun(key % runsMost, (term, place) => {
        const mask = maskOf(term);
        const isLike = mask !== 0 && !(word.hasMany && isOneGram(mask)) && similarityOf(mask) >= termMatching.leastSimilarity;
        if (!isLike || startsWith(term.units, term.length, word.beginning) || isExact(term.units, term.length)) return true;
        const one = foundTerm(segment, place, term);
        found.addAlike(mask, one);
        different.add(mask, one.term);
        if (mask === ofRuns && !different.left.has(one.term)) inOrder.add(one.term);
        return true;
      });
      // What else there is, is no more alike and comes behind these.
      if (inOrder.size < wanted || runs.length - at < runsWorthSkipping) continue;
      complete(found, ofRuns, wanted + different.left.size, dictionaries);
      return;
    }
  }
}

/** The different terms by which grams they have, but for those that are left out. */
class DifferentTerms {
  readonly #terms = new Map<number, Set<string>>();

  constructor(readonly left: ReadonlySet<string>) {}

  add(mask: number, term: string): void {
    if (this.left.has(term)) return;
    const known = this.#terms.get(mask);
    if (known) known.add(term);
    else this.#terms.set(mask, new Set([term]));
  }

  count(isCounted: (mask: number) => boolean): number {
    let count = 0;
    for (const [mask, terms] of this.#terms) if (isCounted(mask)) count += terms.size;
    return count;
  }
}

/** The runs that may hold terms like the word, by which of its grams stand in them. A run's number is in one with that of its dictionary. */
function runsByMask(
  { grams, gramCount, hasMany }: SoughtTerm,
  dictionaries: readonly IndexedDictionary[],
  weights: readonly number[],
  tallies: RunTallies,
): Map<number, number[]> {
  const least = termMatching.leastSimilarity * (1 - roundingShare) * weights.reduce((sum, weight) => sum + weight, 0);
  let rest = weights.reduce((sum, weight) => sum + weight, 0);
  const rarestFirst = grams
    .slice(0, gramCount)
    .map(({ gram, bit }, at) => ({ gram, bit, weight: weights[at] as number }))
    .sort((a, b) => b.weight - a.weight)
    .map((gram) => {
      // A run that has none of the grams before is not enough like the word by those that follow.
      const isEnough = rest >= least;
      rest -= gram.weight;
      return { ...gram, isEnough };
    });
  const groups = new Map<number, number[]>();
  dictionaries.forEach(({ gramOf }, number) => {
    for (const { gram, bit, weight, isEnough } of rarestFirst) {
      const entry = gramOf(gram);
      if (entry) tallies.add(entry.runs, bit, weight, isEnough);
    }
    tallies.take((run, mask, sum) => {
      if (sum < least || (hasMany && isOneGram(mask))) return;
      const group = groups.get(mask);
      if (group) group.push(number * runsMost + run);
      else groups.set(mask, [number * runsMost + run]);
    });
  });
  return groups;
}

/** Which grams stand in each run of a dictionary, and what they weigh together. */
export class RunTallies {
  readonly #masks: Int32Array;
  readonly #sums: Float64Array;
  readonly #tallied: Int32Array;
  #count = 0;

  constructor(dictionaries: readonly IndexedDictionary[]) {
    const runs = dictionaries.reduce((most, { dictionary }) => Math.max(most, dictionary.runs), 0);
    this.#masks = new Int32Array(runs);
    this.#sums = new Float64Array(runs);
    this.#tallied = new Int32Array(runs);
  }

  /**
   * Reads the bytes itself, for a question goes through a hundred thousand runs.
   * @param begins whether runs are tallied that have nothing yet
   */
  add({ source, position, to }: ByteReader, bit: number, weight: number, begins: boolean): void {
    const masks = this.#masks;
    const sums = this.#sums;
    const tallied = this.#tallied;
    let count = this.#count;
    let run = -1;
    for (let at = position; at < to; ) {
      let byte = source[at++] as number;
      run += 1 + (byte & 127);
      for (let scale = 128; byte >= 128 && at < to; scale *= 128) {
        byte = source[at++] as number;
        run += (byte & 127) * scale;
      }
      const mask = masks[run] as number;
      if (mask === 0) {
        if (!begins) continue;
        tallied[count++] = run;
      }
      masks[run] = mask | bit;
      sums[run] = (sums[run] as number) + weight;
    }
    this.#count = count;
  }

  /** Visits the runs that were tallied, in no order, and begins anew. */
  take(visit: (run: number, mask: number, sum: number) => void): void {
    for (let at = 0; at < this.#count; at++) {
      const run = this.#tallied[at] as number;
      visit(run, this.#masks[run] as number, this.#sums[run] as number);
      this.#masks[run] = 0;
      this.#sums[run] = 0;
    }
    this.#count = 0;
  }
}

const isOneGram = (mask: number): boolean => (mask & (mask - 1)) === 0;

/** Adds the first terms of those with some grams wherever else they stand. */
function complete(found: FoundTerms, mask: number, count: number, dictionaries: readonly IndexedDictionary[]): void {
  const known = new Set(found.alike.get(mask)?.map(keyOf));
  for (const term of [...found.differentAlike(mask)].slice(0, count)) {
    for (const { dictionary, segment } of dictionaries) {
      dictionary.find(unitsOf(term), (reader, place) => {
        const one = foundTerm(segment, place, reader);
        if (!known.has(keyOf(one))) found.addAlike(mask, one);
      });
    }
  }
}

const keyOf = ({ segment, place }: FoundTerm): string => `${segment} ${place}`;
