import { ProblemError } from '../../core/problem';
import type { SpendingSettings } from '../../core/spending-settings';
import { exampleId } from '../../core/tuning/stored-example';
import { hasEnded, type TuningJob, type TuningJobFile, type TuningJobId, type TuningPlan } from '../../core/tuning/tuning-job';
import type { ShownPrice, TuningPlanEstimate } from '../../protocol/tuning-job-requests';
import type { Library } from '../../storage/schema';
import { listTuningJobs, putTuningJob, removeTuningJob } from '../../storage/tuning-jobs';
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

/** The same wish within this time is the same wish: a message that a dying worker has heard is sent once more. */
const sameWishMs = 60_000;

/**
 * Puts aside what a plan would send, sets aside what it would cost, and stores the job, which others go on with.
 * @param shown what the person agreed to: nothing is sent elsewhere or begun for another price
 * @throws ProblemError what stands in the way; then nothing has been begun
 */
export async function startTraining(plan: TuningPlan, shown: ShownPrice, tools: StartTrainingTools): Promise<TuningJob> {
  const library = await tools.openLibrary();
  const begun = (await listTuningJobs(library)).find(({ job }) => isSameWish(job, plan, tools.now()));
  if (begun) return begun.job;
  const address = await tools.addressOf(plan.service);
  if (address.baseUrl !== shown.baseUrl) throw new ProblemError({ code: 'tuning-price-changed' });
  refuse(await hindrancesOfAccess(address, tools.mayReach));
  const createdAt = tools.now();
  const id = exampleId(createdAt, tools.newId()) as string as TuningJobId;
  tools.beingMade.add(id);
  try {
    const { set, parts } = await tools.sets.freeze(id, setChoiceOf(plan));
    const settings = await tools.readSettings();
    const estimate = estimateTraining(plan, set, address.baseUrl, settings);
    refuse(estimate.hindrances);
    if (estimate.usd !== shown.usd) throw new ProblemError({ code: 'tuning-price-changed' });
    const job = jobOf(id, createdAt, plan, address.baseUrl, estimate);
    const outcome = await putTuningJob(library, job, parts, trainingUsage(job), settings.capUsd);
    if (outcome === 'files-gone') throw new ProblemError({ code: 'interrupted' });
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

function isSameWish({ plan, state, createdAt }: TuningJob, wished: TuningPlan, now: number): boolean {
  return !hasEnded(state) && now - createdAt < sameWishMs && JSON.stringify(inOrder(plan)) === JSON.stringify(inOrder(wished));
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
