import type { Page } from 'playwright-core';
import { openView, savedPages, savePage } from '../panel';
import type { Stop, Tour } from './stop';

async function openReader(tour: Tour, address: string): Promise<Page> {
  await tour.reader?.close();
  tour.reader = await tour.stage.extension.openExtensionPage(`src/reader/index.html?${address}`);
  return tour.reader;
}

const idOf = async ({ panel }: Tour, path: string) => (await savedPages(panel)).find(({ url }) => url.endsWith(path))?.id;

/** Saved copies. */
export const readerStops: readonly Stop[] = [
  {
    name: 'reader-passage',
    isMain: true,
    async go(tour) {
      const reader = await openReader(tour, `page=${await idOf(tour, '/essays/fresnel-lens')}&start=600&end=900`);
      await reader.locator('mark').first().waitFor();
      return reader;
    },
  },
  {
    name: 'reader-head',
    isMain: true,
    async go(tour) {
      const reader = await openReader(tour, `page=${await idOf(tour, '/docs/retries')}`);
      await reader.locator('.reader-text p').first().waitFor();
      return reader;
    },
  },
  {
    name: 'reader-changes',
    isMain: true,
    async go(tour) {
      tour.panel = await tour.stage.openPanel('/awkward/changing');
      await openView(tour.panel, 'Ask');
      await savePage(tour.panel);
      await tour.stage.tab.reload();
      await tour.panel.getByRole('button', { name: 'Save it again' }).click();
      for (let tries = 0; tries < 100; tries += 1) {
        const page = (await savedPages(tour.panel)).find(({ url }) => url.endsWith('/awkward/changing'));
        if (page?.version === 2) break;
        await tour.panel.waitForTimeout(100);
      }
      const reader = await openReader(tour, `page=${await idOf(tour, '/awkward/changing')}`);
      await reader.getByLabel('Changes against').selectOption({ index: 1 });
      await reader.locator('ins').first().waitFor();
      return reader;
    },
  },
  {
    name: 'reader-missing',
    async go(tour) {
      const reader = await openReader(tour, 'page=nowhere');
      await reader.getByRole('heading', { level: 1 }).waitFor();
      return reader;
    },
    leave: async (tour) => {
      await tour.reader?.close();
      delete tour.reader;
    },
  },
];
