import type { BackupScheduleStatus } from '../../core/backup/backup-schedule';
import { problemOf } from '../../core/problem';
import type { Handlers } from '../../protocol/handle';
import type { WorkerRequests } from '../../protocol/worker-requests';
import {
  type BackupScheduleRecord,
  forgetBackupSchedule,
  readBackupSchedule,
  writeBackupSchedule,
} from '../../storage/backup/backup-schedule-record';

type ScheduleRequests = Pick<Handlers<WorkerRequests, unknown>, 'backup/schedule' | 'backup/set-schedule'>;

/**
 * What the worker answers to requests about backups that are made by themselves.
 * @param giveBack gives back the permission that only they need
 */
export function scheduleRequests(now: () => number, runBackup: () => void, giveBack: () => Promise<void>): ScheduleRequests {
  return {
    async 'backup/schedule'() {
      const record = await readBackupSchedule();
      return record ? scheduleStatus(record) : null;
    },
    async 'backup/set-schedule'({ schedule }) {
      if (!schedule) {
        await forgetBackupSchedule();
        // The schedule is off all the same.
        await giveBack().catch((error: unknown) => console.error('Downloads are still allowed:', problemOf(error)));
        return null;
      }
      const before = await readBackupSchedule();
      // One that is changed keeps what it has made; a new one makes its first at once, so that the person sees that it can.
      const record = before && !before.problem ? { ...before, ...schedule } : { downloadIds: [], ...before, ...schedule, nextAt: now() };
      await writeBackupSchedule(record);
      runBackup();
      return scheduleStatus(record);
    },
  };
}

function scheduleStatus({ downloadIds: _, ...status }: BackupScheduleRecord): BackupScheduleStatus {
  return status;
}
