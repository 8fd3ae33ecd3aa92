import { automaticEpochs } from './training-cost';
import type { TuningMethod, TuningServiceName } from './tuning-job';

export interface TrainingService {
  /** Where the provider itself offers it. */
  readonly baseUrl: string;
  /** How often it goes through so many examples when nobody says. */
  readonly usualEpochs: (examples: number) => number;
  /** Those in which it measures by examples that it does not learn from. */
  readonly validatedMethods: readonly TuningMethod[];
  /** Of one file. */
  readonly mostFileBytes: number;
}

/**
 * What must be known of each service before it is asked anything.
 * - OpenAI: https://platform.openai.com/docs/api-reference/files/create (512 MB a file).
 * - Fireworks: https://docs.fireworks.ai/fine-tuning/fine-tuning-via-api (150 MB a request), one epoch.
 */
export const trainingServices: Readonly<Record<TuningServiceName, TrainingService>> = {
  openai: {
    baseUrl: 'https://api.openai.com/v1',
    usualEpochs: automaticEpochs,
    validatedMethods: ['supervised', 'dpo'],
    mostFileBytes: 512_000_000,
  },
  fireworks: { baseUrl: 'https://api.fireworks.ai/v1', usualEpochs: () => 1, validatedMethods: ['supervised'], mostFileBytes: 150_000_000 },
};
