import { seededIntegers, seededShares, seedOf } from './seeded-random';

/**
 * Of a vector's energy, what all have in common, what its topic, what its page and what it alone has. Unrelated passages then have a cosine of about
 * .12, those of a topic .37, those of a page .65, as with the text embedding models in use.
 */
const energies = { common: 0.12, topic: 0.25, page: 0.28, own: 0.35 } as const;
/** How fast the variance falls from one principal direction to the next. */
const spectrumExponent = 0.8;
/** A question is this much of a passage, and for the rest, of this energy, itself: a cosine of about .77 between them. */
const question = { ofPassage: 0.75, own: 0.4 } as const;

/** Every so many pages bring a topic that was not there before. */
const pagesPerTopic = 50;
const firstTopics = 20;
const rounds = 2;

/** Vectors of length 1 in clusters within clusters: topics, pages, passages. Any can be made alone; none is kept but the topics. */
export class SyntheticVectors {
  readonly #deviations: Float64Array;
  readonly #signs: readonly Int8Array[];
  /** The greatest power of two that is not above the number of dimensions. */
  readonly #stride: number;
  readonly #topics = new Map<number, Float32Array>();

  constructor(
    readonly dimensions: number,
    readonly seed = 1,
  ) {
    const variances = Float64Array.from({ length: dimensions }, (_, place) => (place + 4) ** -spectrumExponent);
    const sum = variances.reduce((total, variance) => total + variance, 0);
    this.#deviations = variances.map((variance) => Math.sqrt(variance / sum));
    this.#stride = 2 ** Math.floor(Math.log2(dimensions));
    this.#signs = Array.from({ length: rounds }, (_, round) => {
      const share = seededShares(seedOf(seed, 1, round));
      return Int8Array.from({ length: dimensions }, () => (share() < 0.5 ? -1 : 1));
    });
  }

  /** The topic of a page: later pages choose among more. */
  topicOf(page: number): number {
    return Math.floor(seededShares(seedOf(this.seed, 2, page))() * (firstTopics + page / pagesPerTopic));
  }

  /** The vectors of a page's first passages. */
  ofPassages(page: number, count: number): Float32Array[] {
    const meaning = this.#ofPage(page);
    return Array.from({ length: count }, (_, place) => this.#ofPassage(meaning, page, place));
  }

  /** A question about a passage. */
  ofQuestion(page: number, place: number, number: number): Float32Array {
    const passage = this.#ofPassage(this.#ofPage(page), page, place);
    const vector = this.#draw(seedOf(this.seed, 3, number), question.own);
    for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] as number) + question.ofPassage * (passage[at] as number);
    return toLengthOne(vector);
  }

  #ofPage(page: number): Float32Array {
    const topic = this.topicOf(page);
    const ofTopic =
      this.#topics.get(topic) ??
      add(this.#draw(seedOf(this.seed, 4), energies.common), this.#draw(seedOf(this.seed, 5, topic), energies.topic));
    this.#topics.set(topic, ofTopic);
    return add(this.#draw(seedOf(this.seed, 6, page), energies.page), ofTopic);
  }

  #ofPassage(pageMeaning: Float32Array, page: number, place: number): Float32Array {
    return toLengthOne(add(this.#draw(seedOf(this.seed, 7, page, place), energies.own), pageMeaning));
  }

  /** Normally distributed along the principal directions, and those turned away from the axes: no dimension means anything by itself. */
  #draw(seed: number, energy: number): Float32Array {
    const integer = seededIntegers(seed);
    const vector = new Float32Array(this.dimensions);
    const scale = Math.sqrt(energy) / byteSumDeviation;
    for (let place = 0; place < vector.length; place++) {
      // Four bytes of chance added up are near enough to normal, and far cheaper than logarithms for a thousand million numbers.
      const bits = integer();
      const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24) - byteSumMean;
      vector[place] = sum * scale * (this.#deviations[place] as number);
    }
    return this.#turn(vector);
  }

  /** Turns a vector by a fixed rotation: signs and a Hadamard transform, over the first and over the last dimensions, which overlap. */
  #turn(vector: Float32Array): Float32Array {
    for (const signs of this.#signs) {
      for (let place = 0; place < vector.length; place++) vector[place] = (vector[place] as number) * (signs[place] as number);
      hadamard(vector.subarray(0, this.#stride));
      if (this.#stride < vector.length) hadamard(vector.subarray(vector.length - this.#stride));
    }
    return vector;
  }
}

const byteSumMean = 510;
/** The root of four times the variance of a byte, (256² − 1) / 12. */
const byteSumDeviation = Math.sqrt((256 ** 2 - 1) / 3);

/** The fast Walsh–Hadamard transform in place, scaled to keep lengths. @param values a power of two of them */
function hadamard(values: Float32Array): void {
  const { length } = values;
  for (let half = 1; half < length; half *= 2) {
    for (let start = 0; start < length; start += 2 * half) {
      for (let place = start; place < start + half; place++) {
        const a = values[place] as number;
        const b = values[place + half] as number;
        values[place] = a + b;
        values[place + half] = a - b;
      }
    }
  }
  const scale = 1 / Math.sqrt(length);
  for (let place = 0; place < length; place++) values[place] = (values[place] as number) * scale;
}

/** Adds to the first. */
function add(sum: Float32Array, other: Float32Array): Float32Array {
  for (let place = 0; place < sum.length; place++) sum[place] = (sum[place] as number) + (other[place] as number);
  return sum;
}

function toLengthOne(vector: Float32Array): Float32Array {
  let squares = 0;
  for (let place = 0; place < vector.length; place++) squares += (vector[place] as number) ** 2;
  const scale = 1 / Math.sqrt(squares);
  for (let place = 0; place < vector.length; place++) vector[place] = (vector[place] as number) * scale;
  return vector;
}
