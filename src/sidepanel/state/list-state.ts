import { computed, signal } from '@preact/signals';
import { isFiltered, type PageFilter, type PageSort } from '../../core/choose-pages';
import { newestOnly } from '../../core/newest-only';
import type { PageId } from '../../core/page';
import type { LibraryFacets, ListedPage } from '../../protocol/worker-requests';
import type { Client } from '../client';

export type ListState = ReturnType<typeof createListState>;

/** Rows held around those in sight: some ten screens, so that a turn of the wheel finds what it comes to. */
const rowsAround = 60;

/** The part of the list that the panel holds. */
interface HeldRows {
  /** Where it begins, counted from 0. */
  readonly from: number;
  readonly pages: readonly ListedPage[];
  /** Of the whole list. */
  readonly total: number;
}

/** The list of saved pages, of which only a window is held, and which of them are chosen. */
export function createListState(client: Pick<Client, 'send'>, attempt: (work: () => Promise<unknown>) => Promise<void>) {
  const filter = signal<PageFilter>({});
  const sort = signal<PageSort>('newest');
  /** Absent until it has been read once. */
  const held = signal<HeldRows | undefined>();
  const facets = signal<LibraryFacets>({ sites: [], tags: [], hasModel: false });
  const selected = signal<ReadonlySet<PageId>>(new Set());
  const inSight = { first: 0, last: 0 };

  const load = newestOnly(async (_: null) => {
    const from = Math.max(0, inSight.first - rowsAround);
    const count = inSight.last - from + 1 + rowsAround;
    await attempt(async () => {
      const list = await client.send('library/list', { filter: filter.value, sort: sort.value, from, count });
      held.value = { from, ...list };
    });
  });
  const begin = () => {
    Object.assign(inSight, { first: 0, last: 0 });
    return load(null);
  };

  return {
    filter,
    sort,
    held,
    facets,
    selected,
    isFiltered: computed(() => isFiltered(filter.value)),
    refresh: () => load(null),
    refreshFacets: () =>
      attempt(async () => {
        facets.value = await client.send('library/facets', null);
      }),
    /** @param part is put into the filter; what is `undefined` is taken out of it */
    narrow(part: { readonly [Part in keyof PageFilter]: PageFilter[Part] | undefined }) {
      const parts = Object.entries({ ...filter.value, ...part }).filter(([, value]) => value !== undefined);
      filter.value = Object.fromEntries(parts) as PageFilter;
      selected.value = new Set();
      return begin();
    },
    sortBy(order: PageSort) {
      sort.value = order;
      return begin();
    },
    /** Says which rows are in sight, so that they are there. */
    show(first: number, last: number): Promise<void> | undefined {
      Object.assign(inSight, { first, last });
      const { from = 0, pages = [], total = 0 } = held.value ?? {};
      return first < from || Math.min(last, total - 1) >= from + pages.length ? load(null) : undefined;
    },
    rowAt(index: number): ListedPage | undefined {
      return held.value?.pages[index - held.value.from];
    },
    toggle(pageId: PageId) {
      const others = new Set(selected.value);
      if (!others.delete(pageId)) others.add(pageId);
      selected.value = others;
    },
    selectNone() {
      selected.value = new Set();
    },
    selectAll: () =>
      attempt(async () => {
        selected.value = new Set(await client.send('library/list-ids', { filter: filter.value, sort: sort.value }));
      }),
  };
}
