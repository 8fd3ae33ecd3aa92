/** What is known of a segment of the lexical index: the postings of a run of passages, never changed once written. */
export interface SegmentSize {
  readonly firstPassageId: number;
  readonly passageCount: number;
  /** How many of its passages were deleted since. */
  readonly deadCount: number;
}

/** To open, read and replace a segment takes as long as the postings of so many passages, however few it has. */
const leastSize = 64;

/**
 * Neighbours are merged when together they are so many times the largest of them: then each merge that a passage goes through leaves it in a segment so
 * many times larger, and it is written log(passages) times in all. The more, the fewer merges, and the more segments each search has to look into. For
 * pages of 16 passages, saved one by one, each is written 4 times in a library of 10,000 passages and 5.5 times in one of 100,000, and there are 6 and 8
 * segments in the mean, 16 at most; of pages that follow one another, merged sixteen at once, 3.5 and 5 times, with 11 and 13 segments, 26 at most.
 */
const growth = { ofLeast: 8, ofOthers: 3 } as const;

/** A segment up to this many passages is rewritten as soon as any is dead, so that what a person deletes is gone from the disk; a larger one when this share of it is. */
const rewriting = { smallPassages: 5_000, deadShare: 0.05 } as const;

/**
 * The segments to merge next, in the order of their passages; empty when all is well. One alone is to be rewritten without its dead. What would be merged with
 * others as soon as it was there is merged with them at once.
 * @param segments all that hold passages
 * @param mayMerge those that it gives false for stay, and nothing is merged across them
 */
export function chooseMerge<Segment extends SegmentSize>(
  segments: readonly Segment[],
  mayMerge: (segment: Segment) => boolean = () => true,
): Segment[] {
  const inOrder = [...segments].sort((a, b) => a.firstPassageId - b.firstPassageId);
  const wasteful = inOrder.find((segment) => isWasteful(segment) && mayMerge(segment));
  if (wasteful) return [wasteful];
  let sources = inOrder.map(
    (segment): Source<Segment> => ({ passageCount: segment.passageCount, of: [segment], mayMerge: mayMerge(segment) }),
  );
  let chosen: Segment[] = [];
  for (;;) {
    const next = chooseNeighbours(sources);
    // Another merge, which has time until this one is done.
    if (!next.some(({ of }) => of === chosen) && chosen.length > 0) return chosen;
    const [first] = next;
    if (!first) return chosen;
    chosen = next.flatMap(({ of }) => of);
    const merged = { passageCount: next.reduce((sum, { passageCount }) => sum + passageCount, 0), of: chosen, mayMerge: true };
    sources = sources.flatMap((source) => (source === first ? [merged] : next.includes(source) ? [] : [source]));
  }
}

/** A segment, or what some are merged into. */
interface Source<Segment> extends Pick<SegmentSize, 'passageCount'> {
  readonly of: Segment[];
  readonly mayMerge: boolean;
}

function chooseNeighbours<Segment>(inOrder: readonly Source<Segment>[]): Source<Segment>[] {
  for (const largest of [...new Set(inOrder.map(sizeOf))].sort((a, b) => a - b)) {
    const wanted = largest * (largest === leastSize ? growth.ofLeast : growth.ofOthers);
    const runs = runsOf(inOrder, (source) => sizeOf(source) <= largest && source.mayMerge);
    const chosen = runs.find((run) => run.reduce((sum, source) => sum + sizeOf(source), 0) >= wanted);
    if (chosen) return chosen;
  }
  return [];
}

const sizeOf = ({ passageCount }: Pick<SegmentSize, 'passageCount'>): number => Math.max(leastSize, passageCount);

/** Neighbours only: what is merged must leave no gap that another segment lies in. */
function runsOf<Segment>(segments: readonly Segment[], isWanted: (segment: Segment) => boolean): Segment[][] {
  const runs: Segment[][] = [[]];
  for (const segment of segments) {
    if (isWanted(segment)) runs.at(-1)?.push(segment);
    else runs.push([]);
  }
  return runs;
}

function isWasteful({ deadCount, passageCount }: SegmentSize): boolean {
  return deadCount > 0 && (passageCount <= rewriting.smallPassages || deadCount >= passageCount * rewriting.deadShare);
}
