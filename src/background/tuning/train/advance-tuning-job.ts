import { problemOf } from '../../../core/problem';
import { mergeCourse } from '../../../core/tuning/training/merge-course';
import { hasEnded, type TuningJob, type TuningJobFile } from '../../../core/tuning/training/tuning-job';
import type { RemoteTuningJob, TuningService } from '../../../models/tuning-service';
import type { Library, StoredTuningJob, TuningSide } from '../../../storage/schema';
import { openTuningFile } from '../../../storage/tuning/tuning-files';
import { changeTuningCourse, noteTuningJob } from '../../../storage/tuning/tuning-jobs';
import { isRefusal } from './creation-refusals';
import { ended, toldByService } from './told-by-service';

export interface AdvanceTools {
  readonly library: Library;
  /** Of the job's own address. @throws ProblemError when it may not be asked */
  readonly openService: () => Promise<TuningService>;
  readonly now: () => number;
  /** Something of the job is other than it was. */
  readonly changed: () => void;
  /** Aborted when the sending of files is no longer wanted. */
  readonly sending: AbortSignal;
}

/** Somebody else has taken the job up, or it is gone: nothing more is to be done here. */
export class TakenOver extends Error {}

/** A request has a limit of its own; of a job's course there may be a dozen. */
const longestStepMs = 5 * 60_000;

/**
 * Does the next step of a job that has not ended, and notes what came of it. Whatever the service is told is noted before, so that a worker which takes the
 * job up after any death knows what may have been said.
 * @throws TakenOver; ProblemError any `model-…` or `tuning-…`
 */
export async function advanceTuningJob(record: StoredTuningJob, tools: AdvanceTools): Promise<void> {
  const { job } = record;
  if (job.remoteId !== undefined) return lookAtJob(record, job.remoteId, tools);
  if (record.isRestored || record.creationSentAt !== undefined) return findCreated(record, tools);
  if (job.isCancelling) return end(record, tools, cancelled(job));
  const side = unsentSide(job);
  return side ? sendFile(record, side, tools) : createJob(record, tools);
}

function unsentSide({ training, validation }: TuningJob): TuningSide | undefined {
  if (training.remoteId === undefined) return 'training';
  return validation && validation.remoteId === undefined ? 'validation' : undefined;
}

async function sendFile(record: StoredTuningJob, side: TuningSide, tools: AdvanceTools): Promise<void> {
  const { library, sending, changed } = tools;
  const data = await openTuningFile(library, record.id, side);
  if (!data) return end(record, tools, { ...record.job, state: 'failed', problem: { code: 'tuning-files-gone' } });
  const service = await tools.openService();
  const progress = record.uploads[side];
  const remoteId = await service.upload(
    {
      name: `commonplace-${side}-${record.id}.jsonl`,
      data,
      ...(progress ? { progress } : {}),
      async noteProgress(reached) {
        await note(record, tools, (before) => ({
          ...gone(before),
          uploads: { ...before.uploads, [side]: reached },
          job: withFile(before.job, side, { sentBytes: reached.sentBytes }),
        }));
        changed();
        sending.throwIfAborted();
      },
    },
    sending,
  );
  await note(record, tools, (before) => {
    const { [side]: _, ...uploads } = before.uploads;
    const job = withFile(before.job, side, { sentBytes: data.size, remoteId });
    return { ...gone(before), uploads, job: unsentSide(job) ? job : { ...job, state: 'creating' } };
  });
}

function withFile(job: TuningJob, side: TuningSide, change: { readonly sentBytes: number; readonly remoteId?: string }): TuningJob {
  const { problem: _, ...rest } = job;
  const file = job[side];
  return file ? { ...rest, [side]: { ...file, ...change } } : rest;
}

/** It has been gone on with: what was wrong before is over. */
function gone(record: StoredTuningJob): StoredTuningJob {
  const { problem: _, ...job } = record.job;
  return { ...record, failures: 0, notBefore: 0, job };
}

async function createJob(record: StoredTuningJob, tools: AdvanceTools): Promise<void> {
  const { plan, training, validation } = record.job;
  const service = await tools.openService();
  const asked = await note(record, tools, (before) => ({ ...before, creationSentAt: tools.now() }));
  // The wish to cancel came in between.
  if (asked.job.isCancelling) return void (await note(record, tools, notCreated));
  let remote: RemoteTuningJob;
  try {
    remote = await service.create(
      {
        model: plan.model,
        method: plan.method,
        parameters: plan.parameters,
        ...(plan.suffix ? { suffix: plan.suffix } : {}),
        trainingFile: training.remoteId ?? '',
        ...(validation?.remoteId === undefined ? {} : { validationFile: validation.remoteId }),
        label: record.id,
      },
      timeout(),
    );
  } catch (error) {
    const problem = problemOf(error);
    if (isRefusal(problem)) await note(record, tools, problem.code === 'tuning-file-refused' ? toSendAnew : notCreated);
    if (problem.code === 'tuning-malformed') await note(record, tools, (before) => ({ ...before, isCreationUnread: true }));
    throw error;
  }
  await note(record, tools, (before) => toldByService(before, remote, tools.now()));
}

