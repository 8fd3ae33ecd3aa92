import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page as SavedPage } from '../../src/core/pages/page';
import { askQuestion, openView, savedPages, savePage, sendFrom, startConversation } from '../support/panel';
import { column, writePdf } from '../support/write-pdf';
import { openStage, type Stage } from './support/stage';

// Files that are dropped on the panel or chosen, from the drop to the cited page.

const folder = mkdtempSync(join(tmpdir(), 'commonplace-files-'));
let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage();
  panel = await stage.openPanel('/');
  await openView(panel, 'Library');
});

afterAll(async () => {
  await stage?.close();
  rmSync(folder, { recursive: true });
});

interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const file = (name: string, content: Buffer | string, mimeType = ''): TestFile => ({ name, mimeType, buffer: Buffer.from(content) });
const choose = (...files: TestFile[]) => panel.locator('input[type=file]').setInputFiles(files);
const overview = () => sendFrom(panel)('library/overview', null);
const rows = () => panel.locator('.page-row');

async function drop(...files: TestFile[]): Promise<void> {
  const given = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') }));
  await panel.evaluate(dropFiles, given);
}

/** Runs in the panel. */
function dropFiles(files: readonly { name: string; mimeType: string; base64: string }[]): void {
  const dataTransfer = new DataTransfer();
  for (const { name, mimeType, base64 } of files) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    dataTransfer.items.add(new File([bytes], name, { type: mimeType }));
  }
  for (const type of ['dragenter', 'dragover', 'drop'])
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
}

async function savedAs(site: string): Promise<SavedPage> {
  await expect.poll(async () => (await savedPages(panel)).map((page) => page.site), { timeout: 20_000 }).toContain(site);
  return (await savedPages(panel)).find((page) => page.site === site) as SavedPage;
}

async function textOf({ id, version }: SavedPage): Promise<string> {
  return (await sendFrom(panel)('page/read', { pageId: id, version })).version.text;
}

test('a text file that is dropped is saved under its name, and the same file again is the same page', async () => {
  await drop(file('Lamp notes.txt', 'Wicks are cut\r\nat an angle. — Änne', 'text/plain'));
  const page = await savedAs('Lamp notes.txt');
  expect(page).toMatchObject({ title: 'Lamp notes', source: 'text', shareRead: 1 });
  expect(await textOf(page)).toBe('Wicks are cut\nat an angle. — Änne');
  await drop(file('Renamed.txt', 'Wicks are cut\r\nat an angle. — Änne', 'text/plain'));
  const again = await savedAs('Renamed.txt');
  expect(again).toMatchObject({ id: page.id, version: 1 });
});

const report = writePdf({
  info: { Title: 'Microsoft Word - report_final.docx', Author: 'Ada Wick', CreationDate: "D:20240131120000+01'00'" },
  pages: [
    [
      ...column(['The Keeping of Oil Lamps'], { top: 730, size: 24 }),
      ...column(
        [
          'A lamp of the shore is lit at dusk, and whoever comes along the road can tell from',
          'its colour how the night will go. The oil is poured before the wick is trimmed, be-',
          'cause a dry wick burns away. Well-known keepers hold that this is a well-',
          'known mistake.',
        ],
        { top: 680 },
      ),
      ...column(['Wicks'], { top: 600, size: 16 }),
      ...column(
        ['Cotton is woven flat and cut at an angle of thirty degrees, so that the flame of the', 'lamp stands upright and the glass stays'],
        { top: 570 },
      ),
      ...furniture(1),
    ],
    [
      ...column(['clean for a week. It is then turned.'], { top: 720 }),
      ...column(['Whale oil was given up in the year 1871, when paraffin had become cheaper than it.'], { top: 690 }),
      ...column(
        Array.from({ length: 8 }, () => 'The stores were emptied, and the barrels went to the harbour, one after another.'),
        { top: 660 },
      ),
      ...furniture(2),
    ],
    [...column(['The last keeper left the tower in 1984.'], { top: 720 }), ...furniture(3)],
  ],
});

/** A running head and a page number. */
function furniture(page: number) {
  return [...column(['Lighthouse papers, volume 7'], { top: 800, size: 9 }), ...column([String(page)], { x: 290, top: 40, size: 9 })];
}

