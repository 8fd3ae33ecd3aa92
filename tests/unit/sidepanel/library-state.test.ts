import { expect, it } from 'vitest';
import type { IngestProgress, JobId } from '../../../src/core/pages/job';
import type { Page, PageId } from '../../../src/core/pages/page';
import { createClient } from '../../../src/sidepanel/client';
import { createLibraryState } from '../../../src/sidepanel/state/library-state';
import { createFakeWorker } from '../../support/fake-worker';

function page(title: string, site: string): Page {
  const url = `https://example.org/${title}`;
  return { id: title as PageId, canonicalUrl: url, url, title, site, savedAt: 1, capturedAt: 1, version: 1, passageCount: 1, shareRead: 1 };
}

const progress: IngestProgress = {
  jobId: 'j' as JobId,
  pageId: 'p' as PageId,
  canonicalUrl: 'https://example.org/new',
  title: 'New',
  step: 'indexing',
  percent: 90,
};

/** See `library-state.ts`. */
const pagesAtOnce = 200;

async function setUp(pages: Page[]) {
  let kept = pages;
  const worker = createFakeWorker({
    handlers: {
      'library/list': async ({ from, count }) => ({
        pages: kept.slice(from, from + count).map((each) => ({ page: each })),
        total: kept.length,
      }),
      'library/find': async ({ text }) => ({
        pages: kept.filter(({ title }) => title.toLowerCase().includes(text)).map((each) => ({ page: each, titleHighlights: [] })),
        hasMore: false,
      }),
      'page/tag': async ({ pageId, tags }) => {
        kept = kept.map((each) => (each.id === pageId ? { ...each, tags } : each));
        return null;
      },
      'pages/tag': async ({ pageIds, tags }) => {
        kept = kept.map((each) => (pageIds.includes(each.id) ? { ...each, tags } : each));
        if (pageIds.length === pagesAtOnce) state.bulk.stop();
        return null;
      },
      'library/list-ids': async () => kept.map(({ id }) => id),
      'pages/delete': async ({ pageIds }) => {
        kept = kept.filter(({ id }) => !pageIds.includes(id));
        return { deleteAt: 1 };
      },
    },
  });
  const state = createLibraryState(createClient(worker.browser));
  await state.refresh();
  return state;
}

function rows(state: Awaited<ReturnType<typeof setUp>>) {
  return state.list.held.value?.pages.map((listed) => listed.page) ?? [];
}

it('shows a page on its way until it is done', async () => {
  const state = await setUp([]);
  state.receive({ type: 'ingest-progress', progress });
  expect(state.overview.value?.inProgress).toEqual([progress]);
  state.receive({ type: 'ingest-progress', progress: { ...progress, step: 'done', percent: 100 } });
  expect(state.overview.value?.inProgress).toEqual([]);
});

it('drops a page when it is deleted', async () => {
  const state = await setUp([page('One', 'Site'), page('Two', 'Site')]);
  await state.deletePages(['One' as PageId]);
  expect(rows(state).map(({ title }) => title)).toEqual(['Two']);
});

it('looks again for what is in the search box when the library changes', async () => {
  const state = await setUp([page('The Lighthouse', 'Coast')]);
  await state.find.type('light');
  await state.deletePages(['The Lighthouse' as PageId]);
  expect(state.find.found.value).toMatchObject({ text: 'light', pages: [] });
});

it('gives a page tags', async () => {
  const state = await setUp([page('One', 'Site'), page('Two', 'Site')]);
  await state.tagPage('Two' as PageId, ['optics']);
  expect(rows(state).map(({ tags }) => tags)).toEqual([undefined, ['optics']]);
});

it('holds a window of a long list, and another one where it is scrolled to', async () => {
  const state = await setUp(Array.from({ length: 1_000 }, (_, number) => page(`${number}`, 'Site')));
  expect(state.list.held.value?.total).toBe(1_000);
  expect(state.list.rowAt(500)).toBeUndefined();
  await state.list.show({ first: 500, last: 510 });
  expect(state.list.rowAt(500)?.page.title).toBe('500');
  expect(state.list.rowAt(510)?.page.title).toBe('510');
  expect(rows(state).length).toBeLessThan(200);
  expect(state.list.show({ first: 505, last: 515 }), 'what is held is not asked for again').toBeUndefined();
  const row550 = state.list.rowAt(550);
  await state.list.show({ first: 545, last: 555 });
  expect(state.list.rowAt(600)?.page.title, 'fetched before it comes into sight').toBe('600');
  expect(state.list.rowAt(550), 'what is held stays').toBe(row550);
  for (const first of [520, 440, 900, 0]) {
    await state.list.show({ first, last: first + 10 });
    for (const index of [first, first + 10, first + 40]) expect(state.list.rowAt(index)?.page.title).toBe(`${index}`);
  }
});

it('holds the row with the focus wherever the list is scrolled to, and nothing between', async () => {
  const state = await setUp(Array.from({ length: 9_000 }, (_, number) => page(`${number}`, 'Site')));
  await state.list.show({ first: 8_000, last: 8_010, focused: 3 });
  expect(state.list.rowAt(3)?.page.title).toBe('3');
  expect(state.list.rowAt(8_005)?.page.title).toBe('8005');
  expect(rows(state).length).toBeLessThan(200);
  await state.list.show({ first: 0, last: 10, focused: 3 });
  expect(state.list.rowAt(3)?.page.title).toBe('3');
});

it('does something to all that are chosen, some at a time, until it is stopped', async () => {
  const state = await setUp(Array.from({ length: 2.5 * pagesAtOnce }, (_, number) => page(`${number}`, 'Site')));
  await state.list.selectAll();
  expect(state.list.selected.value.size).toBe(2.5 * pagesAtOnce);
  await state.tagSelected(['optics']);
  await state.list.show({ first: 0, last: 2.5 * pagesAtOnce - 1 });
  expect(rows(state).filter(({ tags }) => tags)).toHaveLength(pagesAtOnce);
  expect(state.bulk.work.value).toBeUndefined();
});
