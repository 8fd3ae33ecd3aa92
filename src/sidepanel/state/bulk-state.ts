import { signal } from '@preact/signals';
import type { PageId } from '../../core/pages/page';

export type BulkState = ReturnType<typeof createBulkState>;

/** What is being done to many pages. */
interface BulkWork {
  readonly kind: 'tagging' | 'reindexing';
  readonly pagesDone: number;
  readonly totalPages: number;
}

/** Does something to many pages, some at a time, so that it can be seen how far it is and be stopped between two. What is done by then stays done. */
export function createBulkState() {
  const work = signal<BulkWork | undefined>();
  let isStopped = false;
  return {
    work,
    stop() {
      isStopped = true;
    },
    async run(
      kind: BulkWork['kind'],
      pageIds: readonly PageId[],
      pagesAtOnce: number,
      send: (pageIds: readonly PageId[]) => Promise<unknown>,
    ): Promise<void> {
      isStopped = false;
      try {
        for (let done = 0; done < pageIds.length && !isStopped; done += pagesAtOnce) {
          work.value = { kind, pagesDone: done, totalPages: pageIds.length };
          await send(pageIds.slice(done, done + pagesAtOnce));
        }
      } finally {
        work.value = undefined;
      }
    },
  };
}
