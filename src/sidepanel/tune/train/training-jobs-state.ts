import { type Signal, signal } from '@preact/signals';
import { webOrigin } from '../../../core/capture/web-origin';
import type { ModelSettings } from '../../../core/models/settings';
import { newestOnly } from '../../../core/newest-only';
import { type Problem, problemOf } from '../../../core/problem';
import { answeringAddress } from '../../../core/tuning/training/answering-address';
import type { TuningJob, TuningJobCourse, TuningJobId } from '../../../core/tuning/training/tuning-job';
import type { Client } from '../../client';
import { attemptNoting } from '../../state/attempt-noting';

type JobRequest = 'tuning-jobs/pause' | 'tuning-jobs/resume' | 'tuning-jobs/cancel';

export interface JobsTools {
  readonly client: Pick<Client, 'send' | 'requestAccess'>;
  /** What kept the jobs from being read. */
  readonly listProblem: Signal<Problem | undefined>;
  /** The settings were changed here. */
  readonly settingsChanged: () => void;
  /** Has the person set the rest, such as the key, in Settings. */
  readonly openSettings: (begun: Pick<ModelSettings, 'baseUrl' | 'chatModel'>) => void;
  /** Has two models put side by side, to be judged. */
  readonly compare: (models: readonly [string, string]) => void;
}

/** The jobs that were begun at a service: how far they are, what can be done with each, and with its model. */
export function createTrainingJobsState({ client, settingsChanged, openSettings, compare, listProblem }: JobsTools) {
  const jobs = signal<readonly TuningJob[] | undefined>();
  const courses = signal<ReadonlyMap<TuningJobId, TuningJobCourse>>(new Map());
  /** What kept something from being done with a job. */
  const jobProblems = signal<ReadonlyMap<TuningJobId, Problem>>(new Map());
  /** The model that was chosen to be asked from now on. */
  const used = signal<string | undefined>();
  const attemptToRead = attemptNoting(listProblem);

  const readCourse = async (id: TuningJobId) => {
    const { course } = await client.send('tuning-jobs/read', { id });
    courses.value = new Map([...courses.value, [id, course]]);
  };

  /** Those that are looked at. */
  const opened = new Set<TuningJobId>();

  const refresh = newestOnly(async () => {
    await attemptToRead(async () => {
      const known = await client.send('tuning-jobs/list', null);
      jobs.value = known;
      for (const { id } of known) if (opened.has(id)) await readCourse(id);
    });
  });

  const noteJobProblem = (id: TuningJobId, found: Problem | undefined) => {
    const others = [...jobProblems.value].filter(([one]) => one !== id);
    jobProblems.value = new Map(found ? [...others, [id, found]] : others);
  };

  const withJob = async (id: TuningJobId, action: () => Promise<unknown>) => {
    try {
      await action();
      noteJobProblem(id, undefined);
    } catch (error) {
      noteJobProblem(id, problemOf(error));
    }
    await refresh(undefined);
  };

  return {
    jobs,
    courses,
    jobProblems,
    used,
    refresh: () => refresh(undefined),

    /** Has what the service told of a job read, and read again with each change. */
    async open(id: TuningJobId) {
      opened.add(id);
      await attemptToRead(() => readCourse(id));
    },

    close: (id: TuningJobId) => void opened.delete(id),

    order: (request: JobRequest, id: TuningJobId) => withJob(id, () => client.send(request, { id })),

    /** Takes up what a problem has held up. Asks for access at once, if that is what is missing. */
    retry({ id, baseUrl, problem: held }: TuningJob) {
      const access = held?.code === 'model-permission-missing' ? client.requestAccess(baseUrl) : Promise.resolve(true);
      return withJob(id, async () => (await access) && client.send('tuning-jobs/refresh', { id }));
    },

    forget: (id: TuningJobId) =>
      withJob(id, async () => {
        await client.send('tuning-jobs/forget', { id });
        opened.delete(id);
      }),

    /** Has the model write answers from now on. The key of another server is not the extension's to take there. */
    use: ({ id, plan: { service: name }, baseUrl }: TuningJob, model: string) =>
      withJob(id, async () => {
        const { hasKey: _, ...settings } = await client.send('settings/read', null);
        if (webOrigin(settings.baseUrl) !== webOrigin(baseUrl)) {
          openSettings({ baseUrl: answeringAddress(name, baseUrl), chatModel: model });
          return;
        }
        await client.send('settings/write', { settings: { ...settings, chatModel: model } });
        used.value = model;
        settingsChanged();
      }),

    /** With the model that it was tuned from. */
    compareWithBase: ({ plan: { model: base } }: TuningJob, model: string) => compare([base, model]),
  };
}
