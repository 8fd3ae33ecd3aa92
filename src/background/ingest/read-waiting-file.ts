import type { CapturedPage } from '../../core/pages/page';
import { type BegunJob, changeJob, putReadFile, readJob } from '../../storage/pages/jobs';
import { findSavedPage } from '../../storage/pages/pages';
import type { Job, Library, UnreadFile } from '../../storage/schema';

export interface ReadingTools {
  readonly library: Library;
  /** Reads a file that was stored unread, telling what share of it, from 0 to 1, is done. */
  readonly readFile: (file: UnreadFile, work: { signal: AbortSignal; onShareDone: (share: number) => void }) => Promise<CapturedPage>;
  readonly report: (job: Job, shareDone?: number) => void;
}

/** How often it is looked whether the person still wants the file. */
const lookEveryMs = 500;

/**
 * Reads the file that a job has to work on and puts what was read in its place, so that it is read once only, whatever happens to the worker later.
 * @returns the job about what was read; `undefined` when it is not wanted any more
 * @throws ProblemError why it cannot be read
 */
export async function readWaitingFile(
  begun: BegunJob,
  waiting: UnreadFile,
  { library, readFile, report }: ReadingTools,
): Promise<{ job: Job; capture: CapturedPage } | undefined> {
  const reading = await changeJob(library, begun, { step: 'reading' });
  if (!reading) return undefined;
  report(reading);
  const discarded = new AbortController();
  const looking = setInterval(async () => {
    if (!(await readJob(library, reading.id))) discarded.abort();
  }, lookEveryMs);
  try {
    const capture = await readFile(waiting, { signal: discarded.signal, onShareDone: (share) => report(reading, share) });
    const saved = await findSavedPage(library, capture);
    const read: Job = {
      ...reading,
      step: 'received',
      canonicalUrl: capture.canonicalUrl,
      title: capture.title,
      pageId: saved?.id ?? reading.pageId,
    };
    return (await putReadFile(library, begun, read, capture)) ? { job: read, capture } : undefined;
  } catch (error) {
    if (discarded.signal.aborted) return undefined;
    throw error;
  } finally {
    clearInterval(looking);
  }
}
