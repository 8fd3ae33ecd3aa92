import type { TuningJob } from '../../../core/tuning/training/tuning-job';
import type { Library } from '../../../storage/schema';
import { changeTuningJob, listTuningJobs } from '../../../storage/tuning/tuning-jobs';

/** What of the browser reaches a person who has no panel open. */
export interface AnnouncerBrowser {
  readonly mayNotify: () => Promise<boolean>;
  /** In the place of one with the same id. */
  readonly notify: (id: string, title: string, message: string) => Promise<unknown>;
  /** The mark on the icon; without words, none. */
  readonly mark: (words?: string) => Promise<void>;
}

export interface TrainingAnnouncer {
  /** Tells that a job has ended: by a notification where the person allowed that, else by a mark on the icon. */
  announce(job: TuningJob): Promise<void>;
  /** Shows the mark again, which the browser forgets when it is closed. */
  markAgain(): Promise<void>;
  /** The person has seen how jobs ended. */
  seen(): Promise<void>;
}

/** By which a notification is known to be about a job. */
export const notificationPrefix = 'tuning-job:';

export function trainingAnnouncer(
  openLibrary: () => Promise<Library>,
  { mayNotify, notify, mark }: AnnouncerBrowser,
  words: (job: TuningJob) => { readonly title: string; readonly message: string },
): TrainingAnnouncer {
  const unseen = async () => (await listTuningJobs(await openLibrary())).filter(({ isUnseen }) => isUnseen);
  return {
    async announce(job) {
      const { title, message } = words(job);
      if (await mayNotify()) {
        await notify(`${notificationPrefix}${job.id}`, title, message);
        return;
      }
      await mark(title);
      // Who looks on may have seen it before it was announced.
      if ((await unseen()).length === 0) await mark();
    },
    async markAgain() {
      const [latest] = await unseen();
      if (latest && !(await mayNotify())) await mark(words(latest.job).title);
    },
    async seen() {
      const jobs = await unseen();
      if (jobs.length === 0) return;
      const library = await openLibrary();
      for (const { id } of jobs) await changeTuningJob(library, id, ({ isUnseen: _, ...record }) => record);
      // After that, for what is announced meanwhile looks at it when its mark is set.
      await mark();
    },
  };
}
