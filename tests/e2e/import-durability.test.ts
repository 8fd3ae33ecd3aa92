import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LaunchedExtension, launchExtension } from '../support/extension';
import { sendFrom } from '../support/panel';
import { type CountingSite, startCountingSite } from './support/counting-site';
import { findHalves, readLibraryOnDisk } from './support/library-on-disk';

// What is imported is imported once and whole, whenever the worker dies.

/** 1,000 takes longer than a suite may: `IMPORT_PAGES=1000` does that. */
const pageCount = Number(process.env.IMPORT_PAGES ?? 250);
const kills = 20;

let extension: LaunchedExtension;
let lookout: Page;
let sites: CountingSite[];

beforeAll(async () => {
  sites = await Promise.all(Array.from({ length: 4 }, () => startCountingSite()));
  extension = await launchExtension();
  lookout = await extension.openExtensionPage('manifest.json');
  await extension.grantOrigin('http://127.0.0.1');
});

afterAll(async () => {
  await extension?.close();
  await Promise.all((sites ?? []).map((site) => site.close()));
});

test(`${pageCount} bookmarks across ${kills} deaths of the worker: each page is there once, and was fetched once`, {
  timeout: 480_000,
}, async () => {
  const send = sendFrom(lookout);
  const items = Array.from({ length: pageCount }, (_, index) => ({
    url: `${sites[index % sites.length]?.url}/essay/${index}`,
    tags: [`shelf ${index % 7}`],
    savedAt: Date.UTC(2020, 0, 1) + index,
  }));
  const { importId } = await send('import/begin', { source: 'bookmarks', origins: ['http://127.0.0.1/*'], givesBack: [], delayMs: 0 });
  await send('import/add', { importId, items });
  const begunAt = Date.now();
  await send('import/resume', null);
  for (let kill = 1; kill <= kills; kill += 1) {
    // Spread over the import, and never at its end.
    const due = (pageCount * kill) / (kills + 2);
    while (((await send('import/status', null))?.imported ?? 0) < due) await sleep(5);
    await extension.killWorker();
  }
  await expect.poll(async () => (await send('import/status', null))?.state, { timeout: 400_000, interval: 500 }).toBe('done');
  await expect.poll(async () => (await send('library/overview', null)).inProgress, { timeout: 60_000, interval: 500 }).toEqual([]);
  console.log(`${pageCount} pages, ${kills} deaths: ${((Date.now() - begunAt) / 1_000).toFixed(1)} s`);

  const fetched = sites.flatMap(({ counts, url }) => [...counts].map(([path, count]) => [url + path, count] as const));
  expect(fetched.filter(([url, count]) => count !== 1 && !url.endsWith('/robots.txt'))).toEqual([]);
  expect(fetched.filter(([url]) => url.includes('/essay/'))).toHaveLength(pageCount);
  const library = await readLibraryOnDisk(lookout);
  expect(findHalves(library)).toEqual([]);
  expect(library.pages.map(({ url }) => url).toSorted()).toEqual(items.map(({ url }) => url).toSorted());
  const byUrl = new Map(library.pages.map((page) => [page.url, page]));
  for (const { url, tags, savedAt } of items) expect(byUrl.get(url)).toMatchObject({ tags, savedAt });
  expect(await send('import/status', null)).toMatchObject({ total: pageCount, imported: pageCount, failed: 0, alreadySaved: 0 });
});
