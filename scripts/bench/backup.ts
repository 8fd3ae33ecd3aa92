import { setTimeout as sleep } from 'node:timers/promises';
import { exportKinds } from '../../src/protocol/file-work';
import { bundleForBrowser } from '../harness/bundle-for-browser';
import { openLaboratory } from '../harness/open-laboratory';
import { LaboratoryWorker, type WorkerReply } from './laboratory-worker';
import { rounded } from './timing';
import { openWorkerMemory } from './worker-memory';

type BackupLaboratory = LaboratoryWorker<typeof import('../harness/backup-harness')>;

const dimensions = 384;
const lookEveryMs = 100;

/** How long a library takes to be written as a file and restored from it, and how much memory the worker needs for it. */
export async function runBackupBench(pages: number): Promise<void> {
  const laboratory = await openLaboratory(await bundleForBrowser('scripts/harness/backup-harness.ts', 'harness'));
  const harness: BackupLaboratory = new LaboratoryWorker(laboratory);
  const measured = async <Value>(work: () => Promise<WorkerReply<Value>>) => {
    await harness.kill();
    const reply = work();
    await sleep(lookEveryMs);
    const memory = await openWorkerMemory(laboratory.session, laboratory.extensionId);
    let isDone = false;
    let peak = 0;
    const done = reply.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      peak = Math.max(peak, await Promise.race([memory.read(false), done.then(() => 0)]));
      await Promise.race([sleep(lookEveryMs), done]);
    }
    const { value } = await done;
    return { ...value, peakMb: Math.round(peak / 1e6) };
  };
  const seconds = (ms: number) => rounded(ms / 1_000);
  try {
    console.error(`Filling a library of ${pages} pages …`);
    const passages = await harness.inPage('fillLibrary', pages, dimensions);
    const exports: Record<string, object> = {};
    for (const kind of exportKinds) {
      console.error(`Exporting as ${kind} …`);
      const { ms, bytes, peakMb } = await measured(() => harness.ask('exportPages', kind));
      exports[kind] = { seconds: seconds(ms), megabytes: rounded(bytes / 1e6), peakMb };
    }
    console.error('Backing up …');
    const { ms, bytes, peakMb } = await measured(() => harness.ask('backUp'));
    console.error('Restoring …');
    const restored = await measured(() => harness.ask('restoreBackup'));
    if (restored.pages !== pages) throw new Error(`${restored.pages} of ${pages} pages were restored.`);
    const figures = {
      pages,
      passages,
      dimensions,
      exports,
      backup: { seconds: seconds(ms), megabytes: rounded(bytes / 1e6), peakMb },
      restore: { examineSeconds: seconds(restored.examineMs), seconds: seconds(restored.restoreMs), peakMb: restored.peakMb },
    };
    console.log(JSON.stringify(figures));
  } finally {
    await laboratory.close();
  }
}
