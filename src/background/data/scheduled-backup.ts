import { ProblemError, problemOf } from '../../core/problem';
import type { BackupScheduleRecord } from '../../storage/backup/backup-schedule-record';

export interface BackupFile {
  readonly name: string;
  /** Puts it among the downloads. @returns what the browser calls it, once it is there */
  readonly download: () => Promise<number>;
  readonly remove: () => Promise<void>;
}

export interface ScheduledBackupTools {
  readonly readSchedule: () => Promise<BackupScheduleRecord | undefined>;
  readonly writeSchedule: (schedule: BackupScheduleRecord) => Promise<void>;
  readonly mayDownload: () => Promise<boolean>;
  readonly makeBackup: (withVectors: boolean) => Promise<BackupFile>;
  /** Deletes a file that was downloaded, if it is still where it was put. */
  readonly deleteDownload: (id: number) => Promise<void>;
  readonly now: () => number;
  /** Asks to be run at a time, even if the worker dies before. */
  readonly wakeAt: (time: number) => void;
}

const dayMs = 24 * 60 * 60 * 1_000;
/** After a backup that came to nothing, or whose worker died. */
const retryMs = 60 * 60 * 1_000;

/** Makes the backup that is due, if one is, and deletes the oldest of those beyond what is to be kept. */
export async function runScheduledBackup(tools: ScheduledBackupTools): Promise<void> {
  const { readSchedule, writeSchedule, now, wakeAt } = tools;
  const schedule = await readSchedule();
  if (!schedule) return;
  const startedAt = now();
  if (schedule.nextAt > startedAt) return wakeAt(schedule.nextAt);
  const retryAt = startedAt + retryMs;
  // Before the work, not after: the worker may not live to see the end of it.
  await writeSchedule({ ...schedule, nextAt: retryAt });
  wakeAt(retryAt);
  const change = async (made: Partial<BackupScheduleRecord>) => {
    const { problem: _, ...current } = (await readSchedule()) ?? schedule;
    const changed = { ...current, ...made };
    // It may have been switched off, or set anew, meanwhile.
    if (await readSchedule()) await writeSchedule(changed);
    wakeAt(changed.nextAt);
  };
  try {
    if (!(await tools.mayDownload())) throw new ProblemError({ code: 'download-permission-missing' });
    const file = await tools.makeBackup(schedule.withVectors);
    try {
      const ids = [...schedule.downloadIds, await file.download()];
      const kept = ids.slice(-schedule.keep);
      for (const id of ids.slice(0, -schedule.keep)) await tools.deleteDownload(id);
      await change({ downloadIds: kept, lastAt: startedAt, lastName: file.name, nextAt: startedAt + schedule.everyDays * dayMs });
    } finally {
      await file.remove();
    }
  } catch (error) {
    await change({ problem: problemOf(error), nextAt: retryAt });
  }
}
