/**
 * Of pages that follow one another so many are merged at once: each passage is then written less often than if the first were merged alone. As many more may be
 * saved while a merge runs; beyond that, searches would have too many segments to look into.
 */
const pagesAtOnce = 16;

/** Merges that run while the next pages are made searchable: the one works while the other waits for the database. */
export interface MergeMeanwhile {
  /** Says that there may be something to merge. Resolves at once, unless merges have fallen so far behind that the next page had better wait for a step of them. */
  begin(): Promise<void>;
  /** Merges what is left to be merged; rejects when a merge did, after which there is no other. */
  settled(): Promise<void>;
}

/** @param merge does a step of what there is to merge, and says whether there may be more; never called again before it has ended */
export function mergeMeanwhile(merge: () => Promise<boolean>): MergeMeanwhile {
  let running: Promise<void> | undefined;
  let asked = 0;
  const caughtUp: (() => void)[] = [];
  const runWhileAskedFor = async (pages: number) => {
    for (let isMore = false; isMore || asked >= pages; ) {
      asked = 0;
      isMore = await merge();
      if (asked >= pagesAtOnce) continue;
      for (const goOn of caughtUp.splice(0)) goOn();
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
      // Not for all that is to be done: to make a large segment anew takes minutes.
      if (isBehind) await Promise.race([merging, new Promise<void>((resolve) => caughtUp.push(resolve))]);
    },
    async settled() {
      await running;
      if (asked > 0) await run(1);
    },
  };
}
