import { signal } from '@preact/signals';
import type { Problem } from '../../../core/problem';
import type { TuningJobId } from '../../../core/tuning/training/tuning-job';
import type { LibraryEvent } from '../../../protocol/library-events';
import type { Client } from '../../client';
import { attemptNoting } from '../../state/attempt-noting';
import { createTrainingJobsState, type JobsTools } from './training-jobs-state';
import { createTrainingPlanState, type PlanTools } from './training-plan-state';

export type TrainState = ReturnType<typeof createTrainState>;

interface TrainTools extends Omit<JobsTools, 'client' | 'listProblem'>, Omit<PlanTools, 'client' | 'begun'> {
  readonly client: Pick<Client, 'send' | 'requestAccess' | 'hasNotifications' | 'requestNotifications' | 'copyText'>;
}

/** Training at a service: what is to be trained and at what price, and the jobs, as far as they are. */
export function createTrainState({ client, newId, ...tools }: TrainTools) {
  /** What kept the services and jobs from being read. */
  const listProblem = signal<Problem | undefined>();
  /** The job that was started just now, to which the person is taken. */
  const started = signal<TuningJobId | undefined>();
  /** Absent until it is known. */
  const isNotified = signal<boolean | undefined>();
  const copied = signal<string | undefined>();
  let isShown = false;

  const jobs = createTrainingJobsState({ client, listProblem, ...tools });
  const plan = createTrainingPlanState({
    client,
    newId,
    begun(id) {
      started.value = id;
      void jobs.refresh();
    },
  });
  const attempt = attemptNoting(plan.problem);
  const attemptToRead = attemptNoting(listProblem);

  return {
    ...plan,
    ...jobs,
    listProblem,
    started,
    isNotified,
    copied,

    /** Reads what is shown, and keeps it as it is by now until `leave`. */
    async load() {
      isShown = true;
      const [known, isAllowed] = [client.send('tuning-jobs/services', null), client.hasNotifications()];
      if (await attemptToRead(async () => plan.accept(await known))) await jobs.refresh();
      isNotified.value = await isAllowed.catch(() => false);
    },

    leave() {
      isShown = false;
    },

    async notify() {
      isNotified.value = await client.requestNotifications().catch(() => false);
    },

    async copy(model: string) {
      if (await attempt(() => client.copyText(model))) copied.value = model;
    },

    receive(event: LibraryEvent) {
      plan.receive(event);
      if (event.type === 'tuning-jobs-changed' && isShown) void jobs.refresh();
    },

    refresh: () => void (isShown && jobs.refresh()),
  };
}
