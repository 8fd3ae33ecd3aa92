import { ProblemError } from '../../../core/problem';
import type { SpendingSettings } from '../../../core/spending/spending-settings';
import { exampleId } from '../../../core/tuning/stored-example';
import { hasEnded, type TuningJob, type TuningJobFile, type TuningJobId, type TuningPlan } from '../../../core/tuning/training/tuning-job';
import type { ShownPrice, TuningJobRequests, TuningPlanEstimate } from '../../../protocol/tuning-job-requests';
import type { Library, StoredTuningJob } from '../../../storage/schema';
import { listTuningJobs, putTuningJob, removeTuningJob } from '../../../storage/tuning/tuning-jobs';
import { capProblem, estimateTraining, hindrancesOfAccess } from './estimate-training';
import { setChoiceOf } from './read-training-set';
import type { TuningServiceAddress } from './training-access';
import type { TrainingSets } from './training-sets';
import { trainingUsage } from './training-usage';

export interface StartTrainingTools {
  readonly openLibrary: () => Promise<Library>;
  readonly sets: TrainingSets;
  readonly addressOf: (service: TuningPlan['service']) => Promise<TuningServiceAddress>;
  readonly mayReach: (originPattern: string) => Promise<boolean>;
  readonly readSettings: () => Promise<SpendingSettings>;
  readonly now: () => number;
  readonly newId: () => string;
  /** What is being put aside for jobs that are not stored yet. */
  readonly beingMade: Set<TuningJobId>;
}

/** The same plan at the same address within this time after a job of it was stored is the same wish: another panel may show its price, or this one after it was closed. */
const sameWishMs = 60_000;

export type WishedTraining = TuningJobRequests['tuning-jobs/start']['data'];

/**
 * Puts aside what a plan would send, sets aside what it would cost, and stores the job, which others go on with.
 * `shown` is what the person agreed to: nothing is sent elsewhere or begun for another price.
 * @returns the job that was begun for the same wish, if there is one
 * @throws ProblemError what stands in the way; then nothing has been begun
 */
export async function startTraining({ plan, shown, wish }: WishedTraining, tools: StartTrainingTools): Promise<TuningJob> {
  const library = await tools.openLibrary();
  const isOfWish = (there: StoredTuningJob) => there.wish === wish || isSamePlan(there.job, plan, shown, tools.now());
  const begun = (await listTuningJobs(library)).find(isOfWish);
  if (begun) return begun.job;
  const address = await tools.addressOf(plan.service);
  if (address.baseUrl !== shown.baseUrl) throw new ProblemError({ code: 'tuning-price-changed' });
  refuse(await hindrancesOfAccess(address, tools.mayReach));
  const id = exampleId(tools.now(), tools.newId()) as string as TuningJobId;
  tools.beingMade.add(id);
  try {
    const { set, parts } = await tools.sets.freeze(id, setChoiceOf(plan));
    const settings = await tools.readSettings();
    const estimate = estimateTraining(plan, set, address.baseUrl, settings);
    refuse(estimate.hindrances);
    if (estimate.usd !== shown.usd) throw new ProblemError({ code: 'tuning-price-changed' });
    const job = jobOf(id, tools.now(), plan, address.baseUrl, estimate);
    const outcome = await putTuningJob(library, job, parts, trainingUsage(job), settings.capUsd, { wish, isOfWish });
    if (outcome === 'files-gone') throw new ProblemError({ code: 'interrupted' });
    if (typeof outcome === 'object' && 'begun' in outcome) {
      // It was begun while this one was put aside.
      await removeTuningJob(library, id);
      return outcome.begun;
    }
    if (outcome !== 'stored') throw new ProblemError(capProblem({ ...settings, spentUsd: outcome.spentUsd }));
    return job;
  } catch (error) {
    await removeTuningJob(library, id).catch(() => {});
    throw error;
  } finally {
    tools.beingMade.delete(id);
  }
}

function refuse([first]: TuningPlanEstimate['hindrances']): void {
  if (first) throw new ProblemError(first);
}

function isSamePlan({ plan, baseUrl, state, createdAt }: TuningJob, wished: TuningPlan, shown: ShownPrice, now: number): boolean {
  if (hasEnded(state) || now - createdAt >= sameWishMs || baseUrl !== shown.baseUrl) return false;
  return JSON.stringify(inOrder(plan)) === JSON.stringify(inOrder(wished));
}

function inOrder(plan: TuningPlan): unknown[] {
  return [Object.entries(plan).filter(([name]) => name !== 'parameters'), Object.entries(plan.parameters)].map((part) => part.toSorted());
}

function jobOf(
  id: TuningJobId,
  createdAt: number,
  plan: TuningPlan,
  baseUrl: string,
  { training, validation, epochs, usd, usdPerMillionTrained }: TuningPlanEstimate,
): TuningJob {
  const unsent = (file: TuningPlanEstimate['training']): TuningJobFile => ({ ...file, sentBytes: 0 });
  return {
    id,
    createdAt,
    plan,
    baseUrl,
    state: 'uploading',
    training: unsent(training),
    ...(validation ? { validation: unsent(validation) } : {}),
    estimate: {
      epochs,
      ...(usd === undefined ? {} : { usd }),
      ...(usdPerMillionTrained === undefined ? {} : { usdPerMillionTrained }),
    },
  };
}
