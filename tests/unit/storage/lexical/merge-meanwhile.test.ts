import { describe, expect, it } from 'vitest';
import type { PageId } from '../../../../src/core/pages/page';
import { mergeMeanwhile } from '../../../../src/storage/lexical/merge-meanwhile';
import { mergeNext, mergeSegments } from '../../../../src/storage/lexical/merge-segments';
import { librarySearcher } from '../../../../src/storage/library-searcher';
import { deletePage } from '../../../../src/storage/pages/index-page';
import type { Library } from '../../../../src/storage/schema';
import { addPage } from '../../../support/add-page';
import { temporaryLibrary } from '../../../support/temporary-library';

/** Merges that each end when they are told to. */
function heldMerges() {
  const ends: ((isMore?: boolean) => void)[] = [];
  const merge = () => new Promise<boolean>((resolve) => ends.push((isMore = false) => resolve(isMore)));
  return { merge, ends };
}

const hasResolved = async (promise: Promise<unknown>) => {
  const later = new Promise((resolve) => setTimeout(resolve, 0, 'later'));
  return (await Promise.race([promise.then(() => 'now'), later])) === 'now';
};

describe('merging while pages are saved', () => {
  it('merges many pages at once, never twice at the same time, and in the end what is left', async () => {
    const { merge, ends } = heldMerges();
    const merging = mergeMeanwhile(merge);
    for (let page = 0; page < 15; page++) await merging.begin();
    expect(ends).toHaveLength(0);
    for (let page = 0; page < 10; page++) await merging.begin();
    expect(ends).toHaveLength(1);
    const settled = merging.settled();
    expect(await hasResolved(settled)).toBe(false);
    expect(ends).toHaveLength(1);
    ends[0]?.();
    expect(await hasResolved(settled)).toBe(false);
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await settled;
    await merging.settled();
    expect(ends).toHaveLength(2);
  });

  it('merges a single page as soon as there is no other', async () => {
    const { merge, ends } = heldMerges();
    const merging = mergeMeanwhile(merge);
    await merging.begin();
    const settled = merging.settled();
    expect(await hasResolved(settled)).toBe(false);
    ends[0]?.();
    await settled;
    expect(ends).toHaveLength(1);
  });

  it('holds up the next page when a merge has fallen far behind, until that has ended', async () => {
    const { merge, ends } = heldMerges();
    const merging = mergeMeanwhile(merge);
    let saved = 0;
    let waiting = merging.begin();
    for (; saved < 100 && (await hasResolved(waiting)); saved++) waiting = merging.begin();
    expect(saved).toBe(31);
    ends[0]?.();
    expect(await hasResolved(waiting)).toBe(false);
    ends[1]?.();
    await waiting;
  });

  it('goes on for as long as there is more to do, and holds up the next page for a step of it at most', async () => {
    const { merge, ends } = heldMerges();
    const merging = mergeMeanwhile(merge);
    await merging.begin();
    const settled = merging.settled();
    expect(await hasResolved(settled)).toBe(false);
    ends[0]?.(true);
    expect(await hasResolved(settled)).toBe(false);
    for (let page = 0; page < 15; page++) await merging.begin();
    const waiting = merging.begin();
    expect(await hasResolved(waiting)).toBe(false);
    ends[1]?.(true);
    expect(await hasResolved(waiting)).toBe(false);
    ends[2]?.(true);
    await waiting;
    expect(await hasResolved(settled)).toBe(false);
    ends[3]?.(false);
    await settled;
    expect(ends).toHaveLength(4);
  });

  it('tells whoever waits that a merge failed', async () => {
    const merging = mergeMeanwhile(() => Promise.reject(new Error('No room.')));
    for (let page = 0; page < 16; page++) await merging.begin();
    await expect(merging.settled()).rejects.toThrow('No room.');
  });

  it('leaves the index that one page after the other would have made, with pages saved anew and deleted all the while', async () => {
    const changes = async (library: Library, afterEach: () => Promise<void>) => {
      for (let page = 0; page < 60; page++) {
        await addPage(library, `page${page % 50}`, {
          text: `A lamp and beacon${page}. ${'It burns. '.repeat(page % 7)}`,
          version: 1 + Math.floor(page / 50),
        });
        await afterEach();
        if (page % 9 === 8) await deletePage(library, `page${page - 5}` as PageId);
      }
    };
    const beside = await temporaryLibrary();
    const merging = mergeMeanwhile(() => mergeNext(beside));
    await changes(beside, () => merging.begin());
    await merging.begin();
    await merging.settled();
    const inTurn = await temporaryLibrary();
    await changes(inTurn, () => mergeSegments(inTurn));
    await mergeSegments(inTurn);

    expect(await findings(beside)).toEqual(await findings(inTurn));
    const segments = await beside.getAll('segments');
    expect(segments.length).toBeLessThan(30);
    expect(segments.reduce((sum, { deadCount }) => sum + deadCount, 0)).toBe(0);
    const ids = new Set(segments.map(({ id }) => id));
    for (const store of ['termDictionaries', 'postingBlocks'] as const) {
      expect(
        (await beside.getAllKeys(store)).filter(([id]) => !ids.has(id)),
        store,
      ).toEqual([]);
    }
  });
});

/** What some questions find, with scores to where rounding begins. */
async function findings(library: Library): Promise<string[]> {
  const { search } = librarySearcher(async () => library);
  const found: string[] = [];
  for (const text of ['lamp', 'beacon7 lamp', 'burning beacon3', 'beacon55']) {
    const { passages } = await search({ text, limit: 100 });
    found.push(...passages.map(({ pageId, score }) => `${text}: ${pageId} ${score.toFixed(6)}`).sort());
  }
  return found;
}
