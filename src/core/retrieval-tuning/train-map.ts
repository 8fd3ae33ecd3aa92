import { seededShares } from '../seeded-shares';
import { mapInto, plainMap, type QuestionMap } from './question-map';

/** A question with the passages that answer it, and some that the search took for answers. Vectors of length 1, all of one number of dimensions. */
export interface TrainingPair {
  readonly question: Float32Array;
  /** Its answer. Those of other questions of a batch stand against it, unless they are among `answers`. */
  readonly answer: Float32Array;
  /** All that answers the question, by what tells passages apart. */
  readonly answers: ReadonlySet<number>;
  readonly answerId: number;
  /** Passages that are found for it and do not answer it. */
  readonly others: readonly Float32Array[];
}

/** How many columns the part of low rank has. More learn the pairs by heart sooner; see docs/tuning-search.md. */
const rank = 8;
const batchSize = 32;
/** The scales have few degrees of freedom and stand many rounds; the part of low rank has many and is stopped early. */
const scaleRounds = 10;
const lowRankRounds = 5;
const scaleRate = 0.01;
/** By the root of the number of dimensions: how far a column as a whole moves at a step, at most. */
const lowRankRate = 0.04;
/** What a difference of cosines is divided by before it is taken for a probability; usual values are from 0.02 to 0.1. */
const temperature = 0.05;
/** Gradients smaller than this share change nothing that could be seen. */
const leastShare = 1e-4;

/**
 * Trains a map by contrast: the cosine of a mapped question to its answer against those to the answers of other questions and to what the search
 * took for answers, as probabilities (InfoNCE of A. van den Oord, 2018), by Adam (D. Kingma, 2015) with a rate that falls to 0. First the scales,
 * then upon them the part of low rank. The same pairs and seed give the same map.
 * @returns step by step, of some milliseconds each, so that others get their turn; what is yielded is the share done, from 0 to 1
 */
export function* trainMap(pairs: readonly TrainingPair[], seed: number): Generator<number, QuestionMap> {
  const dimensions = pairs[0]?.question.length ?? 0;
  const random = seededShares(seed);
  const map = plainMap(dimensions, rank);
  for (let at = 0; at < map.looks.length; at++) map.looks[at] = ((random() - 0.5) * 2) / Math.sqrt(dimensions);

  const rounds = scaleRounds + lowRankRounds;
  const scalesOnly = { ...map, rank: 0 };
  const scales = new Adam([map.scales], scaleRate, stepsOf(pairs, scaleRounds));
  const lowRank = new Adam([map.looks, map.additions], lowRankRate / Math.sqrt(dimensions), stepsOf(pairs, lowRankRounds));
  for (let round = 0; round < rounds; round++) {
    const isLowRank = round >= scaleRounds;
    const adam = isLowRank ? lowRank : scales;
    const order = shuffled(pairs, random);
    for (let from = 0; from < order.length; from += batchSize) {
      const batch = order.slice(from, from + batchSize);
      for (const [place, pair] of batch.entries()) {
        addGradient(isLowRank ? map : scalesOnly, pair, batch, adam.gradients);
        // A batch takes some ten milliseconds, more on a slow machine.
        if (place % 8 === 7) yield (round + (from + place) / order.length) / rounds;
      }
      adam.step(batch.length);
    }
  }
  return map;
}

const stepsOf = (pairs: readonly unknown[], rounds: number) => Math.ceil(pairs.length / batchSize) * rounds;

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as Item, order[last] as Item];
  }
  return order;
}

