import { expect, it } from 'vitest';
import type { PageId } from '../../../src/core/pages/page';
import { handAskedPages, takeAskedPages } from '../../../src/protocol/asked-pages';
import { memoryOf } from '../../support/memory-of';

const pageIds = ['lens' as PageId];

it('Pages are handed to the panel of their window, once, and soon', () => {
  const memory = memoryOf(new Map());
  handAskedPages(memory, { windowId: 7, pageIds, askedAt: 1_000 });
  expect(takeAskedPages(memory, 8, 1_000)).toBeUndefined();
  expect(takeAskedPages(memory, 7, 1_000)).toEqual(pageIds);
  expect(takeAskedPages(memory, 7, 1_000)).toBeUndefined();
  handAskedPages(memory, { windowId: 7, pageIds, askedAt: 1_000 });
  expect(takeAskedPages(memory, 7, 100_000)).toBeUndefined();
  expect(memory.length).toBe(0);
});

it.each(['{', '7', '{"windowId":7,"askedAt":1,"pageIds":[7]}', '{"windowId":7,"askedAt":1,"pageIds":[]}', '{"windowId":7,"askedAt":1}'])(
  'What is damaged is taken for nothing: %s',
  (damaged) => {
    expect(takeAskedPages(memoryOf(new Map([['asked-pages', damaged]])), 7, 1)).toBeUndefined();
  },
);
