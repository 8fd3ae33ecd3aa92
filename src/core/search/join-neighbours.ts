import type { PageId } from '../pages/page';
import { passageSize } from '../pages/split-passages';
import { structureStarts } from '../pages/structure-start';
import { estimateTokens } from '../text/estimate-tokens';
import type { Span } from '../text/span';

/** What may lie between two passages that are read as one: a passage too small to stand by itself. */
const gapTokens = passageSize.smallSection;
/**
 * The most that is joined: two passages and what lies between them, about a screenful. Who opens the page at its beginning sees the
 * better part of it.
 */
const joinedTokens = 2 * passageSize.target + gapTokens;

export interface JoinablePassage extends Span {
  readonly pageId: PageId;
  readonly version: number;
  readonly startsInCode?: true;
}

/** A stretch of a page that holds one or more of the passages. */
export interface JoinedPassage<Passage> extends Span {
  readonly startsInCode?: true;
  /** In the order of the page. */
  readonly passages: readonly Passage[];
  readonly best: Passage;
}

export interface JoinLimits {
  /** No more is joined into one than this, however much `joinedTokens` allows. */
  readonly sourceTokens: number;
  /** How much text may be added that is not of the passages. */
  readonly addedTokens: number;
}

/**
 * Joins passages that follow one another in their page, with what little may lie between them, and lets those that begin in the middle of a list, a
 * table or the like begin where that begins. Each passage is in exactly one of the stretches, and no two stretches overlap.
 * @param ranked the best first; passages of a page don't overlap
 * @param textOf the whole text of the passage's version
 * @returns in the order of the best passage of each
 */
export function joinNeighbours<Passage extends JoinablePassage>(
  ranked: readonly Passage[],
  textOf: (passage: Passage) => string,
  { sourceTokens, addedTokens }: JoinLimits,
): JoinedPassage<Passage>[] {
  const ranks = new Map(ranked.map((passage, rank) => [passage, rank]));
  const rankOf = (passage: Passage) => ranks.get(passage) ?? 0;
  const mostTokens = Math.min(sourceTokens, joinedTokens);
  let leftTokens = addedTokens;

  return byVersion(ranked)
    .flatMap((passages) => {
      const text = textOf(passages[0] as Passage);
      const joined: JoinedPassage<Passage>[] = [];
      for (const passage of passages.toSorted((one, other) => one.start - other.start)) {
        const last = joined.at(-1);
        const gap = last ? estimateTokens(text.slice(last.end, passage.start).trim()) : 0;
        if (last && gap <= Math.min(gapTokens, leftTokens) && estimateTokens(text.slice(last.start, passage.end)) <= mostTokens) {
          leftTokens -= gap;
          joined[joined.length - 1] = extend(last, passage, rankOf);
        } else {
          joined.push({ ...placeOf(passage), passages: [passage], best: passage });
        }
      }
      const startOf = structureStarts(text);
      return joined.map((stretch, index) => ({ stretch, text, startOf, from: joined[index - 1]?.end ?? 0 }));
    })
    .sort((one, other) => rankOf(one.stretch.best) - rankOf(other.stretch.best))
    .map(({ stretch, text, startOf, from }) => {
      const start = startOf(stretch.start);
      const added = estimateTokens(text.slice(start, stretch.start).trim());
      const whole = estimateTokens(text.slice(start, stretch.end));
      if (start === stretch.start || start < from || added > leftTokens || whole > Math.min(sourceTokens, passageSize.maximum))
        return stretch;
      leftTokens -= added;
      const { passages, best, end } = stretch;
      return { start, end, passages, best };
    });
}

function byVersion<Passage extends JoinablePassage>(ranked: readonly Passage[]): Passage[][] {
  const versions = new Map<string, Passage[]>();
  for (const passage of ranked) {
    const key = `${passage.pageId} ${passage.version}`;
    const passages = versions.get(key) ?? [];
    passages.push(passage);
    versions.set(key, passages);
  }
  return [...versions.values()];
}

function placeOf({ start, end, startsInCode }: JoinablePassage) {
  return { start, end, ...(startsInCode ? { startsInCode } : {}) };
}

function extend<Passage extends JoinablePassage>(
  joined: JoinedPassage<Passage>,
  next: Passage,
  rankOf: (passage: Passage) => number,
): JoinedPassage<Passage> {
  const best = rankOf(next) < rankOf(joined.best) ? next : joined.best;
  return { ...joined, end: next.end, passages: [...joined.passages, next], best };
}