/** Adds the gradient of a pair's loss: to that of the scales, or to those of both sides of the part of low rank. */
function addGradient(map: QuestionMap, pair: TrainingPair, batch: readonly TrainingPair[], gradients: readonly Float32Array[]): void {
  const { dimensions } = map;
  const { question } = pair;
  const mapped = new Float32Array(dimensions);
  const seen = new Float32Array(map.rank);
  mapInto(map, question, mapped, seen);
  const length = Math.sqrt(dot(mapped, mapped));
  if (!(length > 0)) return;
  const candidates = [pair.answer, ...pair.others];
  for (const other of batch) if (!pair.answers.has(other.answerId)) candidates.push(other.answer);
  const cosines = candidates.map((candidate) => dot(mapped, candidate) / length);

  // Of the loss by the mapped question: Σ (probability − is it the answer) · candidate, less what only makes it longer.
  const highest = Math.max(...cosines);
  const weights = cosines.map((cosine) => Math.exp((cosine - highest) / temperature));
  const sum = weights.reduce((before, weight) => before + weight, 0);
  const slope = new Float32Array(dimensions);
  let along = 0;
  for (const [place, candidate] of candidates.entries()) {
    const share = (weights[place] as number) / sum - (place === 0 ? 1 : 0);
    if (Math.abs(share) < leastShare) continue;
    addScaled(slope, candidate, share);
    along += share * (cosines[place] as number);
  }
  addScaled(slope, mapped, -along / length);
  const steepness = 1 / (temperature * length);

  const [first, second] = gradients as [Float32Array, Float32Array];
  if (map.rank === 0) {
    for (let at = 0; at < dimensions; at++) {
      first[at] = (first[at] as number) + steepness * (slope[at] as number) * (question[at] as number);
    }
    return;
  }
  for (let column = 0; column < map.rank; column++) {
    const [from, to] = [column * dimensions, (column + 1) * dimensions];
    const added = dot(map.additions.subarray(from, to), slope);
    addScaled(first.subarray(from, to), question, steepness * added);
    addScaled(second.subarray(from, to), slope, steepness * (seen[column] as number));
  }
}

function dot(one: Float32Array, other: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let at = 0;
  // Four sums side by side: the processor need not wait for one to be added to.
  for (; at + 4 <= one.length; at += 4) {
    a += (one[at] as number) * (other[at] as number);
    b += (one[at + 1] as number) * (other[at + 1] as number);
    c += (one[at + 2] as number) * (other[at + 2] as number);
    d += (one[at + 3] as number) * (other[at + 3] as number);
  }
  for (; at < one.length; at++) a += (one[at] as number) * (other[at] as number);
  return a + b + c + d;
}

function addScaled(sum: Float32Array, vector: Float32Array, factor: number): void {
  for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + factor * (vector[at] as number);
}

const [firstDecay, secondDecay] = [0.9, 0.999];

class Adam {
  readonly gradients: readonly Float32Array[];
  readonly #means: readonly Float32Array[];
  readonly #squares: readonly Float32Array[];
  #steps = 0;

  constructor(
    readonly parameters: readonly Float32Array[],
    readonly rate: number,
    readonly stepsInAll: number,
  ) {
    const zeros = () => parameters.map(({ length }) => new Float32Array(length));
    [this.gradients, this.#means, this.#squares] = [zeros(), zeros(), zeros()];
  }

  /** Moves the parameters against their gradients, which begin anew. */
  step(pairs: number): void {
    const rate = this.rate * (1 - this.#steps / this.stepsInAll);
    this.#steps += 1;
    const meanScale = 1 / (1 - firstDecay ** this.#steps);
    const squareScale = 1 / (1 - secondDecay ** this.#steps);
    for (const [place, parameter] of this.parameters.entries()) {
      const [gradients, means, squares] = [this.gradients, this.#means, this.#squares].map((all) => all[place]) as [
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      for (let at = 0; at < parameter.length; at++) {
        const gradient = (gradients[at] as number) / pairs;
        const mean = firstDecay * (means[at] as number) + (1 - firstDecay) * gradient;
        const square = secondDecay * (squares[at] as number) + (1 - secondDecay) * gradient * gradient;
        means[at] = mean;
        squares[at] = square;
        parameter[at] = (parameter[at] as number) - (rate * mean * meanScale) / (Math.sqrt(square * squareScale) + 1e-8);
      }
      gradients.fill(0);
    }
  }
}