describe('A PDF', () => {
  test('becomes paragraphs under headings, without running heads, hyphens of lines and page numbers', async () => {
    await choose(file('report.pdf', report, 'application/pdf'));
    const page = await savedAs('report.pdf');
    expect(page).toMatchObject({
      title: 'The Keeping of Oil Lamps',
      byline: 'Ada Wick',
      published: '2024-01-31',
      source: 'pdf',
      shareRead: 1,
    });
    expect(await textOf(page)).toBe(
      [
        'A lamp of the shore is lit at dusk, and whoever comes along the road can tell from its colour how the night will go. The oil is poured before the wick is trimmed, because a dry wick burns away. Well-known keepers hold that this is a well-known mistake.',
        '## Wicks',
        'Cotton is woven flat and cut at an angle of thirty degrees, so that the flame of the lamp stands upright and the glass stays clean for a week. It is then turned.',
        'Whale oil was given up in the year 1871, when paraffin had become cheaper than it.',
        Array.from({ length: 8 }, () => 'The stores were emptied, and the barrels went to the harbour, one after another.').join(' '),
        'The last keeper left the tower in 1984.',
      ].join('\n\n'),
    );
    const { version } = await sendFrom(panel)('page/read', { pageId: page.id });
    expect(version.locators?.map(({ page: number, start }) => [number, version.text.slice(start, start + 9)])).toEqual([
      [1, 'A lamp of'],
      [2, 'clean for'],
      [3, 'The last '],
    ]);
  });

  test('is cited with the page, and as a file of nowhere it opens its saved copy only', async () => {
    await openView(panel, 'Ask');
    await startConversation(panel);
    const { sources } = await askQuestion(panel, 'When was whale oil given up?');
    expect(sources[0]).toMatchObject({ site: 'report.pdf', locator: { page: 2 } });
    const quotation = panel.locator('.quotation', { hasText: 'Whale oil was given up' }).first();
    expect(await quotation.innerText()).toContain('report.pdf · Page 2');
    expect(await quotation.getByRole('button', { name: 'Open at' }).count()).toBe(0);
    const opening = stage.extension.context.waitForEvent('page');
    await quotation.getByRole('button', { name: 'Saved copy' }).click();
    const reader = await opening;
    await reader.locator('mark', { hasText: 'Whale oil was given up' }).waitFor();
    expect(await reader.locator('.page-mark').allInnerTexts()).toEqual(['Page 1', 'Page 2', 'Page 3']);
    expect(await reader.getByRole('link').count()).toBe(0);
    await reader.close();
    await openView(panel, 'Library');
    expect(await rows().filter({ hasText: 'report.pdf' }).getByRole('button', { name: 'on the web' }).count()).toBe(0);
  });

  test('in a tab is saved from there, and its citation opens it at the page', async () => {
    await stage.openPanel('/awkward/document.pdf');
    await openView(panel, 'Ask');
    await savePage(panel);
    const page = (await savedPages(panel)).find(({ url }) => url.endsWith('/document.pdf'));
    expect(page).toMatchObject({ site: '127.0.0.1', source: 'pdf', canonicalUrl: `${stage.site.url}/awkward/document.pdf` });
    await startConversation(panel);
    const { sources } = await askQuestion(panel, 'a page that is no page');
    expect(sources.find(({ pageId }) => pageId === page?.id)?.liveUrl).toBe(`${stage.site.url}/awkward/document.pdf#page=1`);
    await panel.getByRole('button', { name: 'Open at page 1' }).first().waitFor();
    await openView(panel, 'Library');
  });

  test('of 2,000 pages is read until the limit, says how far it is, and can be given up', { timeout: 180_000 }, async () => {
    const lines = (page: number) =>
      Array.from({ length: 45 }, (_, line) => `Line ${line} of page ${page} says that a lamp was lit, and by whom, and when it went out.`);
    const path = join(folder, 'long.pdf');
    writeFileSync(path, writePdf({ pages: Array.from({ length: 2_000 }, (_, index) => column(lines(index + 1))) }));
    await panel.locator('input[type=file]').setInputFiles(path);
    const row = panel.locator('.job-row', { hasText: 'long' });
    await row.getByText('Reading the page').waitFor();
    await row.getByRole('button', { name: 'Stop reading' }).click();
    await panel.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await expect.poll(async () => (await overview()).inProgress).toEqual([]);
    await panel.locator('input[type=file]').setInputFiles(path);
    await expect
      .poll(async () => (await savedPages(panel)).map(({ site }) => site), { timeout: 150_000, interval: 500 })
      .toContain('long.pdf');
    const page = await savedAs('long.pdf');
    expect(page.shareRead).toBeGreaterThan(0.2);
    expect(page.shareRead).toBeLessThan(0.9);
  });
});

