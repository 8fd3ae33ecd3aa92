import { useEffect, useState } from 'preact/hooks';
import { type DrawnBlock, heaviestBlock } from './markdown/drawn-block';

/** What a block takes besides its elements: each is made safe by itself. */
export const blockWeight = 10;

/** @returns the place of the first block, from this one on, that is left for later */
export function endOfSlice(blocks: readonly DrawnBlock[], from: number): number {
  let weight = 0;
  for (let place = from; place < blocks.length; place += 1) {
    weight += blockWeight + (blocks[place]?.weight ?? 0);
    if (weight > heaviestBlock) return Math.max(place, from + 1);
  }
  return blocks.length;
}

/** The beginning of a text, then more of it each time the panel has had its turn. What is drawn stays. */
export function useSlices(blocks: readonly DrawnBlock[]): readonly DrawnBlock[] {
  const [drawn, setDrawn] = useState(0);
  const marked = drawn === 0 ? blocks.findLastIndex(({ html }) => html.includes('<mark>')) : -1;
  const end = Math.max(endOfSlice(blocks, drawn), marked + 1);
  const isMore = end < blocks.length;
  useEffect(() => {
    if (!isMore) return;
    const timer = setTimeout(() => setDrawn(end));
    return () => clearTimeout(timer);
  }, [end, isMore]);
  return isMore ? blocks.slice(0, end) : blocks;
}
