import type { IngestProgress } from '../../core/pages/job';
import type { Job, Library } from '../../storage/schema';
import type { DurableWork } from '../durable-work';
import { progressOf } from './ingest-progress';
import type { StoreCaptureTools } from './store-capture';

export interface StoreAsJobTools extends Omit<StoreCaptureTools, 'library'> {
  readonly openLibrary: () => Promise<Library>;
  readonly queue: DurableWork;
  readonly report: (progress: IngestProgress) => void;
}

/** Stores something as a job that makes it searchable. */
export type StoreAsJob = (store: (tools: StoreCaptureTools) => Promise<Job>) => Promise<Job>;

/** For all that is to become a page: sees that the queue is run even if the worker dies, stores it, tells of it and sets the queue going. */
export function storerAsJob({ openLibrary, queue, report, now, newId }: StoreAsJobTools): StoreAsJob {
  return async (store) => {
    // Before it is stored, not only after: the worker may not live to begin with it.
    queue.wakeAt(now());
    const job = await store({ library: await openLibrary(), now, newId });
    queue.wakeAt(now());
    report(progressOf(job));
    queue.run();
    return job;
  };
}
