/** What is known of a segment of the lexical index: the postings of a run of passages, never changed once written. */
export interface SegmentSize {
  /** 0 for the segment of one page; a merge of segments of one level makes one of the next. */
  readonly level: number;
  readonly firstPassageId: number;
  readonly passageCount: number;
  /** How many of its passages were deleted since. */
  readonly deadCount: number;
}

/**
 * So many segments of one level make one of the next. Fewer would write everything more often, more would give each search more
 * segments to look into: at most seven of each level, so about thirty for 4,000 pages.
 */
export const mergeWidth = 8;

/** A segment up to this many passages is rewritten as soon as any is dead, so that what a person deletes is gone from the disk; a larger one when this share of it is. */
const rewriting = { smallPassages: 5_000, deadShare: 0.05 } as const;

/**
 * The segments to merge next, in the order of their passages; empty when all is well. One alone is to be rewritten without its dead.
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
  for (const level of [...new Set(inOrder.map((segment) => segment.level))].sort((a, b) => a - b)) {
    const run = firstRun(inOrder, (segment) => segment.level <= level && mayMerge(segment));
    if (run.length === mergeWidth) return run;
  }
  return [];
}

/** Neighbours only: what is merged must leave no gap that another segment lies in. */
function firstRun<Segment>(segments: readonly Segment[], isWanted: (segment: Segment) => boolean): Segment[] {
  let run: Segment[] = [];
  for (const segment of segments) {
    run = isWanted(segment) ? [...run, segment] : [];
    if (run.length === mergeWidth) return run;
  }
  return run;
}

function isWasteful({ deadCount, passageCount }: SegmentSize): boolean {
  return deadCount > 0 && (passageCount <= rewriting.smallPassages || deadCount >= passageCount * rewriting.deadShare);
}
