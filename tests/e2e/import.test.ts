import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { distFolder } from '../../scripts/build-extension';
import { type LaunchedExtension, launchExtension } from '../support/extension';
import { openView, savedPages, sendFrom } from '../support/panel';
import { column, writePdf } from '../support/write-pdf';
import { expectNoFaults } from './support/axe';
import { type CountingSite, respondWithArticle, startCountingSite } from './support/counting-site';

// A person brings in what other programs kept, in the real side panel.

const paper = writePdf({
  pages: [column(['Of lamps that were lit at dusk', 'and of tides that come and go', 'by the keeper of the light'])],
});
let extension: LaunchedExtension;
let site: CountingSite;
/** Another host, for it is on another port. */
let otherSite: CountingSite;
let panel: Page;
/** The extension as if bookmarks and history had been allowed already: nobody could answer the browser's prompt. */
const dist = mkdtempSync(join(tmpdir(), 'commonplace-import-'));

beforeAll(async () => {
  cpSync(distFolder, dist, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as { permissions: string[] };
  manifest.permissions.push('bookmarks', 'history');
  writeFileSync(join(dist, 'manifest.json'), JSON.stringify(manifest));
  [site, otherSite] = await Promise.all([
    startCountingSite((path, response, request) => {
      if (path === '/robots.txt') response.writeHead(200).end('User-agent: *\nDisallow: /private/');
      // As servers say that don't know what it is.
      else if (path === '/paper.pdf') response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(paper);
      else if (path === '/gone') response.writeHead(404).end();
      else if (path.startsWith('/members/')) response.writeHead(302, { location: '/login' }).end();
      else if (path === '/login')
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<title>Sign in</title><p>Welcome back</p><form><input type=password></form>');
      else respondWithArticle(path, response, request);
    }),
    startCountingSite(),
  ]);
  extension = await launchExtension({ dist });
  const [tab] = extension.context.pages() as [Page];
  await tab.goto(`${otherSite.url}/start`);
  panel = await extension.openSidePanel(tab);
  panel.setDefaultTimeout(15_000);
  await openView(panel, 'Library');
});

afterAll(async () => {
  await extension?.close();
  await Promise.all([site?.close(), otherSite?.close()]);
  rmSync(dist, { recursive: true });
});

beforeEach(async () => {
  // The prompt for sites is answered beforehand each time, for what was given is given back.
  for (const scheme of ['http', 'https']) await extension.acceptRequestFor(`${scheme}://127.0.0.1`);
});

const part = () => panel.getByRole('region', { name: 'Import' });
const button = (name: string | RegExp) => part().getByRole('button', { name });

async function choose(name: string, content: string | Uint8Array): Promise<void> {
  if (await panel.getByRole('button', { name: 'Import…' }).isVisible()) await panel.getByRole('button', { name: 'Import…' }).click();
  const buffer = Buffer.from(typeof content === 'string' ? strToU8(content) : content);
  await part().locator('input[type=file]').first().setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
}

async function importAll(): Promise<void> {
  await button(/^Import \d+ pages?$/).click();
  await part().getByText('The import is done').waitFor({ timeout: 30_000 });
}

async function close(): Promise<void> {
  await button('Close').click();
  await panel.getByRole('button', { name: 'Import…' }).waitFor();
}

const settledPages = async () => {
  await expect.poll(async () => (await sendFrom(panel)('library/overview', null)).inProgress).toEqual([]);
  return savedPages(panel);
};
const bookmarkFile = (paths: readonly string[]) =>
  `<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n<DT><H3>Shelf</H3>\n<DL><p>\n${paths
    .map((path) => `<DT><A HREF="${path.startsWith('/') ? site.url + path : path}" ADD_DATE="1600000000">Bookmark</A>\n`)
    .join('')}</DL><p></DL>`;

describe('A bookmark file', () => {
  test('is shown before anything happens: what is in it, what cannot be imported and why, and what it takes', async () => {
    await choose(
      'bookmarks.html',
      bookmarkFile(['/a', '/b', '/a#part', 'javascript:alert(1)', '/private/c', '/gone', '/members/d', `${otherSite.url}/e`]),
    );
    await part().getByText('Bookmark file: 6 pages').waitFor();
    await part().getByText('1 was listed twice').waitFor();
    await part().getByText('1 cannot be imported').click();
    await part().getByText('Line 8 · not a web address · javascript:alert(1)').waitFor();
    await part().getByText('Your browser will ask you to open these sites to Commonplace: 127.0.0.1.').waitFor();
    expect(site.counts.size).toBe(0);
    await expectNoFaults(panel);
  });

  test('can be left out in part', async () => {
    await part().getByText('Leave some out').click();
    await expectNoFaults(panel);
    await part().getByLabel('shelf (6)').check();
    await part().getByText('0 pages will be imported.').waitFor();
    expect(await button(/^Import 0/).isDisabled()).toBe(true);
    await part().getByLabel('shelf (6)').uncheck();
    await part().getByText('6 pages will be imported.').waitFor();
  });

  test('is imported with dates and tags, page by page; what failed says why, and sites are given back', async () => {
    await importAll();
    await part().getByText('3 of 6 pages imported.').waitFor();
    await part().getByText('3 could not be imported').waitFor();
    await part().getByText('The site asks programs not to fetch this page.').waitFor();
    await part().getByText('The site asked to sign in.').waitFor();
    await part().getByText('The site did not give the page out.').waitFor();
    await expectNoFaults(panel);
    const pages = await settledPages();
    expect(pages.map(({ url }) => url).toSorted()).toEqual([`${site.url}/a`, `${site.url}/b`, `${otherSite.url}/e`].toSorted());
    expect(pages.every(({ tags, savedAt }) => tags?.join() === 'shelf' && savedAt === 1_600_000_000_000)).toBe(true);
    expect(site.counts.get('/private/c')).toBeUndefined();
    const isOpen = () =>
      panel.evaluate(() => (globalThis as unknown as PermissionsGlobal).chrome.permissions.contains({ origins: ['http://127.0.0.1/*'] }));
    await expect.poll(isOpen).toBe(false);
    await close();
  });

  test('leaves out what is in the library already when it is imported again', async () => {
    await choose('bookmarks.html', bookmarkFile(['/a', '/b', '/f', '/paper.pdf']));
    await part().getByText('2 are in your library already and are left out').waitFor();
    await importAll();
    expect(site.counts.get('/a')).toBe(1);
    await close();
    const pages = await settledPages();
    expect(pages).toHaveLength(5);
    expect(pages.find(({ url }) => url === `${site.url}/paper.pdf`)?.source).toBe('pdf');
  });
});

const zip = (files: Readonly<Record<string, string>>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
const exports: readonly [name: string, heading: string, content: () => string | Uint8Array, titles: readonly string[]][] = [
  [
    'the CSV of Pocket',
    'Pocket: 1 page',
    () => `title,url,time_added,tags,status\nX,${site.url}/pocket,1600000000,one|two,unread\n`,
    ['Essay /pocket'],
  ],
  [
    'the older HTML of Pocket',
    'Pocket: 1 page',
    () => `<h1>Unread</h1><ul><li><a href="${site.url}/pocket-html" time_added="1600000000" tags="one">X</a></li></ul>`,
    ['Essay /pocket-html'],
  ],
  [
    'the CSV of Instapaper',
    'Instapaper: 1 page',
    () => `URL,Title,Selection,Folder,Timestamp\n${site.url}/instapaper,X,,Unread,1600000000\n`,
    ['Essay /instapaper'],
  ],
  [
    'the CSV of Readwise Reader',
    'Readwise: 1 page',
    () =>
      `Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\nX,${site.url}/reader,1,one,2024-01-31 08:15:00+00:00,0,new,True\n`,
    ['Essay /reader'],
  ],
  [
    'an export of Omnivore, with its texts',
    'Omnivore: 2 pages',
    () =>
      zip({
        'metadata_0_to_20.json': JSON.stringify([
          {
            url: 'https://nowhere.example/omnivore',
            title: 'Of lamps',
            slug: 'lamps',
            labels: ['one'],
            savedAt: '2023-01-02T03:04:05Z',
            state: 'Active',
          },
          { url: `${site.url}/omnivore`, title: 'X', slug: 'x', labels: [], savedAt: '2023-01-02T03:04:05Z', state: 'Active' },
        ]),
        'content/lamps.html': '<article><h1>Of lamps</h1><p>They were lit at dusk, and put out at dawn by the keeper.</p></article>',
      }),
    ['Of lamps', 'Essay /omnivore'],
  ],
  [
    'an archive of Markdown notes',
    'Markdown notes: 2 pages',
    () =>
      zip({
        'Notes/oil.md': '---\ntitle: Oil\nurl: https://nowhere.example/oil\n---\nWords on oil.',
        'Notes/tides.md': '# Tides\n\nWords on tides.',
      }),
    ['Oil', 'Tides'],
  ],
];

describe('From a file comes', () => {
  test.each(exports)('%s', async (_name, heading, content, titles) => {
    // Told by what is in it: the name says nothing.
    await choose('download', content());
    await part().getByText(heading).waitFor();
    await importAll();
    await close();
    const found = (await settledPages()).map(({ title }) => title);
    for (const title of titles) expect(found).toContain(title);
  });

  test('a folder of Markdown notes, without asking for any site', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'commonplace-notes-'));
    mkdirSync(join(folder, 'Sea'));
    writeFileSync(join(folder, 'Sea', 'salt.md'), '# Salt\n\nWords on salt.');
    writeFileSync(join(folder, 'picture.png'), 'not a picture');
    await panel.getByRole('button', { name: 'Import…' }).click();
    await part().locator('input[type=file]').nth(1).setInputFiles(folder);
    await part().getByText('Markdown notes: 1 page').waitFor();
    expect(await part().getByText('Your browser will ask').count()).toBe(0);
    await importAll();
    await close();
    const salt = (await settledPages()).find(({ title }) => title === 'Salt');
    expect(salt?.tags).toEqual(['sea']);
    rmSync(folder, { recursive: true });
  });
});

