import { ProblemError, problemOf } from '../../../core/problem';
import type { SpendingSettings } from '../../../core/spending/spending-settings';
import { trainableModelNames } from '../../../core/tuning/training/trainable-model-names';
import { trainingPriceOf } from '../../../core/tuning/training/training-price';
import { trainingServices } from '../../../core/tuning/training/training-services';
import {
  hasEnded,
  type TuningJob,
  type TuningJobId,
  type TuningServiceName,
  tuningServiceNames,
} from '../../../core/tuning/training/tuning-job';
import type { RemoteTuningJob, TuningService } from '../../../models/tuning-service';
import type { Handlers } from '../../../protocol/handle';
import type { TuningJobRequests, TuningServiceStatus } from '../../../protocol/tuning-job-requests';
import type { StoredTuningJob } from '../../../storage/schema';
import { changeTuningJob, listTuningJobs, readTuningCourse, readTuningJob, removeTuningJob } from '../../../storage/tuning/tuning-jobs';
import { sameOrigin } from '../../model-access/change-settings';
import { spentOfCap } from '../../spending/ledger';
import { estimateTraining, hindrancesOfAccess, hindrancesOfCap } from './estimate-training';
import { settleTraining } from './finish-tuning-job';
import { setChoiceOf } from './read-training-set';
import { type StartTrainingTools, startTraining } from './start-training';
import { toldByService } from './told-by-service';
import type { TrainingAddresses } from './training-addresses';

export interface TuningJobRequestTools extends Omit<StartTrainingTools, 'addressOf'> {
  readonly addresses: TrainingAddresses;
  /** Goes on with the jobs that are due. */
  readonly run: () => void;
  readonly stopSending: (id: TuningJobId) => void;
  /** Tells open panels that a job is other than it was. */
  readonly changed: () => void;
  /** Tells open panels that something was set aside. */
  readonly spent: () => void;
  /** Keeps the worker alive until something is done. */
  readonly keepAwake: <Value>(work: Promise<Value>) => Promise<Value>;
  /** Takes away what said that a job has ended. */
  readonly seen: () => Promise<void>;
}

/** The person waits for it. */
const longestAskMs = 60_000;

