import { conceptOf } from './concepts';
import { isStopWord, stem, wordsOf } from './content-words';

// How many of a vector's numbers one feature touches: enough for features to rarely cancel, few enough to embed thousands of texts a second.
const touchedByFeature = 8;
const weights = { word: 1, concept: 1.2, letters: 0.2 } as const;

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}

/** Pseudo-random 32-bit numbers from a seed (Mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

function letterGroups(word: string): string[] {
  const letters = [...`^${word}$`];
  return [3, 4].flatMap((size) =>
    letters.slice(0, Math.max(0, letters.length - size + 1)).map((_, start) => letters.slice(start, start + size).join('')),
  );
}

function countFeatures(text: string): Map<string, { count: number; weight: number }> {
  const features = new Map<string, { count: number; weight: number }>();
  const add = (feature: string, weight: number): void => {
    const known = features.get(feature);
    if (known) known.count += 1;
    else features.set(feature, { count: 1, weight });
  };
  const all = wordsOf(text);
  const telling = all.filter((word) => !isStopWord(word));
  for (const word of telling.length > 0 ? telling : all) {
    const stemmed = stem(word);
    const concept = conceptOf(stemmed);
    add(`word ${stemmed}`, weights.word);
    if (concept) add(`concept ${concept}`, weights.concept);
    for (const letters of letterGroups(word)) add(`letters ${letters}`, weights.letters);
  }
  // A text of nothing but signs (or emoji) still has a place of its own.
  if (features.size === 0) for (const sign of text) add(`sign ${sign}`, weights.word);
  return features;
}

/** Scales a vector to length 1, in place. */
export function normalise(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (length > 0) for (let index = 0; index < vector.length; index += 1) vector[index] = (vector[index] ?? 0) / length;
  return vector;
}

/**
 * The vector of a text: the same text always gets the same one, and texts that share words, word parts or concepts lie near each other.
 * A signed sparse random projection (Achlioptas 2003) of stemmed words, concepts and groups of three and four letters, each counted as 1 + ln(count).
 * @param space texts embedded in different spaces cannot be compared, just as with the vectors of two models.
 * @returns `dimensions` numbers, of length 1.
 */
export function embedText(text: string, space: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  for (const [feature, { count, weight }] of countFeatures(text)) {
    const random = randomNumbers(hash(`${space} ${feature}`));
    const amount = weight * (1 + Math.log(count));
    for (let touched = 0; touched < touchedByFeature; touched += 1) {
      const number = random();
      const index = (number >>> 1) % dimensions;
      vector[index] = (vector[index] ?? 0) + (number & 1 ? amount : -amount);
    }
  }
  return normalise(vector);
}
