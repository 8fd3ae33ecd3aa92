import { computed, signal } from '@preact/signals';
import { isFiltered, type PageFilter, type PageSort } from '../../core/choose-pages';
import { newestOnly } from '../../core/newest-only';
import type { PageId } from '../../core/page';
import type { LibraryFacets, ListedPage } from '../../protocol/worker-requests';
import type { Client } from '../client';

export type ListState = ReturnType<typeof createListState>;

/** Rows held around those in sight: some ten screens, so that a turn of the wheel finds what it comes to. */
const rowsAround = 60;
/** When fewer than these are left of them, others are fetched: about what the wheel passes while they come. */
const fewestAround = 40;

/** The rows that are drawn, counted from 0. */
interface RowsInSight {
  readonly first: number;
  readonly last: number;
  /** One that is drawn wherever the others are, for it has the focus. */
  readonly focused?: number | undefined;
}

/** The part of the list that the panel holds. */
interface HeldRows {
  /** Where it begins, counted from 0. */
  readonly from: number;
  readonly pages: readonly ListedPage[];
  /** The row that has the focus, where it lies outside of that part. */
  readonly focused: { readonly index: number; readonly listed: ListedPage | undefined } | undefined;
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
  let inSight: RowsInSight = { first: 0, last: 0 };

  const load = newestOnly(async (_: null) => {
    const { first, last, focused } = inSight;
    const from = Math.max(0, first - rowsAround);
    const count = last - from + 1 + rowsAround;
    const ask = (start: number, rows: number) =>
      client.send('library/list', { filter: filter.value, sort: sort.value, from: start, count: rows });
    const isApart = focused !== undefined && (focused < from || focused >= from + count);
    await attempt(async () => {
      const [list, apart] = await Promise.all([ask(from, count), isApart ? ask(focused, 1) : undefined]);
      held.value = { from, ...list, focused: isApart ? { index: focused, listed: apart?.pages[0] } : undefined };
    });
  });
  const begin = () => {
    inSight = { first: 0, last: 0 };
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
    /** Says which rows are in sight, so that they are there, and soon those around them. */
    show(rows: RowsInSight): Promise<void> | undefined {
      inSight = rows;
      const { from = 0, pages = [], total = 0 } = held.value ?? {};
      const begin = Math.max(0, rows.first - fewestAround);
      const end = Math.min(total, rows.last + 1 + fewestAround);
      return begin < from || end > from + pages.length ? load(null) : undefined;
    },
    rowAt(index: number): ListedPage | undefined {
      const { from = 0, pages, focused } = held.value ?? {};
      return pages?.[index - from] ?? (focused?.index === index ? focused.listed : undefined);
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
