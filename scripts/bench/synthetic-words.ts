/**
 * How often words are used, by rank, as two power laws: up to rank 7,873 by Zipf's law, from there on steeper, without an end. So a library's vocabulary
 * grows with the power 1 / 1.77 of its length, as Heaps' law says of real text. Figures for English: M. Gerlach and E. G. Altmann, «Stochastic Model
 * for the Vocabulary Growth in Natural Languages», Physical Review X 3 (2013).
 */
const coreRanks = 7_873;
const tailExponent = 1.77;

/** Of all words used, if the tail joins where the core ends: the integrals of 1 / rank and of what falls off as the tail does. */
const coreShare = Math.log(coreRanks) / (Math.log(coreRanks) + 1 / (tailExponent - 1));

/** Draws the rank of a word, 1 for the most frequent. @param share evenly distributed from 0 to below 1 */
export function rankOfWord(share: number): number {
  if (share < coreShare) return Math.floor(coreRanks ** (share / coreShare));
  const tail = (share - coreShare) / (1 - coreShare);
  // Beyond this no number is whole any more; it is never reached in practice.
  return Math.min(Number.MAX_SAFE_INTEGER, Math.floor(coreRanks * (1 - tail) ** (-1 / (tailExponent - 1))));
}

const syllables = 'ba ce di fo gu la me ni po ru sa te vi zo kra ste pli tro shu qua'.split(' ');
const known: string[] = [];

/** A word that can be spoken, for each rank one of its own; rarer words are longer. */
export function spellWord(rank: number): string {
  if (rank > coreRanks) return spell(rank);
  known[rank] ??= spell(rank);
  return known[rank];
}

function spell(rank: number): string {
  let word = '';
  for (let rest = rank; rest > 0; rest = Math.floor((rest - 1) / syllables.length)) word += syllables[(rest - 1) % syllables.length];
  return word;
}
