import { seededShares } from '../seeded-shares';

/** A word that a text may go on with, and how likely that is. */
export interface WordChance {
  readonly word: string;
  /** From 0 to 1; all of a list come to 1. */
  readonly probability: number;
}

/**
 * Probabilities at a temperature: softmax(ln p ÷ temperature), so that 1 leaves them as they are and 0 takes the likeliest alone. From
 * G. Hinton et al., “Distilling the knowledge in a neural network” (2015), equation 1.
 */
export function atTemperature(chances: readonly WordChance[], temperature: number): WordChance[] {
  if (temperature <= 0) {
    const likeliest = chances.reduce((best, chance) => (chance.probability > best.probability ? chance : best));
    return chances.map((chance) => ({ ...chance, probability: chance === likeliest ? 1 : 0 }));
  }
  return fromLogits(chances, ({ probability }) => Math.log(probability) / temperature);
}

/**
 * The likeliest words that together have at least the probability `topP`, the likeliest first: only these are drawn from. From A. Holtzman et al., “The
 * curious case of neural text degeneration” (2019).
 */
export function withinTopP(chances: readonly WordChance[], topP: number): WordChance[] {
  const kept: WordChance[] = [];
  let sum = 0;
  for (const chance of [...chances].sort((a, b) => b.probability - a.probability)) {
    // Sums of fractions fall a hair short.
    if (kept.length > 0 && sum >= topP - 1e-9) break;
    kept.push(chance);
    sum += chance.probability;
  }
  return kept.map((chance) => ({ ...chance, probability: chance.probability / sum }));
}

/**
 * Probabilities after penalties: from a word's logit go the frequency penalty times how often it has come, and the presence penalty once if it
 * has come at all. The formula is the one of OpenAI's reference.
 * @param counts how often each word has come
 */
export function penalised(
  chances: readonly WordChance[],
  counts: ReadonlyMap<string, number>,
  { frequencyPenalty = 0, presencePenalty = 0 }: { readonly frequencyPenalty?: number; readonly presencePenalty?: number },
): WordChance[] {
  return fromLogits(chances, ({ word, probability }) => {
    const count = counts.get(word) ?? 0;
    return Math.log(probability) - count * frequencyPenalty - (count > 0 ? presencePenalty : 0);
  });
}

/** Draws words one after the other, the same ones each time for the same seed. */
export function drawWords(chances: readonly WordChance[], seed: number, count: number): string[] {
  const random = seededShares(seed);
  return Array.from({ length: count }, () => {
    let left = random();
    for (const { word, probability } of chances) {
      left -= probability;
      if (left < 0) return word;
    }
    return chances.at(-1)?.word ?? '';
  });
}

/** The text up to the first of the stops. */
export function cutAtStop(text: string, stops: readonly string[]): string {
  const ends = stops.map((stop) => (stop ? text.indexOf(stop) : -1)).filter((at) => at >= 0);
  return ends.length > 0 ? text.slice(0, Math.min(...ends)) : text;
}

function fromLogits(chances: readonly WordChance[], logit: (chance: WordChance) => number): WordChance[] {
  const logits = chances.map(logit);
  const highest = Math.max(...logits);
  const weights = logits.map((value) => Math.exp(value - highest));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return chances.map((chance, index) => ({ ...chance, probability: (weights[index] ?? 0) / sum }));
}
