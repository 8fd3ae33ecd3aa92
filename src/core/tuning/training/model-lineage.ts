import { parseTunedModelName } from './tuned-model-name';
import type { TuningCheckpoint, TuningJob } from './tuning-job';

/** A model that came of a job. */
export interface TrainedModel {
  readonly model: string;
  readonly job: TuningJob;
  /** The step at which it was put aside; absent: it is the outcome. */
  readonly step?: number;
}

/** Where a tuned model is from, as far as that is known. */
export interface ModelLineage {
  readonly model: string;
  /** The model that it was tuned from. */
  readonly base?: string;
  readonly step?: number;
  /** Present when it was trained from here. */
  readonly job?: TuningJob;
}

/** The models that a job names: its outcome first, then its checkpoints, of which the last may be the outcome under another name. */
export function modelsOfJob(job: TuningJob, checkpoints: readonly TuningCheckpoint[]): TrainedModel[] {
  const { tunedModel } = job;
  const others = checkpoints.filter(({ model }) => model !== tunedModel).map(({ model, step }) => ({ model, step, job }));
  return [...(tunedModel ? [{ model: tunedModel, job }] : []), ...others];
}

/** @returns nothing for a model of which neither a job nor its name says that it was tuned */
export function lineageOf(model: string, trained: readonly TrainedModel[]): ModelLineage | undefined {
  const known = trained.find((one) => one.model === model);
  const named = parseTunedModelName(model);
  if (!known && !named) return undefined;
  const base = known?.job.plan.model ?? named?.base;
  const step = known?.step ?? named?.step;
  return {
    model,
    ...(base === undefined ? {} : { base }),
    ...(step === undefined ? {} : { step }),
    ...(known ? { job: known.job } : {}),
  };
}

/** Epochs of a job: what the service took, else what was expected. */
export function epochsOf({ chosen, plan, estimate }: TuningJob): number {
  return chosen?.epochs ?? plan.parameters.epochs ?? estimate.epochs;
}
