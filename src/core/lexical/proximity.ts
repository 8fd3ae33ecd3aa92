import { saturate } from './bm25';

/** A word of a question, as it was found. */
export interface SoughtWord {
  /** It is the word that has any of these stems. */
  readonly stems: readonly string[];
  /** See `inverseDocumentFrequency`, in the measure in which it counts; 0 when it stands nowhere. */
  readonly rarity: number;
}

/** The place among the words of the one that has a stem. */
export function wordsByStem(words: readonly SoughtWord[]): Map<string, number> {
  return new Map(words.flatMap(({ stems }, index) => stems.map((stem) => [stem, index] as const)));
}

/** What words that stand side by side add, against the two by themselves. Tuned on the collections of docs/search-trials.md. */
const pairShare = 0.25;

/**
 * What a passage gains by holding neighbours of the question as neighbours, in either order: «lamp oil» is not «the oil beside the lamp». A pair
 * counts as a term of BM25 that is as rare as its two words together (after T. Tao, C. Zhai, "An Exploration of Proximity Measures", 2007, and
 * the pairs of D. Metzler, W. Croft, "A Markov Random Field Model for Term Dependencies", 2005).
 * @param wordOf the place of each stem's word among the words
 * @param terms of the passage, in order
 * @param averageLength of all passages, in terms
 */
export function proximityScore(
  words: readonly SoughtWord[],
  wordOf: ReadonlyMap<string, number>,
  terms: readonly string[],
  averageLength: number,
): number {
  const pairs = new Float64Array(words.length);
  let before: number | undefined;
  for (const term of terms) {
    const word = wordOf.get(term);
    if (word !== undefined && before !== undefined && Math.abs(word - before) === 1) {
      const pair = Math.min(word, before);
      pairs[pair] = (pairs[pair] as number) + 1;
    }
    before = word;
  }
  return pairs.reduce((sum, count, pair) => {
    const weight = (words[pair]?.rarity ?? 0) + (words[pair + 1]?.rarity ?? 0);
    return count > 0 ? sum + pairShare * weight * saturate(count, terms.length, averageLength) : sum;
  }, 0);
}
