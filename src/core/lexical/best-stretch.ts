import type { SoughtWord } from './proximity';

/** In terms: about as much as a sentence has. */
const stretchTerms = 20;
/** What the words of the best stretch add, against what they count by themselves. Tuned on the collections of docs/search-trials.md. */
const stretchShare = 0.25;

/**
 * What a passage gains by holding many words of the question close together, in whatever order: a question is mostly answered by one sentence, and words
 * spread over a passage may be about something else. Counts the rarities of the different words in the stretch where they come to most (after T. Tao,
 * C. Zhai, "An Exploration of Proximity Measures", 2007).
 * @param wordOf the place of each stem's word among the words
 * @param terms of the passage, in order
 */
export function bestStretchScore(words: readonly SoughtWord[], wordOf: ReadonlyMap<string, number>, terms: readonly string[]): number {
  const places: number[] = [];
  const wordsThere: number[] = [];
  const counts = new Uint16Array(words.length);
  let [first, sum, best] = [0, 0, 0];
  for (let at = 0; at < terms.length; at++) {
    const word = wordOf.get(terms[at] as string);
    if (word === undefined) continue;
    places.push(at);
    wordsThere.push(word);
    if (counts[word] === 0) sum += words[word]?.rarity ?? 0;
    counts[word] = (counts[word] as number) + 1;
    for (; at - (places[first] as number) >= stretchTerms; first++) {
      const left = wordsThere[first] as number;
      counts[left] = (counts[left] as number) - 1;
      if (counts[left] === 0) sum -= words[left]?.rarity ?? 0;
    }
    if (sum > best) best = sum;
  }
  return stretchShare * best;
}
