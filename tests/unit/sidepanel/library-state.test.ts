import { expect, it } from 'vitest';
import type { IngestProgress, JobId } from '../../../src/core/job';
import type { Page, PageId } from '../../../src/core/page';
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

async function setUp(pages: Page[]) {
  let kept = pages;
  const worker = createFakeWorker({
    handlers: {
      'library/overview': async () => ({ pages: kept, inProgress: [], storedBytes: 1 }),
      'library/find': async ({ text }) => ({
        pages: kept.filter(({ title }) => title.toLowerCase().includes(text)).map((each) => ({ page: each, titleHighlights: [] })),
        hasMore: false,
      }),
      'page/tag': async ({ pageId, tags }) => {
        kept = kept.map((each) => (each.id === pageId ? { ...each, tags } : each));
        return null;
      },
      'page/delete': async ({ pageId }) => {
        kept = kept.filter(({ id }) => id !== pageId);
        return null;
      },
    },
  });
  const state = createLibraryState(createClient(worker.browser));
  await state.refresh();
  return state;
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
  await state.deletePage('One' as PageId);
  expect(state.overview.value?.pages.map(({ title }) => title)).toEqual(['Two']);
});

it('looks again for what is in the search box when the library changes', async () => {
  const state = await setUp([page('The Lighthouse', 'Coast')]);
  await state.find.type('light');
  await state.deletePage('The Lighthouse' as PageId);
  expect(state.find.found.value).toMatchObject({ text: 'light', pages: [] });
});

it('gives a page tags', async () => {
  const state = await setUp([page('One', 'Site'), page('Two', 'Site')]);
  await state.tagPage('Two' as PageId, ['optics']);
  expect(state.overview.value?.pages.map(({ tags }) => tags)).toEqual([undefined, ['optics']]);
});
