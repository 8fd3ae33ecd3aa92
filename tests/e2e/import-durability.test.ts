import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

const profile = mkdtempSync(join(tmpdir(), 'commonplace-import-durability-'));
let extension: LaunchedExtension;
let lookout: Page;
let sites: CountingSite[];

beforeAll(async () => {
  sites = await Promise.all(Array.from({ length: 4 }, () => startCountingSite()));
  extension = await launchExtension({ profile });
  lookout = await extension.openExtensionPage('manifest.json');
  await extension.grantOrigin('http://127.0.0.1');
});

afterAll(async () => {
  await extension?.close();
  await Promise.all((sites ?? []).map((site) => site.close()));
  rmSync(profile, { recursive: true, force: true });
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
  const { importId } = await send('import/begin', { source: 'bookmarks', origins: ['http://127.0.0.1/*'], delayMs: 0 });
  await send('import/add', { importId, items });
  const begunAt = Date.now();
  await send('import/resume', { holder: '' });
  for (let kill = 1; kill <= kills; kill += 1) {
    // Spread over the import, and never at its end.
    const due = (pageCount * kill) / (kills + 2);
    while (((await send('import/status', null))?.imported ?? 0) < due) await sleep(5);
    await extension.killWorker();
  }
  await expect.poll(async () => (await send('import/status', null))?.state, { timeout: 400_000, interval: 500 }).toBe('done');
  await expect.poll(async () => (await send('library/overview', null)).inProgress, { timeout: 60_000, interval: 500 }).toEqual([]);
  console.log(`${pageCount} pages, ${kills} deaths: ${((Date.now() - begunAt) / 1_000).toFixed(1)} s`);

  expect(await send('import/failures', null)).toEqual([]);
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

test('an import that the end of the browser cuts off goes on by itself when it is started again; a paused one waits', {
  timeout: 240_000,
}, async () => {
  const count = 60;
  const items = Array.from({ length: count }, (_, index) => ({ url: `${sites[index % 2]?.url}/later/${index}`, tags: [] }));
  const begin = async () => {
    const send = sendFrom(lookout);
    const { importId } = await send('import/begin', { source: 'bookmarks', origins: [], delayMs: 20 });
    await send('import/add', { importId, items });
    await send('import/resume', { holder: '' });
  };
  const status = () => sendFrom(lookout)('import/status', null);
  const restart = async () => {
    await extension.close();
    extension = await launchExtension({ profile });
    lookout = await extension.openExtensionPage('manifest.json');
  };
  await begin();
  await expect.poll(async () => (await status())?.imported, { timeout: 20_000, interval: 20 }).toBeGreaterThan(10);
  await restart();
  // The browser breaks off what is under way when it ends. To the page that looks like a host that cannot be reached, which is left alone for half a minute.
  await expect.poll(async () => (await status())?.imported, { timeout: 75_000, interval: 20 }).toBeGreaterThan(30);
  await sendFrom(lookout)('import/pause', null);
  await restart();
  expect(await status()).toMatchObject({ state: 'paused', total: count });
  await sendFrom(lookout)('import/resume', { holder: '' });
  await expect.poll(async () => (await status())?.state, { timeout: 75_000 }).toBe('done');
  expect(await status()).toMatchObject({ imported: count, failed: 0 });
  const fetches = sites.flatMap(({ counts }) => [...counts]).filter(([path]) => path.startsWith('/later/'));
  expect(fetches).toHaveLength(count);
  // Only what was under way when the browser ended may have been asked for again: one page of each host.
  expect(fetches.reduce((sum, [, times]) => sum + times, 0)).toBeLessThanOrEqual(count + 2);
});
