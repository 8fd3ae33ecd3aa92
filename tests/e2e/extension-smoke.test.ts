import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LaunchedExtension, launchExtension } from '../support/extension';
import { savedPages, savePage, sendFrom } from '../support/panel';
import { demoPages } from '../support/site/demo-pages';
import { type Site, startSite } from '../support/site/server';

// What the other end-to-end tests stand on: that a test can do to the extension all that a person and the browser do.

const [article, otherArticle] = demoPages as [(typeof demoPages)[0], (typeof demoPages)[0]];
let site: Site;
let extension: LaunchedExtension;

beforeAll(async () => {
  site = await startSite();
  extension = await launchExtension();
});

afterAll(async () => {
  await extension?.close();
  await site?.close();
});

async function openArticle(path: string, { context }: LaunchedExtension = extension) {
  const page = await context.newPage();
  await page.goto(site.url + path);
  return page;
}

// First, for an open panel would start it again by itself.
test('a worker that was killed starts again when it is spoken to', async () => {
  const extensionPage = await extension.openExtensionPage('manifest.json');
  await extension.killWorker();
  expect(await extension.workerIsRunning()).toBe(false);
  await sendFrom(extensionPage)('library/overview', null);
  expect(await extension.workerIsRunning()).toBe(true);
});

test('a click on the icon opens the real side panel, and opens the tab to the extension', async () => {
  const page = await openArticle(article.path);
  const panel = await extension.openSidePanel(page);
  await panel.getByRole('button', { name: 'Save this page' }).waitFor();
  const [tab] = await panel.evaluate(() => (globalThis as unknown as TabsGlobal).chrome.tabs.query({ active: true, currentWindow: true }));
  expect(tab).toMatchObject({ url: page.url() });
});

test('a tab that was not clicked stays closed to the extension', async () => {
  await openArticle(otherArticle.path);
  const [page = await extension.context.newPage()] = extension.context.pages();
  const panel = await extension.openSidePanel(page);
  const tabs = await panel.evaluate(() => (globalThis as unknown as TabsGlobal).chrome.tabs.query({}));
  expect(tabs.map(({ url }) => url)).not.toContain(site.url + otherArticle.path);
});

test('the keys of the manifest save the page in front', async () => {
  const page = await openArticle(otherArticle.path);
  await extension.pressShortcut(page, 'save-page');
  const extensionPage = await extension.openExtensionPage('manifest.json');
  await expect.poll(async () => (await savedPages(extensionPage)).map(({ url }) => url), { timeout: 20_000 }).toContain(page.url());
});

test('an origin can be granted and taken back', async () => {
  const extensionPage = await extension.openExtensionPage('manifest.json');
  const isGranted = () =>
    extensionPage.evaluate(() =>
      (globalThis as unknown as PermissionsGlobal).chrome.permissions.contains({ origins: ['http://127.0.0.1/*'] }),
    );
  expect(await isGranted()).toBe(false);
  await extension.grantOrigin(site.url);
  expect(await isGranted()).toBe(true);
  await extension.revokeOrigin(site.url);
  expect(await isGranted()).toBe(false);
});

test('what is in a profile is there again after a power cut, and in no other', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'commonplace-kept-profile-'));
  const addressesIn = async (launched: LaunchedExtension) =>
    (await savedPages(await launched.openExtensionPage('manifest.json'))).map(({ url }) => url);
  try {
    const [first, other] = await Promise.all([launchExtension({ profile }), launchExtension()]);
    await savePage(await first.openSidePanel(await openArticle(article.path, first)));
    expect(await addressesIn(other)).toEqual([]);
    await Promise.all([first.crash(), other.close()]);

    const second = await launchExtension({ profile });
    expect(await addressesIn(second)).toEqual([site.url + article.path]);
    await second.close();
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
});

interface TabsGlobal {
  readonly chrome: { readonly tabs: { query(filter: object): Promise<{ readonly url?: string }[]> } };
}

interface PermissionsGlobal {
  readonly chrome: { readonly permissions: { contains(permissions: object): Promise<boolean> } };
}