describe('From the browser come', () => {
  test('its bookmarks, with folders as tags', async () => {
    await panel.evaluate(async (url) => {
      const { bookmarks } = (globalThis as unknown as PermissionsGlobal).chrome;
      const folder = await bookmarks.create({ title: 'Kitchen' });
      await bookmarks.create({ parentId: folder.id, title: 'Bread', url });
    }, `${site.url}/bread`);
    await panel.getByRole('button', { name: 'Import…' }).click();
    await button('Bookmarks of this browser').click();
    await part().getByText('Bookmarks of this browser: 1 page').waitFor();
    await importAll();
    await close();
    const bread = (await settledPages()).find(({ url }) => url === `${site.url}/bread`);
    expect(bread?.tags).toEqual(['kitchen']);
  });

  test('pages of its history that were visited often', async () => {
    const tab = await extension.context.newPage();
    // Going where one is would only reload.
    for (const path of ['often', 'once', 'often', 'also-once', 'often']) await tab.goto(`${otherSite.url}/${path}`);
    await tab.close();
    await panel.getByRole('button', { name: 'Import…' }).click();
    await button('History of this browser').click();
    await expectNoFaults(panel);
    await part().getByLabel('At least so many times').fill('2');
    await button('Read the history').click();
    await part().getByText('History of this browser: 1 page').waitFor();
    await importAll();
    await close();
    const urls = (await settledPages()).map(({ url }) => url);
    expect(urls).toContain(`${otherSite.url}/often`);
    expect(urls).not.toContain(`${otherSite.url}/once`);
  });
});

