import { describe, expect, it } from 'vitest';
import { chooseMerge, mergeWidth } from '../../../src/core/choose-merge';

const segment = (firstPassageId: number, rest: { level?: number; passageCount?: number; deadCount?: number } = {}) => ({
  level: 0,
  passageCount: 10,
  deadCount: 0,
  ...rest,
  firstPassageId,
});
const pages = (count: number) => Array.from({ length: count }, (_, index) => segment(1 + index * 10));

describe('choosing what to merge', () => {
  it('leaves few segments alone', () => {
    expect(chooseMerge(pages(mergeWidth - 1))).toEqual([]);
  });

  it('takes the oldest of a level when there are enough', () => {
    expect(chooseMerge(pages(mergeWidth + 3).reverse())).toEqual(pages(mergeWidth));
  });

  it('rewrites a small segment as soon as something in it is dead', () => {
    const wasteful = segment(500, { level: 1, deadCount: 1 });
    expect(chooseMerge([...pages(3), wasteful])).toEqual([wasteful]);
  });

  it('lets a large one wait until it pays', () => {
    expect(chooseMerge([segment(1, { level: 4, passageCount: 50_000, deadCount: 100 })])).toEqual([]);
    expect(chooseMerge([segment(1, { level: 4, passageCount: 50_000, deadCount: 2_500 })])).toHaveLength(1);
  });

  it('keeps a library of ten thousand pages in few segments, each a run of its own', () => {
    let segments: ReturnType<typeof segment>[] = [];
    for (let page = 0; page < 10_000; page++) {
      segments.push(segment(1 + page * 10));
      for (let chosen = chooseMerge(segments); chosen.length > 0; chosen = chooseMerge(segments)) {
        const [first] = chosen;
        const passageCount = chosen.reduce((sum, source) => sum + source.passageCount, 0);
        segments = [
          ...segments.filter((other) => !chosen.includes(other)),
          segment(first?.firstPassageId ?? 0, { level: (first?.level ?? 0) + 1, passageCount }),
        ];
      }
    }
    expect(segments.length).toBeLessThan(40);
    const inOrder = segments.sort((a, b) => a.firstPassageId - b.firstPassageId);
    inOrder.slice(1).forEach((next, index) => {
      const before = inOrder[index];
      expect(next.firstPassageId).toBe((before?.firstPassageId ?? 0) + (before?.passageCount ?? 0));
    });
  });
});
