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

it('finds pages that have every word of the filter in their title or site', async () => {
  const state = await setUp([page('The Lighthouse', 'Coast'), page('The Harbour', 'Coast'), page('Lighthouse keepers', 'History')]);
  state.filter.value = ' coast LIGHT ';
  expect(state.shownPages.value.map(({ title }) => title)).toEqual(['The Lighthouse']);
});

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
  expect(state.shownPages.value.map(({ title }) => title)).toEqual(['Two']);
});
