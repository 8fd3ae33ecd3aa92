/** So many pages may be saved while one merge runs: more would leave searches more segments to look into. */
const pagesAhead = 16;

/** Merges that run while the next pages are made searchable: the one works while the other waits for the database. */
export interface MergeMeanwhile {
  /** Says that there may be something to merge. Resolves at once, unless a merge has fallen so far behind that the next page had better wait for it. */
  begin(): Promise<void>;
  /** Resolves when nothing is left to merge; rejects when a merge did, after which there is no other. */
  settled(): Promise<void>;
}

/** @param merge merges until nothing needs it; never called again before it has ended */
export function mergeMeanwhile(merge: () => Promise<void>): MergeMeanwhile {
  let running: Promise<void> | undefined;
  let asked = 0;
  const runUntilNobodyAsks = async () => {
    while (asked > 0) {
      asked = 0;
      await merge();
    }
    running = undefined;
  };
  return {
    async begin() {
      asked += 1;
      running ??= runUntilNobodyAsks();
      // Whoever waits for it hears of it.
      running.catch(() => {});
      if (asked > pagesAhead) await running;
    },
    async settled() {
      await running;
    },
  };
}
