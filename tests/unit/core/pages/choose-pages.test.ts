import { expect, it } from 'vitest';
import { countFacets, filterPages, type ListedEntry, sortPages } from '../../../../src/core/pages/choose-pages';
import type { PageId } from '../../../../src/core/pages/page';

const compare = new Intl.Collator('en', { numeric: true }).compare;

function entry(id: string, rest: Partial<ListedEntry> = {}): ListedEntry {
  return { id: id as PageId, title: id, host: 'example.org', tags: [], savedAt: 1, capturedAt: 1, shareRead: 1, passageCount: 1, ...rest };
}

const ids = (entries: readonly ListedEntry[]) => entries.map(({ id }) => id).join('');

it('sorts by each order, and equals by the newest', () => {
  const entries = [
    entry('a', { savedAt: 2, title: 'Part 10', host: 'b.org', passageCount: 3 }),
    entry('b', { savedAt: 3, title: 'part 9', host: 'b.org', passageCount: 9 }),
    entry('c', { savedAt: 1, title: 'Élan', host: 'a.org', passageCount: 3 }),
  ];
  expect(ids(sortPages(entries, 'newest', compare))).toBe('bac');
  expect(ids(sortPages(entries, 'oldest', compare))).toBe('cab');
  expect(ids(sortPages(entries, 'title', compare))).toBe('cba');
  expect(ids(sortPages(entries, 'site', compare))).toBe('cba');
  expect(ids(sortPages(entries, 'longest', compare))).toBe('bac');
});

it('leaves what meets all that a filter names', () => {
  const entries = [
    entry('a', { tags: ['optics'], host: 'docs.example.org', savedAt: 5, capturedAt: 5 }),
    entry('b', { tags: ['optics', 'law'], savedAt: 5, capturedAt: 9 }),
    entry('c', { host: 'notexample.org', shareRead: 0.5, savedAt: 7, capturedAt: 7 }),
  ];
  const left = (filter: Parameters<typeof filterPages>[1]) => ids(filterPages(entries, filter, ({ shareRead }) => shareRead < 1));
  expect(left({})).toBe('abc');
  expect(left({ site: 'example.org' })).toBe('ab');
  expect(left({ tag: 'optics', after: 6 })).toBe('b');
  expect(left({ before: 6 })).toBe('ab');
  expect(left({ status: 'partial' })).toBe('c');
  expect(left({ status: 'partial', tag: 'law' })).toBe('');
});

it('counts what there is to filter by, the most frequent of it in the order of the names', () => {
  expect(countFacets(['b', 'a', 'c', 'b', '', 'a'], 2)).toEqual([
    { name: 'a', pages: 2 },
    { name: 'b', pages: 2 },
  ]);
});
