import { describe, expect, it } from 'vitest';
import { chooseMerge } from '../../../../src/core/lexical/choose-merge';

const segment = (firstPassageId: number, rest: { passageCount?: number; deadCount?: number } = {}) => ({
  passageCount: 10,
  deadCount: 0,
  ...rest,
  firstPassageId,
});
const pages = (count: number) => Array.from({ length: count }, (_, index) => segment(1 + index * 10));

describe('choosing what to merge', () => {
  it('leaves few segments alone', () => {
    expect(chooseMerge(pages(7))).toEqual([]);
  });

  it('takes all neighbours that are small, as soon as there are eight', () => {
    expect(chooseMerge(pages(8).reverse())).toEqual(pages(8));
    expect(chooseMerge(pages(11))).toEqual(pages(11));
  });

  it('leaves large segments alone until what is beside them is as much again and more', () => {
    const large = segment(1, { passageCount: 20_000 });
    expect(chooseMerge([large, segment(20_001, { passageCount: 20_000 }), segment(40_001, { passageCount: 19_000 })])).toEqual([]);
    expect(chooseMerge([large, segment(20_001, { passageCount: 20_000 }), segment(40_001, { passageCount: 20_000 })])).toHaveLength(3);
  });

  it('merges at once what would be merged again right after, and nothing besides', () => {
    const hundreds = [1, 101].map((first) => segment(first, { passageCount: 100 }));
    const small = Array.from({ length: 10 }, (_, index) => segment(201 + index * 10));
    expect(chooseMerge([...hundreds, ...small])).toEqual([...hundreds, ...small]);
    expect(chooseMerge([...hundreds, ...small.slice(1)])).toEqual(small.slice(1));
    const apart = [301, 601].map((first) => segment(first, { passageCount: 300 }));
    expect(chooseMerge([...hundreds, ...small, ...apart], ({ firstPassageId }) => firstPassageId !== 1)).toEqual(small);
  });

  it('rewrites a small segment as soon as something in it is dead', () => {
    const wasteful = segment(500, { passageCount: 400, deadCount: 1 });
    expect(chooseMerge([...pages(3), wasteful])).toEqual([wasteful]);
  });

  it('lets a large one wait until it pays', () => {
    expect(chooseMerge([segment(1, { passageCount: 50_000, deadCount: 100 })])).toEqual([]);
    expect(chooseMerge([segment(1, { passageCount: 50_000, deadCount: 2_500 })])).toHaveLength(1);
  });

  it('keeps a library of ten thousand pages in few segments, each a run of its own, and seldom writes a passage again', () => {
    let segments: ReturnType<typeof segment>[] = [];
    let most = 0;
    let written = 0;
    for (let page = 0; page < 10_000; page++) {
      segments.push(segment(1 + page * 10));
      for (let chosen = chooseMerge(segments); chosen.length > 0; chosen = chooseMerge(segments)) {
        const [first] = chosen;
        const passageCount = chosen.reduce((sum, source) => sum + source.passageCount, 0);
        written += passageCount;
        segments = [...segments.filter((other) => !chosen.includes(other)), segment(first?.firstPassageId ?? 0, { passageCount })];
      }
      most = Math.max(most, segments.length);
    }
    expect(most).toBeLessThan(20);
    expect(written / 100_000).toBeLessThan(7);
    const inOrder = segments.sort((a, b) => a.firstPassageId - b.firstPassageId);
    inOrder.slice(1).forEach((next, index) => {
      const before = inOrder[index];
      expect(next.firstPassageId).toBe((before?.firstPassageId ?? 0) + (before?.passageCount ?? 0));
    });
  });
});
