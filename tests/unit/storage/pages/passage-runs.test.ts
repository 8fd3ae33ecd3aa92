import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageId, PassageId } from '../../../../src/core/pages/page';
import { readPassages } from '../../../../src/storage/pages/passage-runs';
import type { PassageRun } from '../../../../src/storage/schema';

function runOf(firstId: number, passages: number): PassageRun {
  const starts = Uint32Array.from({ length: passages }, (_, place) => place * 100);
  return {
    pageId: `page ${firstId}` as PageId,
    version: 1,
    firstId: firstId as PassageId,
    starts,
    ends: starts.map((start) => start + 90),
    headingPaths: [[]],
    headings: new Uint8Array(passages),
  };
}

/** Runs by the id of their last passage, as they are stored; counts what is asked of it. */
function storeOf(runs: readonly PassageRun[]) {
  const store = {
    asked: 0,
    get: async ({ lower }: IDBKeyRange) => {
      store.asked += 1;
      return runs.find(({ firstId, starts }) => firstId + starts.length - 1 >= lower);
    },
  };
  return store;
}

const read = (store: ReturnType<typeof storeOf>, ids: readonly number[]) => Promise.all(readPassages(store, ids as PassageId[]));

describe('reading passages', () => {
  it('asks once for passages of one run that lie side by side, and gives them in the order of the ids', async () => {
    const store = storeOf([runOf(1, 10), runOf(11, 10)]);
    const passages = await read(store, [9, 3, 5]);
    expect(passages.map((passage) => [passage?.id, passage?.pageId, passage?.start])).toEqual([
      [9, 'page 1', 800],
      [3, 'page 1', 200],
      [5, 'page 1', 400],
    ]);
    expect(store.asked).toBe(1);
    await read(store, [9, 12]);
    expect(store.asked).toBe(3);
  });

  it('finds each that there is and none that there is not, whatever is asked for', async () => {
    const library = fc.array(fc.record({ gap: fc.nat(12), passages: fc.integer({ min: 1, max: 30 }) }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(library, fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 20 }), async (parts, ids) => {
        let next = 1;
        const runs = parts.map(({ gap, passages }) => {
          const run = runOf(next + gap, passages);
          next += gap + passages;
          return run;
        });
        const found = await read(storeOf(runs), ids);
        const expected = ids.map((id) => {
          const run = runs.find(({ firstId, starts }) => id >= firstId && id < firstId + starts.length);
          return run && { id, pageId: run.pageId, start: (id - run.firstId) * 100 };
        });
        expect(found.map((passage) => passage && { id: passage.id, pageId: passage.pageId, start: passage.start })).toEqual(expected);
      }),
    );
  });
});
