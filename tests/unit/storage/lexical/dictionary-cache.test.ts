import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { sealBytes } from '../../../../src/core/bytes/sealed-bytes';
import { DictionaryCache } from '../../../../src/storage/lexical/dictionary-cache';
import type { Segment } from '../../../../src/storage/schema';

const segment = (id: number) => ({ id, stretches: 1 }) as unknown as Segment;

const noGrams = new Set<number>();

/** A store that answers when it is told to, and counts how often it is asked. */
function slowStore(bytes: number) {
  const answers: (() => void)[] = [];
  const get = () =>
    new Promise<Uint8Array>((resolve) => {
      answers.push(() => resolve(sealBytes(new Uint8Array(bytes))));
    });
  return { get, answers };
}

it('counts once what two searches read at the same time', async () => {
  const cache = new DictionaryCache();
  const store = slowStore(10_000_000);
  const reads = [cache.read(store, segment(1), noGrams), cache.read(store, segment(1), noGrams)];
  for (const answer of store.answers.splice(0)) answer();
  await Promise.all(reads);
  const next = cache.read(store, segment(2), noGrams);
  for (const answer of store.answers.splice(0)) answer();
  await next;
  // There is room for two of them: the second is kept too, so that nothing is asked for again.
  await cache.read(store, segment(2), noGrams);
  expect(store.answers).toEqual([]);
}, 2_000);
