import { ProblemError } from '../../core/problem';
import { removeExchangedFile } from '../../protocol/exchanged-files';
import type { Handlers } from '../../protocol/handle';
import type { WorkerRequests } from '../../protocol/worker-requests';
import { forgetRestore, type RestoreRecord, readRestore, writeRestore } from '../../storage/backup/restore-record';
import { restoreStatus } from './examined-record';

type RestoreRequests = Pick<Handlers<WorkerRequests, unknown>, 'restore/status' | 'restore/start' | 'restore/pause' | 'restore/forget'>;

/** What the worker answers to requests about the restore that is under way, or might be. */
export function restoreRequests(runJobs: () => void): RestoreRequests {
  const change = async (changed: (record: RestoreRecord) => RestoreRecord) => {
    const record = await readRestore();
    if (!record) throw new ProblemError({ code: 'not-found' });
    const written = changed(record);
    await writeRestore(written);
    return restoreStatus(written);
  };
  return {
    async 'restore/status'() {
      const record = await readRestore();
      return record ? restoreStatus(record) : null;
    },
    async 'restore/start'({ withSettings }) {
      const status = await change(({ problem: _, ...record }) =>
        record.state === 'done' ? record : { ...record, state: 'running', attempts: 0, withSettings: withSettings ?? record.withSettings },
      );
      runJobs();
      return status;
    },
    'restore/pause': () => change((record) => (record.state === 'running' ? { ...record, state: 'paused' } : record)),
    async 'restore/forget'() {
      await forgetRestore();
      await Promise.all([removeExchangedFile('incoming'), removeExchangedFile('examined')]);
      return null;
    },
  };
}