/** What the worker answers to requests about training at a service. */
export function tuningJobHandlers(tools: TuningJobRequestTools): Handlers<TuningJobRequests, unknown> {
  const { openLibrary, addresses, readSettings, changed, run } = tools;
  const services = async () => {
    const settings = await readSettings();
    return Promise.all(tuningServiceNames.map((name) => statusOf(name, addresses, settings)));
  };
  const known = (record: StoredTuningJob | undefined) => {
    if (!record) throw new ProblemError({ code: 'not-found' });
    return record;
  };
  const change = async (id: TuningJobId, changes: (before: StoredTuningJob) => StoredTuningJob) => {
    const { job } = known(await changeTuningJob(await openLibrary(), id, changes));
    changed();
    run();
    return job;
  };
  /** Asks at once, for the person looks on; what was not heard is seen at the next look. */
  const askOf = async (
    id: TuningJobId,
    what: (service: TuningService, remoteId: string, signal: AbortSignal) => Promise<RemoteTuningJob>,
  ) => {
    const { job } = known(await readTuningJob(await openLibrary(), id));
    if (job.remoteId === undefined) throw new ProblemError({ code: 'not-found' });
    const told = await what(await addresses.openFor(job), job.remoteId, AbortSignal.timeout(longestAskMs));
    return change(id, (before) => toldByService(before, told, tools.now()));
  };
  return {
    'tuning-jobs/services': services,
    async 'tuning-jobs/set-service'({ name, baseUrl, apiKey }) {
      const jobs = await listTuningJobs(await openLibrary());
      await addresses.set(name, { baseUrl, newKey: apiKey });
      const { baseUrl: address } = await addresses.addressOf(name);
      const held = jobs.filter(({ job }) => job.plan.service === name && sameOrigin(job.baseUrl, address) && !isForThePerson(job));
      for (const { id } of held) await changeTuningJob(await openLibrary(), id, renewed);
      run();
      return services();
    },
    async 'tuning-jobs/availability'({ name }) {
      try {
        return await (await addresses.open(name)).availability(AbortSignal.timeout(longestAskMs));
      } catch (error) {
        return { answer: 'no', problem: problemOf(error) };
      }
    },
    async 'tuning-jobs/estimate'({ plan }) {
      const [address, settings, set] = await Promise.all([
        addresses.addressOf(plan.service),
        readSettings(),
        tools.keepAwake(tools.sets.measure(setChoiceOf(plan))),
      ]);
      const estimate = estimateTraining(plan, set, address.baseUrl, settings);
      const ofCap = hindrancesOfCap(await spentOfCap(tools), estimate);
      const ofAccess = await hindrancesOfAccess(address, tools.mayReach);
      return { ...estimate, hindrances: [...estimate.hindrances, ...ofCap, ...ofAccess] };
    },
    async 'tuning-jobs/stop-counting'() {
      tools.sets.stop();
      return null;
    },
    async 'tuning-jobs/start'(wished) {
      const job = await tools.keepAwake(startTraining(wished, { ...tools, addressOf: addresses.addressOf }));
      changed();
      tools.spent();
      run();
      return job;
    },
    'tuning-jobs/list': async () => (await listTuningJobs(await openLibrary())).map(({ job }) => job),
    async 'tuning-jobs/read'({ id }) {
      const library = await openLibrary();
      const { job } = known(await readTuningJob(library, id));
      return { job, course: await readTuningCourse(library, id) };
    },
    async 'tuning-jobs/refresh'({ id }) {
      known(await changeTuningJob(await openLibrary(), id, renewed));
      run();
      return null;
    },
    async 'tuning-jobs/seen'() {
      await tools.seen();
      return null;
    },
    'tuning-jobs/pause': ({ id }) => askOf(id, (service, remoteId, signal) => service.pause(remoteId, signal)),
    'tuning-jobs/resume': ({ id }) => askOf(id, (service, remoteId, signal) => service.resume(remoteId, signal)),
    async 'tuning-jobs/cancel'({ id }) {
      const job = await change(id, (before) =>
        hasEnded(before.job.state) ? before : renewed({ ...before, job: { ...before.job, isCancelling: true } }),
      );
      tools.stopSending(id);
      return job;
    },
    async 'tuning-jobs/forget'({ id }) {
      const library = await openLibrary();
      const record = known(await readTuningJob(library, id));
      if (!hasEnded(record.job.state)) throw new ProblemError({ code: 'internal', detail: 'The job has not ended.' });
      // Nobody comes to it once the job is gone, and what was set aside would count as spent.
      await settleTraining(record, { library, spent: tools.spent });
      await removeTuningJob(library, id);
      changed();
      return null;
    },
  };
}

/** No key makes it known whether it was made. */
function isForThePerson({ problem }: TuningJob): boolean {
  return problem?.code === 'tuning-creation-unclear';
}

/** As if it had never failed, nor been looked at. */
function renewed(record: StoredTuningJob): StoredTuningJob {
  const { lookedAt: _, ...before } = record;
  return hasEnded(record.job.state) ? record : { ...before, failures: 0, notBefore: 0, unchangedLooks: 0 };
}

async function statusOf(name: TuningServiceName, addresses: TrainingAddresses, { prices }: SpendingSettings): Promise<TuningServiceStatus> {
  const address = await addresses.addressOf(name);
  const { methods, parameters, canPause } = addresses.describe(name, address);
  return {
    name,
    baseUrl: address.baseUrl,
    hasKey: address.apiKey !== '',
    methods,
    parameters,
    canPause,
    // Those that the provider itself trains; another server of its kind may know others.
    models: trainableModelNames(new URL(trainingServices[name].baseUrl).host).map((model) => {
      const price = trainingPriceOf(address.baseUrl, model, prices);
      return {
        model,
        ...(price ? { usdPerMillionTrained: price.usdPerMillionTrained } : {}),
        ...(price?.date === undefined ? {} : { date: price.date }),
      };
    }),
  };
}
