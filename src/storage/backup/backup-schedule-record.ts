import browser from 'webextension-polyfill';
import type { BackupScheduleStatus } from '../../core/backup/backup-schedule';

export interface BackupScheduleRecord extends BackupScheduleStatus {
  /** What the browser calls the downloads that are kept, the oldest first. */
  readonly downloadIds: readonly number[];
}

const scheduleKey = 'backupSchedule';

export async function readBackupSchedule(): Promise<BackupScheduleRecord | undefined> {
  const stored = await browser.storage.local.get(scheduleKey);
  return stored[scheduleKey] as BackupScheduleRecord | undefined;
}

export async function writeBackupSchedule(record: BackupScheduleRecord): Promise<void> {
  await browser.storage.local.set({ [scheduleKey]: record });
}

export async function forgetBackupSchedule(): Promise<void> {
  await browser.storage.local.remove(scheduleKey);
}
