import { expect, test } from 'vitest';
import type { TrainingMetrics } from '../../../src/core/tuning/training/tuning-job';
import { plotData, rowsOf, summaryOf } from '../../../src/sidepanel/tune/train/course-data';

const course: readonly TrainingMetrics[] = [
  { step: 1, trainingLoss: 2, trainingAccuracy: 0.4 },
  { step: 2, trainingLoss: 1.5, validationLoss: 1.6 },
  { step: 3, trainingLoss: 1, validationLoss: 1.8 },
];

test('a plot has a gap where nothing was measured, and no step at which nothing was', () => {
  expect(plotData(course, 'Loss')).toEqual({ steps: [1, 2, 3], training: [2, 1.5, 1], validation: [null, 1.6, 1.8] });
  expect(plotData(course, 'Accuracy')).toEqual({ steps: [1], training: [0.4], validation: [null] });
});

test('there is no plot of what was never measured', () => {
  expect(plotData([{ step: 1, trainingLoss: 2 }], 'Accuracy')).toBeUndefined();
  expect(plotData([], 'Loss')).toBeUndefined();
});

test('a summary has where the training began and ended, and where validation was best', () => {
  const loss = plotData(course, 'Loss');
  expect(loss && summaryOf(loss, 'Loss')).toEqual({
    steps: 3,
    training: { first: 2, last: 1, isOnce: false },
    validation: { last: 1.8, best: 1.6, bestStep: 2 },
  });
});

test('one step is a summary by itself, without a way from there', () => {
  const loss = plotData([{ step: 1, trainingLoss: 2 }], 'Loss');
  expect(loss && summaryOf(loss, 'Loss')).toEqual({ steps: 1, training: { first: 2, last: 2, isOnce: true } });
});

test('the best accuracy is the highest, the first of equals', () => {
  const metrics = [0.5, 0.8, 0.8, 0.7].map((validationAccuracy, index) => ({ step: index + 1, validationAccuracy }));
  const accuracy = plotData(metrics, 'Accuracy');
  expect(accuracy && summaryOf(accuracy, 'Accuracy')).toEqual({ steps: 4, validation: { last: 0.7, best: 0.8, bestStep: 2 } });
});

test('few steps are all in the table, and many in as many rows as it may have, from the first to the last', () => {
  expect(rowsOf(course, 25)).toEqual(course);
  const long = Array.from({ length: 10_000 }, (_, index) => ({ step: index + 1, trainingLoss: 1 / (index + 1) }));
  const rows = rowsOf(long, 25);
  expect(rows).toHaveLength(25);
  expect([rows[0]?.step, rows.at(-1)?.step]).toEqual([1, 10_000]);
  expect(rowsOf([], 25)).toEqual([]);
});

test('a validation between two rows of the table is in the later one', () => {
  const long: TrainingMetrics[] = Array.from({ length: 101 }, (_, index) => ({
    step: index + 1,
    trainingLoss: 1,
    ...(index === 30 ? { validationLoss: 0.7 } : {}),
  }));
  const rows = rowsOf(long, 3);
  expect(rows).toEqual([
    { step: 1, trainingLoss: 1 },
    { step: 51, trainingLoss: 1, validationLoss: 0.7 },
    { step: 101, trainingLoss: 1 },
  ]);
});