describe('Refused, with what to do, is', () => {
  const bomb = () => zipSync({ 'a.md': new Uint8Array(20_000_000) });
  const halfZip = () => zip({ 'a.md': 'Words '.repeat(1_000) }).slice(0, 80);
  const garbage = () => Uint8Array.from({ length: 5_000 }, (_, index) => (index * 7_919 + (index >> 3) * 31) % 256);
  test.each([
    ['a table without addresses', () => 'name,phone\nA,1\n', 'Its columns are:'],
    ['binary garbage', garbage, 'none of the files that can be imported'],
    ['half an archive', halfZip, 'cut off or damaged'],
    ['an archive that would burst', bomb, 'unpacks to more than can be read'],
    ['an empty file', () => '', 'There is nothing in it to import'],
  ])('%s', async (_name, content, words) => {
    await choose('download', content());
    await part().getByRole('alert').getByText(words).waitFor();
    await button('Cancel').click();
    expect(await sendFrom(panel)('import/status', null)).toBeNull();
  });
});

test('100,000 bookmarks are shown, and the panel answers all the while', async () => {
  await panel.getByRole('button', { name: 'Import…' }).click();
  const begunAt = Date.now();
  // Made in the panel, for ten megabytes are slow to come there from a test.
  const watched = await panel.evaluateHandle(() => {
    const line = (index: number) =>
      `<DT><A HREF="https://host${index % 5_000}.example/page/${index}" ADD_DATE="1600000000">Page ${index}</A>\n`;
    const text = `<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n${Array.from({ length: 100_000 }, (_, index) => line(index)).join('')}</DL>`;
    const seen = { shares: new Set<number>(), longestMs: 0 };
    let last = performance.now();
    setInterval(() => {
      seen.longestMs = Math.max(seen.longestMs, performance.now() - last);
      last = performance.now();
      const share = document.querySelector('.import [role=progressbar]')?.getAttribute('aria-valuenow');
      if (share) seen.shares.add(Number(share));
    }, 5);
    const files = new DataTransfer();
    files.items.add(new File([text], 'bookmarks.html'));
    const input = document.querySelector<HTMLInputElement>('.import input[type=file]');
    if (input) input.files = files.files;
    input?.dispatchEvent(new Event('change', { bubbles: true }));
    return seen;
  });
  await part().getByText('Bookmark file: 100,000 pages').waitFor({ timeout: 50_000 });
  const { shares, longestMs } = await watched.evaluate(({ shares: seen, longestMs: longest }) => ({
    shares: [...seen],
    longestMs: longest,
  }));
  console.log(`100,000 bookmarks: ${((Date.now() - begunAt) / 1_000).toFixed(1)} s, longest pause ${Math.round(longestMs)} ms`);
  // The file is read up to 70 %, then the library is asked what it knows: progress was drawn during both.
  expect(shares.filter((share) => share > 0 && share < 70).length).toBeGreaterThan(3);
  expect(shares.filter((share) => share > 70).length).toBeGreaterThan(3);
  await part().getByText('so your browser will ask you to open all sites to Commonplace').waitFor();
  await button('Cancel').click();
});

interface PermissionsGlobal {
  readonly chrome: {
    readonly permissions: { contains(wanted: { origins: readonly string[] }): Promise<boolean> };
    readonly bookmarks: { create(bookmark: { title: string; url?: string; parentId?: string }): Promise<{ id: string }> };
  };
}
