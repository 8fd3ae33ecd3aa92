import { computed, signal } from '@preact/signals';
import { newestOnly } from '../../core/newest-only';
import { isFiltered, type PageFilter, type PageSort } from '../../core/pages/choose-pages';
import type { PageId } from '../../core/pages/page';
import type { LibraryFacets, ListedPage } from '../../protocol/worker-requests';
import type { Client } from '../client';

export type ListState = ReturnType<typeof createListState>;

/** Rows held around those in sight: some ten screens, so that a turn of the wheel finds what it comes to. */
const rowsAround = 60;
/** When fewer than these are left of them, others are fetched: about what the wheel passes while they come. */
const fewestAround = 30;

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

  /** What is held may be of another list, or of the library as it was. */
  let isOld = true;
  const ask = (from: number, count: number) => client.send('library/list', { filter: filter.value, sort: sort.value, from, count });

  /** The rows around those in sight. Those that are held stay what they are, so that they are not drawn anew. */
  const readRows = async (from: number, end: number): Promise<Pick<HeldRows, 'from' | 'pages' | 'total'>> => {
    const before = isOld ? undefined : held.value;
    isOld = false;
    if (before) {
      const endBefore = before.from + before.pages.length;
      const isBelow = from >= before.from && from <= endBefore && end > endBefore;
      const isAbove = end <= endBefore && end >= before.from && from < before.from;
      if (isBelow || isAbove) {
        const start = isBelow ? endBefore : from;
        const more = await ask(start, isBelow ? end - endBefore : before.from - from);
        const pages = isBelow
          ? before.pages.slice(from - before.from).concat(more.pages)
          : more.pages.concat(before.pages.slice(0, end - before.from));
        if (more.total === before.total) return { from, pages, total: more.total };
      }
    }
    return { from, ...(await ask(from, Math.max(0, end - from))) };
  };
  const load = newestOnly(async (_: null) => {
    const { first, last, focused } = inSight;
    const from = Math.max(0, first - rowsAround);
    const wanted = last + 1 + rowsAround;
    const end = isOld || !held.value ? wanted : Math.min(wanted, held.value.total);
    const isApart = focused !== undefined && (focused < from || focused >= end);
    await attempt(async () => {
      try {
        const [rows, apart] = await Promise.all([readRows(from, end), isApart ? ask(focused, 1) : undefined]);
        held.value = { ...rows, focused: isApart ? { index: focused, listed: apart?.pages[0] } : undefined };
      } catch (error) {
        isOld = true;
        throw error;
      }
    });
  });
  const loadAnew = () => {
    isOld = true;
    return load(null);
  };
  const begin = () => {
    inSight = { first: 0, last: 0 };
    return loadAnew();
  };

  return {
    filter,
    sort,
    held,
    facets,
    selected,
    isFiltered: computed(() => isFiltered(filter.value)),
    refresh: loadAnew,
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
