import { expect, it } from 'vitest';
import { BlockCache } from '../../../../src/storage/vectors/block-cache';
import { blockSize, newBlock } from '../../../../src/storage/vectors/vector-records';

const state = { generation: 'of one index', revision: 3 };

it('holds a block as long as nothing in its slab has changed', () => {
  const cache = new BlockCache();
  const block = newBlock(40, blockSize);
  cache.hold(7, state, block);
  expect(cache.find(7, { ...state })).toBe(block);
  expect(cache.find(8, state)).toBeUndefined();
  expect(cache.find(7, { ...state, revision: 4 })).toBeUndefined();
  expect(cache.find(7, { ...state, generation: 'of another' })).toBeUndefined();
});

it('holds no more than it may, and what was used last', () => {
  const cache = new BlockCache(20 * blockSize * 40);
  for (let number = 0; number < 200; number++) {
    cache.hold(number, state, newBlock(40, blockSize));
    cache.find(3, state);
  }
  const held = Array.from({ length: 200 }, (_, number) => number).filter((number) => cache.find(number, state));
  expect(held.length).toBeLessThanOrEqual(21);
  expect(held).toContain(199);
  expect(held).toContain(3);
});

it('begins anew with vectors of another length', () => {
  const cache = new BlockCache();
  cache.hold(7, state, newBlock(40, blockSize));
  cache.hold(8, state, newBlock(80, blockSize));
  expect(cache.find(7, state)).toBeUndefined();
  expect(cache.find(8, state)?.dimensions).toBe(80);
});