function notCreated({ creationSentAt: _, isCreationUnread: __, ...record }: StoredTuningJob): StoredTuningJob {
  return record;
}

/** The service may have lost or deleted its files, and would refuse them for ever: whoever tries again sends them again. */
function toSendAnew(record: StoredTuningJob): StoredTuningJob {
  const { training, validation, ...job } = record.job;
  const unsent = ({ remoteId: _, ...file }: TuningJobFile): TuningJobFile => ({ ...file, sentBytes: 0 });
  return {
    ...notCreated(record),
    job: { ...job, state: 'uploading', training: unsent(training), ...(validation ? { validation: unsent(validation) } : {}) },
  };
}

/**
 * The service was asked to create it, and whether it did is not known: the job is in its list, or was never made. Who answered what cannot be read did
 * answer, so that the list has no such job is no proof then that none was made: the person decides.
 */
async function findCreated(record: StoredTuningJob, tools: AdvanceTools): Promise<void> {
  const service = await tools.openService();
  const { job } = record;
  const listed = await service.list(timeout());
  // Not every server keeps a label, but the file was sent for this job and no other.
  const ownFile = job.training.remoteId;
  const found =
    listed.find(({ label }) => label === record.id) ??
    listed.find(({ label, trainingFile }) => label === undefined && trainingFile !== undefined && trainingFile === ownFile);
  if (found) return void (await note(record, tools, (before) => toldByService(before, found, tools.now())));
  if (!record.isRestored) return void (await note(record, tools, notFound));
  await end(record, tools, job.isCancelling ? cancelled(job) : { ...job, state: 'failed', problem: { code: 'tuning-files-gone' } });
}

/** A service that makes jobs, says so to nobody and does not list them would otherwise make one after the other, each for money. */
const mostUnansweredCreations = 3;

function notFound({ unansweredCreations = 0, ...record }: StoredTuningJob): StoredTuningJob {
  const anew = gone(notCreated(record));
  const unanswered = unansweredCreations + 1;
  const isUnclear = record.isCreationUnread || unanswered >= mostUnansweredCreations;
  if (!isUnclear || record.job.isCancelling) return { ...anew, unansweredCreations: unanswered };
  return { ...anew, notBefore: Number.POSITIVE_INFINITY, job: { ...anew.job, problem: { code: 'tuning-creation-unclear' } } };
}

async function lookAtJob(record: StoredTuningJob, remoteId: string, tools: AdvanceTools): Promise<void> {
  const service = await tools.openService();
  const isToCancel = record.job.isCancelling === true && !record.isCancelSent;
  let remote: RemoteTuningJob;
  try {
    remote = await (isToCancel ? service.cancel(remoteId, timeout()) : service.job(remoteId, timeout()));
  } catch (error) {
    // Deleted there: nobody can cancel it any more, and nothing is known of what it cost.
    if (record.job.isCancelling && problemOf(error).code === 'tuning-job-gone') return end(record, tools, cancelled(record.job));
    throw error;
  }
  const told = await note(record, tools, (before) => ({
    ...toldByService(before, remote, tools.now()),
    ...(isToCancel ? { isCancelSent: true as const } : {}),
  }));
  tools.changed();
  // A look without its course is worth something; at the end it is asked for until it comes.
  if (!hasEnded(told.job.state)) await keepCourse(record, service, remote, tools).catch(() => {});
}

/** Keeps what the service tells of a job's course. */
export async function keepCourse(
  { id }: StoredTuningJob,
  service: TuningService,
  remote: RemoteTuningJob,
  { library }: Pick<AdvanceTools, 'library'>,
): Promise<void> {
  const told = await service.course(remote, timeout());
  await changeTuningCourse(library, id, (before) => mergeCourse(before, told));
}

async function end(record: StoredTuningJob, tools: AdvanceTools, job: TuningJob): Promise<void> {
  await note(record, tools, (before) => ended({ ...notCreated(gone(before)), job: { ...job, finishedAt: tools.now() } }));
}

function cancelled({ isCancelling: _, problem: __, ...job }: TuningJob): TuningJob {
  return { ...job, state: 'cancelled' };
}

async function note(
  record: StoredTuningJob,
  { library }: AdvanceTools,
  change: (before: StoredTuningJob) => StoredTuningJob,
): Promise<StoredTuningJob> {
  const noted = await noteTuningJob(library, record, change);
  if (!noted) throw new TakenOver();
  return noted;
}

export const timeout = () => AbortSignal.timeout(longestStepMs);
