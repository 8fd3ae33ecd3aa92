import type { Brand } from '../../brand';
import type { Problem } from '../../problem';

/** Sorts as the jobs were begun. */
export type TuningJobId = Brand<string, 'TuningJobId'>;

/** The services that train, by what is between us and them. */
export const tuningServiceNames = ['openai', 'fireworks'] as const;
export type TuningServiceName = (typeof tuningServiceNames)[number];

/** `supervised` learns the good answers; `dpo` learns what the good answers have before the rejected ones (https://arxiv.org/abs/2305.18290). */
export const tuningMethods = ['supervised', 'dpo'] as const;
export type TuningMethod = (typeof tuningMethods)[number];

/** What a person may choose of the training; what is absent is the service's own choice. */
export interface TuningParameters {
  readonly epochs?: number;
  /** Examples that are learned from between two changes of the weights. */
  readonly batchSize?: number;
  /** Of the service's own rate of learning. */
  readonly learningRateMultiplier?: number;
  /** How strongly preference training holds to the model as it was; `dpo` only. */
  readonly beta?: number;
  /** The same seed and the same examples should give the same model. */
  readonly seed?: number;
}

/** What is to be trained, as the person chose it. */
export interface TuningPlan {
  readonly service: TuningServiceName;
  /** The model to begin with. */
  readonly model: string;
  readonly method: TuningMethod;
  readonly parameters: TuningParameters;
  /** Becomes a part of the tuned model's name. */
  readonly suffix?: string;
  readonly withSystemPrompt: boolean;
  /** Sends the examples of the validation side too, to be measured by. */
  readonly withValidation: boolean;
}

/**
 * `uploading` and `creating` are our part; then the service's: `validating` its files, `queued`, `running`, `paused`. The last three are ends.
 * A job whose service cannot be asked keeps its state and has a `problem`.
 */
export const tuningJobStates = [
  'uploading',
  'creating',
  'validating',
  'queued',
  'running',
  'paused',
  'succeeded',
  'failed',
  'cancelled',
] as const;
export type TuningJobState = (typeof tuningJobStates)[number];

export function hasEnded(state: TuningJobState): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'cancelled';
}

/** One side of the split, as it is sent. */
export interface TuningJobFile {
  readonly examples: number;
  /** Of one epoch, as far as the model trains them; of pairs what comes before is counted with each answer. */
  readonly tokens: number;
  readonly bytes: number;
  readonly sentBytes: number;
  /** By which the service knows it; present once it has all of it. */
  readonly remoteId?: string;
}

export interface TuningJob {
  readonly id: TuningJobId;
  /** Milliseconds since 1970, here and below. */
  readonly createdAt: number;
  readonly plan: TuningPlan;
  /** Where the service is asked. Its key belongs to this address and no other. */
  readonly baseUrl: string;
  readonly state: TuningJobState;
  readonly training: TuningJobFile;
  readonly validation?: TuningJobFile;
  /** By which the service knows it; present once it was created there. */
  readonly remoteId?: string;
  /** What was said before it began. The cost is absent where no price is known. */
  readonly estimate: { readonly epochs: number; readonly usd?: number; readonly usdPerMillionTrained?: number };
  /** As the service says: what it took where the choice was left to it. */
  readonly chosen?: TuningParameters;
  /** Tokens × epochs as the service counts them, when it does; of a cancelled one, what was trained until then. */
  readonly trainedTokens?: number;
  /** What it cost, from the trained tokens and the price, or as the service says; until then unknown. */
  readonly spentUsd?: number;
  readonly startedAt?: number;
  readonly estimatedFinishAt?: number;
  readonly finishedAt?: number;
  /** By which the outcome is asked. */
  readonly tunedModel?: string;
  /** Why it failed, or why it cannot be gone on with at the moment. */
  readonly problem?: Problem;
  /** Cancelling was asked for, and the service has not said yet that it is. */
  readonly isCancelling?: true;
}

export interface TuningEvent {
  readonly id: string;
  readonly at: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

/** What was measured after a step of the training. Losses are mean cross-entropies in nats a token, accuracies shares from 0 to 1. */
export interface TrainingMetrics {
  /** Counted from 1. */
  readonly step: number;
  readonly trainingLoss?: number;
  readonly trainingAccuracy?: number;
  /** Of a batch of the validation examples; of all of them after an epoch. */
  readonly validationLoss?: number;
  readonly validationAccuracy?: number;
}

/** The model as it was after a step; it can be used like the outcome. */
export interface TuningCheckpoint {
  readonly model: string;
  readonly step: number;
  readonly metrics?: Omit<TrainingMetrics, 'step'>;
}

/** What the service told in the course of a job. */
export interface TuningJobCourse {
  /** Oldest first, at most the last 1,000. */
  readonly events: readonly TuningEvent[];
  /** By step. */
  readonly metrics: readonly TrainingMetrics[];
  readonly checkpoints: readonly TuningCheckpoint[];
}
