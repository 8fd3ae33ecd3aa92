import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeVersions } from '../../../../src/core/pages/merge-versions';

const versions = (...captured: readonly (readonly [capturedAt: number, text: string])[]) =>
  captured.map(([capturedAt, contentHash], index) => ({ version: index + 1, contentHash, capturedAt }));
const texts = (merged: readonly { contentHash: string }[]) => merged.map(({ contentHash }) => contentHash).join('');

/** A page's versions: each differs from the one before. */
const history = fc
  .uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 6 })
  .chain((times) => fc.tuple(...times.sort((a, b) => a - b).map((time) => fc.constantFrom(...'abc').map((text) => [time, text] as const))))
  .map((captured) => versions(...captured.filter(([, text], index) => text !== captured[index - 1]?.[1])));

describe('the versions of two libraries', () => {
  it('are as they were where nothing was', () => {
    const added = versions([1, 'a'], [2, 'b']).map((one) => ({ ...one, version: one.version + 4 }));
    expect(mergeVersions([], added)).toMatchObject({ versions: added, newestIsFrom: 'added', isChanged: true });
  });

  it('keep their numbers when what is new comes after them', () => {
    const kept = [{ version: 3, contentHash: 'a', capturedAt: 1 }];
    const merged = mergeVersions(kept, versions([1, 'a'], [2, 'b']));
    expect(merged.versions.map(({ version }) => version)).toEqual([3, 4]);
    expect([...merged.addedNumbers]).toEqual(
      expect.arrayContaining([
        [1, 3],
        [2, 4],
      ]),
    );
  });

  it('are counted anew when something comes between', () => {
    const merged = mergeVersions(versions([1, 'a'], [3, 'c']), versions([2, 'b'], [4, 'd']));
    expect(texts(merged.versions)).toBe('abcd');
    expect(Object.fromEntries(merged.keptNumbers)).toEqual({ 1: 1, 2: 3 });
    expect(Object.fromEntries(merged.addedNumbers)).toEqual({ 1: 2, 2: 4 });
    expect(merged.newestIsFrom).toBe('added');
  });

  it('are one where both saved the same text with no other between', () => {
    const merged = mergeVersions(versions([1, 'a']), versions([2, 'a']));
    expect(merged).toMatchObject({ isChanged: false, newestIsFrom: 'kept' });
    expect(Object.fromEntries(merged.addedNumbers)).toEqual({ 1: 1 });
  });

  it('are in order, and each of either side is found by its number', () => {
    fc.assert(
      fc.property(history, history, (kept, added) => {
        const merged = mergeVersions(kept, added);
        const times = merged.versions.map(({ capturedAt }) => capturedAt);
        const numbers = merged.versions.map(({ version }) => version);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
        const textOf = (number: number | undefined) => merged.versions.find(({ version }) => version === number)?.contentHash;
        for (const { version, contentHash } of kept) expect(textOf(merged.keptNumbers.get(version))).toBe(contentHash);
        for (const { version, contentHash } of added) expect(textOf(merged.addedNumbers.get(version))).toBe(contentHash);
      }),
    );
  });

  it('change nothing when they are merged again', () => {
    fc.assert(
      fc.property(history, history, (kept, added) => {
        const once = mergeVersions(kept, added);
        const again = mergeVersions(once.versions, added);
        expect(again.isChanged).toBe(false);
        expect(again.versions).toEqual(once.versions);
        expect(again.addedNumbers).toEqual(
          new Map([...again.addedNumbers.keys()].map((number) => [number, once.addedNumbers.get(number)])),
        );
      }),
    );
  });
});
