/**
 * Of pages that follow one another so many are merged at once: each passage is then written less often than if the first were merged alone. As many more may be
 * saved while a merge runs; beyond that, searches would have too many segments to look into.
 */
const pagesAtOnce = 16;

/** Merges that run while the next pages are made searchable: the one works while the other waits for the database. */
export interface MergeMeanwhile {
  /** Says that there may be something to merge. Resolves at once, unless a merge has fallen so far behind that the next page had better wait for it. */
  begin(): Promise<void>;
  /** Merges what is left to be merged; rejects when a merge did, after which there is no other. */
  settled(): Promise<void>;
}

/** @param merge merges until nothing needs it; never called again before it has ended */
export function mergeMeanwhile(merge: () => Promise<void>): MergeMeanwhile {
  let running: Promise<void> | undefined;
  let asked = 0;
  const runWhileAskedFor = async (pages: number) => {
    while (asked >= pages) {
      asked = 0;
      await merge();
    }
    running = undefined;
  };
  const run = (pages: number) => {
    running ??= runWhileAskedFor(pages);
    // Whoever waits for it hears of it.
    running.catch(() => {});
    return running;
  };
  return {
    async begin() {
      asked += 1;
      if (asked < pagesAtOnce) return;
      const isBehind = running !== undefined;
      const merging = run(pagesAtOnce);
      if (isBehind) await merging;
    },
    async settled() {
      await running;
      if (asked > 0) await run(1);
    },
  };
}
