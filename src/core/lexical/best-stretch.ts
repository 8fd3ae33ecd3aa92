import type { SoughtWord } from './proximity';

/** In terms: about as much as a sentence has. */
const stretchTerms = 20;
/** What the words of the best stretch add, against what they count by themselves. Tuned on the collections of docs/search.md. */
const stretchShare = 0.25;

/**
 * What a passage gains by holding many words of the question close together, in whatever order: a question is mostly answered by one sentence, and words
 * spread over a passage may be about something else. Counts the rarities of the different words in the stretch where they come to most (after T. Tao,
 * C. Zhai, "An Exploration of Proximity Measures", 2007).
 * @param terms of the passage, in order
 */
export function bestStretchScore(words: readonly SoughtWord[], terms: readonly string[]): number {
  const wordOf = new Map(words.flatMap(({ stems }, index) => stems.map((stem) => [stem, index] as const)));
  const places: { readonly at: number; readonly word: number }[] = [];
  const counts = new Uint16Array(words.length);
  const rarityOf = (word: number) => words[word]?.rarity ?? 0;
  let [first, sum, best] = [0, 0, 0];
  terms.forEach((term, at) => {
    const word = wordOf.get(term);
    if (word === undefined) return;
    places.push({ at, word });
    if (counts[word] === 0) sum += rarityOf(word);
    counts[word] = (counts[word] as number) + 1;
    for (let left = places[first]; left && at - left.at >= stretchTerms; left = places[++first]) {
      counts[left.word] = (counts[left.word] as number) - 1;
      if (counts[left.word] === 0) sum -= rarityOf(left.word);
    }
    best = Math.max(best, sum);
  });
  return stretchShare * best;
}
