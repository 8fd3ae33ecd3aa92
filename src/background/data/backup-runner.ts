import browser from 'webextension-polyfill';
import { removeExchangedFile } from '../../protocol/exchanged-files';
import { readBackupSchedule, writeBackupSchedule } from '../../storage/backup/backup-schedule-record';
import { readBackedUpSettings } from '../../storage/backup/read-backed-up-settings';
import type { Library } from '../../storage/schema';
import { makeBackup } from './do-file-work';
import { deleteDownload, downloadFile } from './download-file';
import { runScheduledBackup, type ScheduledBackupTools } from './scheduled-backup';

interface Tools extends Pick<ScheduledBackupTools, 'now' | 'wakeAt'> {
  readonly openLibrary: () => Promise<Library>;
  readonly newId: () => string;
  /** A backup was made, or was not, or none was due. */
  readonly changed: () => void;
}

/** Makes the backups that are due, one at a time, and has the browser put them among the downloads. */
export function backupRunner({ openLibrary, newId, changed, ...tools }: Tools): { run(): Promise<void> } {
  let running: Promise<void> | undefined;
  const runOnce = () =>
    runScheduledBackup({
      ...tools,
      readSchedule: readBackupSchedule,
      writeSchedule: writeBackupSchedule,
      mayDownload: () => browser.permissions.contains({ permissions: ['downloads'] }),
      async makeBackup(withVectors) {
        const making = { library: await openLibrary(), settings: await readBackedUpSettings(), now: tools.now, newId };
        const { file, name } = await makeBackup({ withVectors }, () => {}, new AbortController().signal, making);
        return { name, download: () => downloadFile(file, name), remove: () => removeExchangedFile(file) };
      },
      deleteDownload,
    });
  return {
    run() {
      running ??= runOnce().finally(() => {
        running = undefined;
        changed();
      });
      return running;
    },
  };
}
