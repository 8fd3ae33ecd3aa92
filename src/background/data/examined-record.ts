import type { BackupPreview, RestoreStatus } from '../../core/backup/restore-status';
import type { RestoreRecord } from '../../storage/backup/restore-record';

/** The record of a backup that was looked at, and of which nothing is restored. */
export function examinedRecord(preview: BackupPreview, manifestSha256: string, hadIndexModel: boolean): RestoreRecord {
  const { pages, captures, conversations, calls = 0, pictures = 0 } = preview.counts;
  return {
    state: 'examined',
    preview,
    manifestSha256,
    hadIndexModel,
    withSettings: false,
    part: 0,
    line: 0,
    done: 0,
    total: pages + captures + conversations + calls + pictures,
    moved: {},
    attempts: 0,
  };
}

/** What the panel is told of a restore. */
export function restoreStatus(record: RestoreRecord): RestoreStatus {
  const { state, preview, done, total, problem } = record;
  return { state, preview, done, total, ...(problem ? { problem } : {}) };
}
