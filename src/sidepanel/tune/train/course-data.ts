import type { TrainingMetrics } from '../../../core/tuning/training/tuning-job';

/** A measure by step; a step at which it was not measured has null. */
export interface PlotData {
  readonly steps: readonly number[];
  readonly training: readonly (number | null)[];
  readonly validation: readonly (number | null)[];
}

type Measure = 'Loss' | 'Accuracy';

/** What a plot draws of one measure; absent when it was never measured. */
export function plotData(metrics: readonly TrainingMetrics[], measure: Measure): PlotData | undefined {
  const measured = metrics.filter((one) => one[`training${measure}`] !== undefined || one[`validation${measure}`] !== undefined);
  if (measured.length === 0) return undefined;
  return {
    steps: measured.map(({ step }) => step),
    training: measured.map((one) => one[`training${measure}`] ?? null),
    validation: measured.map((one) => one[`validation${measure}`] ?? null),
  };
}

/** How a measure went. */
export interface MeasureSummary {
  readonly steps: number;
  readonly training?: { readonly first: number; readonly last: number /** It was measured at one step only. */; readonly isOnce: boolean };
  /** Over-fitting shows where the last is worse than the best. */
  readonly validation?: { readonly last: number; readonly best: number; readonly bestStep: number };
}

export function summaryOf(data: PlotData, measure: Measure): MeasureSummary {
  const known = (values: PlotData['training']) =>
    values.flatMap((value, index) => (value === null ? [] : [{ value, step: data.steps[index] ?? 0 }]));
  const [training, validation] = [known(data.training), known(data.validation)];
  const isBetter = (one: number, other: number) => (measure === 'Loss' ? one < other : one > other);
  const best = validation.reduce<(typeof validation)[number] | undefined>(
    (found, one) => (found && !isBetter(one.value, found.value) ? found : one),
    undefined,
  );
  const [first, last, lastValidation] = [training[0], training.at(-1), validation.at(-1)];
  return {
    steps: data.steps.at(-1) ?? 0,
    ...(first && last ? { training: { first: first.value, last: last.value, isOnce: training.length === 1 } } : {}),
    ...(best && lastValidation ? { validation: { last: lastValidation.value, best: best.value, bestStep: best.step } } : {}),
  };
}

/**
 * As many rows as can be read, at like distances, the first and the last among them. What was measured between two rows and not at the later one goes into
 * that, so that the few figures of validation are not lost.
 */
export function rowsOf(metrics: readonly TrainingMetrics[], mostRows: number): TrainingMetrics[] {
  const rows = Math.min(mostRows, metrics.length);
  if (rows < 2) return metrics.slice(0, rows);
  const ends = Array.from({ length: rows }, (_, row) => Math.round((row * (metrics.length - 1)) / (rows - 1)));
  return ends.map((end, row) => Object.assign({}, ...metrics.slice(row === 0 ? 0 : (ends[row - 1] ?? 0) + 1, end + 1)) as TrainingMetrics);
}
