import type { TokenCounter } from '../../models/token-counter';
import type { LibraryEvent } from '../../protocol/library-events';
import type { EmbeddingBacklog } from '../../protocol/worker-requests';
import type { Library } from '../../storage/schema';
import type { CostOfWork } from '../spending/cost-of-work';
import { measureBacklog } from './embedding-backlog';

export interface BacklogCounter {
  /** What giving all pages vectors of a model would send; `null` when it was told to stop counting. Asked again while it counts, it counts no second time. */
  count(modelKey: string): Promise<EmbeddingBacklog | null>;
  stop(): void;
}

export function backlogCounter(
  openLibrary: () => Promise<Library>,
  counter: () => Promise<TokenCounter>,
  tell: (event: LibraryEvent) => void,
  costOfWork: CostOfWork,
): BacklogCounter {
  let counting:
    | { readonly modelKey: string; readonly stopping: AbortController; readonly result: Promise<EmbeddingBacklog | null> }
    | undefined;

  const measure = async (modelKey: string, stopping: AbortController) => {
    const { signal } = stopping;
    const report = (pagesCounted: number, totalPages: number) => tell({ type: 'backlog-counted', pagesCounted, totalPages });
    try {
      return await measureBacklog(await openLibrary(), modelKey, counter, { costOfWork, report, signal });
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    } finally {
      if (counting?.stopping === stopping) counting = undefined;
    }
  };

  return {
    count(modelKey) {
      if (counting?.modelKey === modelKey) return counting.result;
      counting?.stopping.abort();
      const stopping = new AbortController();
      const result = measure(modelKey, stopping);
      counting = { modelKey, stopping, result };
      return result;
    },
    stop() {
      counting?.stopping.abort();
      counting = undefined;
    },
  };
}
