import { expect, test } from 'vitest';
import { applyMap, withShare } from '../../../../src/core/retrieval-tuning/question-map';
import { type TrainingPair, trainMap } from '../../../../src/core/retrieval-tuning/train-map';
import { seededShares } from '../../../../src/core/seeded-shares';
import { normalizeVector } from '../../../../src/core/vectors/quantize-vector';

const dimensions = 48;
const random = seededShares(7);
const noise = () => Float32Array.from({ length: dimensions }, () => random() + random() + random() - 1.5);
const passages = Array.from({ length: 200 }, () => normalizeVector(noise()));

/** Questions as a model would put them that says too much of some components, and puts a few where others belong. */
const distorted = (passage: Float32Array) => {
  const question = passage.map((component, place) => component * (place < 12 ? 4 : 1));
  for (let place = 12; place < 16; place++) question[place] = (passage[place + 4] as number) * 3;
  return normalizeVector(question.map((component) => component + (random() - 0.5) * 1.2));
};
const pairOf = (answerId: number): TrainingPair => {
  const others = Array.from({ length: 4 }, () => Math.floor(random() * passages.length)).filter((id) => id !== answerId);
  const answer = passages[answerId] as Float32Array;
  return {
    question: distorted(answer),
    answer,
    answerId,
    answers: new Set([answerId]),
    others: others.map((id) => passages[id] as Float32Array),
  };
};
const pairs = Array.from({ length: 400 }, (_, index) => pairOf(index % passages.length));

function train(seed = 1) {
  const steps = trainMap(pairs, seed);
  const shares: number[] = [];
  for (;;) {
    const step = steps.next();
    if (step.done) return { map: step.value, shares };
    shares.push(step.value);
  }
}

/** How many new questions find their passage as the nearest. */
function found(change: (question: Float32Array) => Float32Array): number {
  const dot = (one: Float32Array, other: Float32Array) =>
    one.reduce((sum, component, place) => sum + component * (other[place] as number), 0);
  return passages.filter((passage) => {
    const question = change(distorted(passage));
    const own = dot(question, passage);
    return passages.every((other) => other === passage || dot(question, other) < own);
  }).length;
}

test('a map brings questions that it has not seen nearer to their passages, its part of low rank more than its scales alone', () => {
  const { map } = train();
  const [plain, scaled, whole] = [
    found((question) => question),
    found((question) => applyMap(withShare(map, 0), question)),
    found((question) => applyMap(map, question)),
  ];
  expect(scaled).toBeGreaterThan(plain + 10);
  expect(whole).toBeGreaterThan(scaled);
});

test('the same pairs and seed give the same map, another seed another', () => {
  expect(train().map).toEqual(train().map);
  expect(train(2).map).not.toEqual(train(1).map);
});

test('training goes on in many steps, and says how far it is', () => {
  const { shares } = train();
  expect(shares.length).toBeGreaterThan(500);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBeLessThanOrEqual(1);
});

test('what a map makes of a question has length 1', () => {
  const mapped = applyMap(train().map, distorted(passages[0] as Float32Array));
  expect(Math.hypot(...mapped)).toBeCloseTo(1, 5);
});

test('pairs without a vector of any length are passed over, not turned into numbers that are none', () => {
  const steps = trainMap([{ ...(pairs[0] as TrainingPair), question: new Float32Array(dimensions) }, ...pairs.slice(0, 40)], 1);
  let step = steps.next();
  while (!step.done) step = steps.next();
  expect(step.value.scales.every(Number.isFinite)).toBe(true);
  expect(step.value.additions.every(Number.isFinite)).toBe(true);
});
