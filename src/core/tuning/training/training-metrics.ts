import type { TrainingMetrics } from './tuning-job';

type Measure = Exclude<keyof TrainingMetrics, 'step'>;

/** A plot has room for some hundreds; more than this is only kept to be looked at closely. */
export const mostMeasuredSteps = 5_000;

/** What services call them, in events and in files of results; of two in one row the first that is there counts. */
const names: Readonly<Record<Measure, readonly string[]>> = {
  trainingLoss: ['train_loss', 'training_loss', 'train/loss', 'loss'],
  trainingAccuracy: ['train_mean_token_accuracy', 'train_accuracy', 'training_accuracy', 'train_token_accuracy'],
  // Those of all validation examples before those of a batch of them.
  validationLoss: ['full_valid_loss', 'full_validation_loss', 'valid_loss', 'validation_loss', 'eval_loss', 'eval/loss'],
  validationAccuracy: [
    'full_valid_mean_token_accuracy',
    'full_validation_mean_token_accuracy',
    'valid_mean_token_accuracy',
    'valid_accuracy',
    'validation_accuracy',
    'validation_token_accuracy',
    'eval_accuracy',
  ],
};

/** Names of the step, likewise. */
const stepNames = ['step', 'global_step', 'train/global_step'];

/** @param values by the service's names. @returns what of it is a measurement that can be; `undefined` when there is none, or no step */
export function readMetrics(values: Readonly<Record<string, unknown>>, stepElse?: number): TrainingMetrics | undefined {
  const step = stepNames.map((name) => numberOf(values[name])).find((number) => number !== undefined) ?? stepElse;
  if (step === undefined || !Number.isSafeInteger(step) || step < 0) return undefined;
  const measured = (Object.keys(names) as Measure[]).flatMap((measure) => {
    const value = names[measure].map((name) => numberOf(values[name])).find((number) => number !== undefined && fits(measure, number));
    return value === undefined ? [] : [[measure, value] as const];
  });
  return measured.length > 0 ? { step, ...Object.fromEntries(measured) } : undefined;
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function fits(measure: Measure, value: number): boolean {
  return value >= 0 && (value <= 1 || !measure.endsWith('Accuracy'));
}

/**
 * Reads a file of results: comma-separated, the names of the columns first, in any order, any of them missing; whole or as base64, as some are given.
 * Rows without a column of steps are counted from 1. @returns by step, at most `mostMeasuredSteps`
 */
export function readResultsFile(text: string): TrainingMetrics[] {
  const [header = '', ...rows] = plain(text)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  const columns = cells(header).map((name) => name.toLowerCase());
  const read = rows.flatMap((row, index) => {
    if (row.trim() === '') return [];
    const values = cells(row);
    const metrics = readMetrics(Object.fromEntries(columns.map((name, at) => [name, values[at] ?? ''])), index + 1);
    return metrics ? [metrics] : [];
  });
  return mergeMetrics(read);
}

function cells(row: string): string[] {
  return row.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}

function plain(text: string): string {
  const compact = text.replace(/\s+/g, '');
  if (text.includes(',') || compact === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return text;
  try {
    // Of a file that was cut off, four characters at a time can still be read.
    return atob(compact.slice(0, compact.length - (compact.length % 4)));
  } catch {
    return text;
  }
}

/** All that is known of each step, by step; of later ones that say something else of it, what they say. Of too many steps, neighbours are put together. */
export function mergeMetrics(...lists: readonly (readonly TrainingMetrics[])[]): TrainingMetrics[] {
  const byStep = new Map<number, TrainingMetrics>();
  for (const metrics of lists.flat()) byStep.set(metrics.step, { ...byStep.get(metrics.step), ...metrics });
  const sorted = [...byStep.values()].sort((a, b) => a.step - b.step);
  const together = Math.ceil(sorted.length / mostMeasuredSteps);
  if (together <= 1) return sorted;
  const first = sorted.filter((_, index) => index % together === 0);
  return first.map((_, index) => Object.assign({}, ...sorted.slice(index * together, (index + 1) * together)) as TrainingMetrics);
}
