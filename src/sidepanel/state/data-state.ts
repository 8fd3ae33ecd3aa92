import { batch, signal } from '@preact/signals';
import type { BackupSchedule, BackupScheduleStatus } from '../../core/backup/backup-schedule';
import type { RestoreStatus } from '../../core/backup/restore-status';
import { type Problem, ProblemError, problemOf } from '../../core/problem';
import type { FileOrder, FileWorkPart } from '../../protocol/file-work';
import type { LibraryEvent } from '../../protocol/library-events';
import type { Client } from '../client';

export type DataState = ReturnType<typeof createDataState>;

/** What of a person's data is being dealt with. */
export type DataTask = 'export' | 'backup' | 'restore' | 'schedule';

type DataClient = Pick<Client, 'send' | 'workOnFile' | 'saveFile' | 'handOver' | 'requestDownloads'>;

/** What leaves the library and what comes back: one thing at a time. */
export function createDataState(client: DataClient) {
  /** What is under way; `percent` is absent while a file is being handed over. */
  const working = signal<{ readonly task: DataTask; readonly percent?: number } | undefined>();
  const problem = signal<{ readonly task: DataTask; readonly problem: Problem } | undefined>();
  /** The name of the file that was made last. */
  const made = signal<{ readonly task: DataTask; readonly name: string; readonly filesLeftOut?: number } | undefined>();
  /** Of the backup that was looked at; absent when there is none. */
  const restore = signal<RestoreStatus | undefined>();
  /** Absent when backups are made by hand only. */
  const schedule = signal<BackupScheduleStatus | undefined>();
  let stopWork = () => {};

  const attempt = async (task: DataTask, work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      problem.value = { task, problem: problemOf(error) };
    }
  };

  const begin = (task: DataTask) =>
    batch(() => {
      working.value = { task };
      problem.value = undefined;
      made.value = undefined;
    });

  const receivePart = async (task: DataTask, part: FileWorkPart) => {
    if (part.type === 'progress') {
      if (working.value) working.value = { task, percent: part.percent };
      return;
    }
    working.value = undefined;
    if (part.type === 'failed') problem.value = { task, problem: part.problem };
    if (part.type === 'examined') restore.value = part.status;
    if (part.type === 'made') {
      await attempt(task, () => client.saveFile(part));
      if (!problem.value) made.value = { task, name: part.name, ...(part.filesLeftOut ? { filesLeftOut: part.filesLeftOut } : {}) };
    }
  };

  const order = (task: DataTask, wanted: FileOrder) => {
    begin(task);
    stopWork = client.workOnFile(wanted, {
      onPart: (part) => void receivePart(task, part),
      onLost: () => void receivePart(task, { type: 'failed', problem: { code: 'interrupted' } }),
    });
  };

  const examine = (passphrase?: string) => order('restore', { type: 'examine', ...(passphrase ? { passphrase } : {}) });

  const refresh = () =>
    attempt('restore', async () => {
      const [ofRestore, ofBackups] = await Promise.all([client.send('restore/status', null), client.send('backup/schedule', null)]);
      batch(() => {
        restore.value = ofRestore ?? undefined;
        schedule.value = ofBackups ?? undefined;
      });
    });

  return {
    working,
    problem,
    made,
    restore,
    schedule,
    refresh,
    exportPages: (wanted: Omit<Extract<FileOrder, { type: 'export' }>, 'type'>) => order('export', { type: 'export', ...wanted }),
    backUp: (wanted: Omit<Extract<FileOrder, { type: 'backup' }>, 'type'>) => order('backup', { type: 'backup', ...wanted }),
    /** Looks at a file that the person has chosen. */
    async open(file: Blob) {
      begin('restore');
      await attempt('restore', async () => {
        await client.handOver(file);
        examine();
      });
      if (problem.value) working.value = undefined;
    },
    /** Looks at the same file again. */
    unlock: examine,
    stop: () => stopWork(),
    startRestore: (withSettings?: boolean) =>
      attempt('restore', async () => {
        restore.value = await client.send('restore/start', withSettings === undefined ? {} : { withSettings });
      }),
    pauseRestore: () =>
      attempt('restore', async () => {
        restore.value = await client.send('restore/pause', null);
      }),
    forgetRestore: () =>
      attempt('restore', async () => {
        await client.send('restore/forget', null);
        batch(() => {
          restore.value = undefined;
          problem.value = undefined;
        });
      }),
    /** Straight from a click: the browser asks the person, unless it has before. */
    setSchedule: (wanted: BackupSchedule | null) =>
      attempt('schedule', async () => {
        if (wanted && !(await client.requestDownloads())) throw new ProblemError({ code: 'download-permission-missing' });
        problem.value = undefined;
        schedule.value = (await client.send('backup/set-schedule', { schedule: wanted })) ?? undefined;
      }),
    receive: (event: LibraryEvent) => (event.type === 'restore-changed' || event.type === 'backup-changed' ? refresh() : undefined),
  };
}