describe('A file that cannot be read says why, and what to do:', () => {
  const pageOfNothing = [[]];
  const refused: readonly [name: string, file: TestFile, words: string][] = [
    [
      'locked with a password',
      file('locked.pdf', writePdf({ pages: [column(['Secret.'])], isLocked: true })),
      'This PDF is locked with a password.',
    ],
    ['pictures of pages', file('scan.pdf', writePdf({ pages: pageOfNothing })), 'This PDF holds pictures of pages and no text.'],
    ['a PDF cut off', file('cut.pdf', report.subarray(0, 300)), 'This PDF is damaged or cut off.'],
    ['nothing in it', file('empty.pdf', ''), 'This file is empty.'],
    ['spaces only', file('blank.txt', ' \n\n '), 'There is no text to save on this page.'],
    [
      'some other kind',
      file('picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13])),
      'Only PDF, text, Markdown and HTML files can be read.',
    ],
  ];
  test.each(refused)('%s', async (_name, given, words) => {
    await drop(given);
    const row = panel.locator('.job-row', { hasText: given.name.replace(/\.\w+$/, '') });
    const notice = row.getByRole('alert');
    await notice.waitFor();
    expect(await notice.innerText()).toContain(words);
    const dismiss = notice.getByRole('button', { name: 'Dismiss' });
    if (await dismiss.isVisible()) {
      await dismiss.click();
    } else {
      await notice.getByRole('button', { name: 'Discard' }).click();
      await panel.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    }
    await row.waitFor({ state: 'detached' });
    expect((await savedPages(panel)).map(({ site }) => site)).not.toContain(given.name);
  });
});

test('the panel says that files can be dropped while they are held over it, and for nothing else', async () => {
  const target = panel.locator('.drop-target');
  const drag = (type: string, holds: 'a file' | 'words') =>
    panel.evaluate(
      ([name, held]) => {
        const dataTransfer = new DataTransfer();
        if (held === 'a file') dataTransfer.items.add(new File(['x'], 'x.txt'));
        else dataTransfer.setData('text/plain', 'words');
        document.body.dispatchEvent(new DragEvent(String(name), { dataTransfer, bubbles: true, cancelable: true }));
      },
      [type, holds],
    );
  await drag('dragenter', 'words');
  expect(await target.count()).toBe(0);
  await drag('dragenter', 'a file');
  await target.getByText('Drop files to save them').waitFor();
  await drag('dragleave', 'a file');
  await target.waitFor({ state: 'detached' });
});

test('files can be chosen with the keyboard alone', async () => {
  // Whether the browser then draws its own dialogue cannot be seen in a panel without a window.
  await panel
    .locator('input[type=file]')
    .evaluate((input) => input.addEventListener('click', () => input.setAttribute('data-opened', ''), { once: true }));
  await panel.getByRole('button', { name: 'Choose files' }).focus();
  await panel.keyboard.press('Enter');
  await panel.locator('input[type=file][data-opened][multiple]').waitFor({ state: 'attached' });
});

test('files of the disk that a tab shows are saved from there', async () => {
  writeFileSync(join(folder, 'lamp report.pdf'), report);
  writeFileSync(join(folder, 'lamp notes.txt'), '---\ntitle: From the disk\n---\nThe lamp of the disk.');
  for (const name of ['lamp report.pdf', 'lamp notes.txt']) {
    await stage.tab.goto(pathToFileURL(join(folder, name)).href);
    await stage.extension.clickAction(stage.tab);
    await openView(panel, 'Ask');
    await panel.getByRole('region', { name: 'This page' }).getByText(name).first().waitFor();
    await savePage(panel);
  }
  const pages = await savedPages(panel);
  const fromDisk = pages.find(({ url }) => url.endsWith('/lamp%20report.pdf'));
  expect(fromDisk).toMatchObject({ site: 'lamp report.pdf', title: 'The Keeping of Oil Lamps', source: 'pdf' });
  expect(pages.find(({ url }) => url.endsWith('/lamp%20notes.txt'))).toMatchObject({
    site: 'lamp notes.txt',
    title: 'From the disk',
    source: 'text',
  });
  await openView(panel, 'Library');
});

test('several files at once: each is saved, and one that fails does not hold up the others', async () => {
  await drop(
    file(
      'guide.md',
      '---\ntitle: "The lamp guide"\nauthor: Bo\ndate: 2023-05-06\n---\n\n# Trimming\n\n- *cut* the wick\n- `wipe` the glass\n',
    ),
    file('nothing.txt', ''),
    file(
      'Saved page.html',
      '<!doctype html><title>Lanterns</title><main><h1>Lanterns</h1><p>A lantern is <a href="x.html">a lamp</a> with walls.</p></main>',
      'text/html',
    ),
    file('windows.txt', Buffer.from([...Buffer.from('Caf'), 0xe9, ...Buffer.from(' M'), 0xfc, ...Buffer.from('ller')])),
  );
  const guide = await savedAs('guide.md');
  expect(guide).toMatchObject({ title: 'The lamp guide', byline: 'Bo', published: '2023-05-06', source: 'text' });
  expect(await textOf(guide)).toBe('# Trimming\n\n- *cut* the wick\n- `wipe` the glass');
  const lanterns = await savedAs('Saved page.html');
  expect(lanterns.title).toBe('Lanterns');
  expect(await textOf(lanterns)).toBe('A lantern is a lamp with walls.');
  expect(await textOf(await savedAs('windows.txt'))).toBe('Café Müller');
  await panel.locator('.job-row', { hasText: 'nothing.txt' }).getByRole('alert').getByText('This file is empty.').waitFor();
});

test('the worker may die while a file is read: it is read again and saved once', async () => {
  const pages = Array.from({ length: 300 }, (_, index) =>
    column(Array.from({ length: 40 }, (_, line) => `Line ${line} of page ${index} of what the worker did not live to read.`)),
  );
  await choose(file('killed.pdf', writePdf({ pages })));
  await panel.locator('.job-row', { hasText: 'killed' }).getByText('Reading the page').waitFor();
  await stage.extension.killWorker();
  await savedAs('killed.pdf');
  expect((await savedPages(panel)).filter(({ site }) => site === 'killed.pdf')).toHaveLength(1);
});

test('nothing but the files’ own pages was asked for', () => {
  expect(stage.models.requests).toEqual([]);
});
