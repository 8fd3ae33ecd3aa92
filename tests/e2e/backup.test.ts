import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeBackup } from '../../src/background/data/write-backup';
import { readerPath } from '../../src/protocol/saved-place';
import { fillPage } from '../support/filled-library';
import { memoryFile } from '../support/memory-file';
import { askQuestion, chooseModels, deleteForGood, openView, savedPages, savePage, sendFrom, startConversation } from '../support/panel';
import { temporaryLibrary } from '../support/temporary-library';
import { everythingStored } from './support/everything-stored';
import { findHalves, readLibraryOnDisk } from './support/library-on-disk';
import { openStage, type Stage } from './support/stage';
import { storesOnDisk } from './support/stores-on-disk';

// What is saved leaves the browser as a file and comes back from it. The tests go on where the one before left off: a profile is filled, backed up, wiped,
// and filled again from the backup.

const folder = mkdtempSync(join(tmpdir(), 'commonplace-backup-'));
const profile = join(folder, 'profile');
const passphrase = 'a lamp on the harbour wall';
const question = 'When was the great lens at Skerrow Head lit for the last time?';
let stage: Stage;
let panel: Page;
let lookout: Page;
let harbour = 'The first harbour had a lamp of whale oil, and a keeper who slept badly.';
/** What was there when it was backed up. */
let before: Record<string, unknown>;
let plain: string;
let encrypted: string;

beforeAll(async () => {
  mkdirSync(profile);
  stage = await openStage({ profile });
  await arrive('/essays/fresnel-lens');
});

afterAll(async () => {
  await stage?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Sets up a browser that has just been started. */
async function arrive(path: string): Promise<void> {
  await stage.extension.context.route('**/notes/harbour', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><title>Notes on a harbour</title><main><article><h1>Notes on a harbour</h1><p>${harbour}</p></article></main>`,
    }),
  );
  await stage.extension.acceptRequestFor(stage.models.url);
  panel = await stage.openPanel(path);
  lookout = await stage.extension.openExtensionPage('manifest.json');
  await stage.tab.bringToFront();
}

const onDisk = () => storesOnDisk(lookout);
const section = (name: string) =>
  panel.getByRole('region', { name: 'Your data' }).getByRole(name === 'Back up' ? 'form' : 'region', { name });

/** Presses a button and gives the file that the browser downloads. */
async function downloadedBy(press: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([panel.waitForEvent('download'), press()]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

async function chooseBackup(path: string): Promise<void> {
  await openView(panel, 'Settings');
  await section('Restore').getByLabel('Backup file').setInputFiles(path);
}

async function finishRestore(): Promise<void> {
  await section('Restore').getByText('All of it is in your library.').waitFor({ timeout: 50_000 });
  await section('Restore').getByRole('button', { name: 'Close' }).click();
}

test('A library is backed up into one file, which does not hold the key', async () => {
  await chooseModels(panel, {
    url: stage.models.url,
    apiKey: stage.models.apiKey,
    chatModel: 'test-chat',
    embeddingModel: 'test-embedding-small',
  });
  await savePage(panel);
  await askQuestion(panel, question);
  for (const path of ['/kitchen/sourdough', '/notes/harbour']) {
    panel = await stage.openPanel(path);
    await savePage(panel);
  }
  await startConversation(panel);
  await askQuestion(panel, 'Who slept badly in the first harbour?');
  harbour = 'The second harbour has an electric lamp, and no keeper at all.';
  await stage.tab.reload();
  await panel.getByRole('button', { name: 'Save it again' }).click();
  await expect.poll(async () => (await savedPages(panel)).find(({ title }) => title === 'Notes on a harbour')?.version).toBe(2);
  const pages = await savedPages(panel);
  for (const page of pages) await sendFrom(panel)('page/tag', { pageId: page.id, tags: ['kept', page.site] });
  await expect.poll(async () => (await onDisk()).jobs).toBe(0);
  before = await onDisk();
  expect(before.versions).toHaveLength(4);
  expect(before.conversations).toHaveLength(2);
  expect((before.vectors as string[]).length).toBeGreaterThan(5);

  await openView(panel, 'Settings');
  plain = await downloadedBy(() => section('Back up').getByRole('button', { name: 'Back up now' }).click());
  await section('Back up')
    .getByText(/^commonplace-\d{4}-\d\d-\d\d\.zip is with your downloads\.$/)
    .waitFor();
  const parts = Object.entries(unzipSync(readFileSync(plain)));
  expect(parts.map(([name]) => name)).toContain('manifest.json');
  expect(parts.filter(([, bytes]) => strFromU8(bytes, true).includes(stage.models.apiKey ?? ''))).toEqual([]);

  await section('Back up').getByLabel('Passphrase (optional)').fill(passphrase);
  const backUp = section('Back up').getByRole('button', { name: 'Back up now' });
  expect(await backUp.isDisabled()).toBe(true);
  await section('Back up').getByLabel('The same passphrase again').fill(passphrase);
  encrypted = await downloadedBy(() => backUp.click());
  expect(readFileSync(encrypted).includes('lamp')).toBe(false);
  expect(await onDisk()).toEqual(before);
});

test('After the profile was wiped, all of it comes back, over the deaths of several workers', async () => {
  await stage.restart(() => {
    rmSync(profile, { recursive: true });
    mkdirSync(profile);
  });
  await arrive('/essays/fresnel-lens');
  expect((await onDisk()).pages).toEqual([]);
  await chooseBackup(plain);
  await section('Restore').getByText('3 pages are new here.').waitFor();
  await section('Restore').getByText('2 conversations are new here.').waitFor();
  expect((await onDisk()).pages).toEqual([]);
  // Nobody has set anything here.
  await expect
    .poll(() =>
      section('Restore')
        .getByLabel(/^Also use its settings/)
        .isChecked(),
    )
    .toBe(true);
  await section('Restore').getByRole('button', { name: 'Restore' }).click();
  for (let deaths = 0; deaths < 3; deaths++) await stage.extension.killWorker();
  await finishRestore();
  expect(await onDisk()).toEqual(before);
  expect(await sendFrom(panel)('settings/read', null)).toMatchObject({
    baseUrl: stage.models.url,
    embeddingModel: 'test-embedding-small',
    hasKey: false,
  });
});

test('Citations of the conversations that came back open what they cited, an older version too', async () => {
  await panel.reload();
  const conversations = await sendFrom(panel)('conversations/list', null);
  const messages = await Promise.all(conversations.map(({ id }) => sendFrom(panel)('conversation/read', { conversationId: id })));
  const sources = messages.flat().flatMap((message) => (message.role === 'answer' ? message.sources : []));
  const cited = sources.find(({ quotation }) => quotation.includes('whale oil'));
  if (!cited) throw new Error('No source quotes the first version.');
  const reader = await stage.extension.openExtensionPage(readerPath(cited));
  await reader.locator('mark').filter({ hasText: 'whale oil' }).first().waitFor();
  await reader.close();
  const found = await sendFrom(panel)('library/find', { text: 'electric lamp', limit: 5 });
  expect(found.pages[0]?.page.title).toBe('Notes on a harbour');
});

test('An encrypted backup is opened with its passphrase only, and a second restore changes nothing', async () => {
  await chooseBackup(encrypted);
  await section('Restore').getByText('This backup is encrypted. Type its passphrase to open it.').waitFor();
  const typePassphrase = async (typed: string) => {
    await section('Restore').getByLabel('Passphrase of this backup').fill(typed);
    await section('Restore').getByRole('button', { name: 'Open the backup' }).click();
  };
  await typePassphrase('another lamp');
  await section('Restore').getByText('This is not the passphrase of this backup. Type it again.').waitFor();
  await typePassphrase(passphrase);
  await section('Restore').getByText('0 pages are new here.').waitFor();
  await section('Restore').getByRole('button', { name: 'Restore' }).click();
  await finishRestore();
  expect(await onDisk()).toEqual(before);
  expect(JSON.stringify(await everythingStored(lookout))).not.toContain(passphrase);
});

test('A backup is merged with what was saved and deleted since', async () => {
  const pages = await savedPages(panel);
  const lens = pages.find(({ url }) => url.includes('fresnel-lens'));
  if (!lens) throw new Error('The page is not there.');
  await deleteForGood(sendFrom(panel), [lens.id]);
  // It goes when the queue comes to it; until then a backup has nothing new in it.
  await expect.poll(async () => JSON.stringify((await onDisk()).pages)).not.toContain(lens.id);
  panel = await stage.openPanel('/field/tide-pools');
  await openView(panel, 'Ask');
  await savePage(panel);
  await chooseBackup(plain);
  await section('Restore').getByText('1 page is new here.').waitFor();
  await section('Restore').getByRole('button', { name: 'Restore' }).click();
  await finishRestore();
  const after = await onDisk();
  for (const store of ['pages', 'versions', 'passages', 'vectors', 'conversations', 'messages']) {
    expect(after[store], store).toEqual(expect.arrayContaining(before[store] as string[]));
  }
});

test('Rules of a backup are told of before, are added to those that are there, and turn nothing on', async () => {
  const save = (pattern: string) => ({ pattern, action: 'save' }) as const;
  const never = (pattern: string) => ({ pattern, action: 'never' }) as const;
  const file = memoryFile();
  const autoSave = { isOn: true, readSeconds: 5, rules: [save('tides.example'), save('bank.example')] };
  const library = await temporaryLibrary();
  const tools = { library, settings: { autoSave }, now: () => 1_700_000_000_000, report: () => {}, signal: new AbortController().signal };
  await writeBackup(file.write, { withVectors: true }, tools);
  const path = join(folder, 'rules.zip');
  writeFileSync(path, Buffer.from(await file.blob().arrayBuffer()));
  await sendFrom(panel)('auto-save/write', { isOn: false, readSeconds: 60, rules: [never('bank.example')] });
  await chooseBackup(path);
  await section('Restore').getByText('They have 2 rules for saving pages by themselves.').waitFor();
  const withSettings = section('Restore').getByLabel(/^Also use its settings/);
  await expect.poll(() => withSettings.isChecked()).toBe(false);
  await withSettings.check();
  await section('Restore').getByRole('button', { name: 'Restore' }).click();
  await finishRestore();
  expect(await sendFrom(panel)('auto-save/read', null)).toMatchObject({
    isOn: false,
    readSeconds: 60,
    rules: [never('bank.example'), save('tides.example')],
  });
  await sendFrom(panel)('auto-save/write', { isOn: false, readSeconds: 30, rules: [] });
});

test('What is no whole backup is refused, and nothing is changed', async () => {
  const kept = await onDisk();
  const broken = join(folder, 'broken.zip');
  const expectRefusal = async (bytes: Uint8Array, words: RegExp) => {
    writeFileSync(broken, bytes);
    await chooseBackup(broken);
    await section('Restore').getByRole('alert').getByText(words).waitFor();
  };
  const whole = readFileSync(plain);
  await expectRefusal(whole.subarray(0, whole.length / 2), /^The end of this backup is missing/);
  await expectRefusal(Buffer.from('%PDF-1.7'), /^This is not a backup of Commonplace/);
  const changed = Buffer.from(whole);
  changed[Math.floor(changed.length / 2)] = (changed[Math.floor(changed.length / 2)] ?? 0) ^ 1;
  await expectRefusal(changed, /^This backup is not what was written/);
  expect(await onDisk()).toEqual(kept);
});

test('A long restore goes on where it was when its worker dies, and no page comes twice', async () => {
  const pages = 400;
  const library = await temporaryLibrary();
  for (let number = 0; number < pages; number++) {
    const texts = [1, 2].map((capturedAt) => ({
      text: `# Night ${number}\n\nThe keeper of night ${number} slept badly, again. ${capturedAt}`,
      capturedAt,
    }));
    await fillPage(library, { id: `night-${number}`, texts, models: ['a model of another library'] });
  }
  const file = memoryFile();
  const tools = {
    library,
    settings: {},
    now: () => 1_700_000_000_000,
    report: () => {},
    signal: new AbortController().signal,
  };
  await writeBackup(file.write, { withVectors: true }, tools);
  const path = join(folder, 'long.zip');
  writeFileSync(path, Buffer.from(await file.blob().arrayBuffer()));

  const had = (await readLibraryOnDisk(lookout)).pages.length;
  await chooseBackup(path);
  await section('Restore').getByText(`${pages} pages are new here.`).waitFor();
  await section('Restore').getByRole('button', { name: 'Restore' }).click();
  let reached = 0;
  for (let deaths = 0; deaths < 4; deaths++) {
    await expect
      .poll(async () => (await sendFrom(lookout)('restore/status', null))?.done ?? 0, { timeout: 20_000, interval: 20 })
      .toBeGreaterThan(reached);
    const status = await sendFrom(lookout)('restore/status', null);
    expect(status?.state).toBe('running');
    reached = status?.done ?? 0;
    await stage.extension.killWorker();
    expect(findHalves(await readLibraryOnDisk(lookout))).toEqual([]);
  }
  await finishRestore();
  const after = await readLibraryOnDisk(lookout);
  expect(after.pages).toHaveLength(had + pages);
  expect(after.versions.filter(({ pageId }) => pageId.startsWith('night-'))).toHaveLength(2 * pages);
  expect(findHalves(after)).toEqual([]);
}, 120_000);

test.each([
  ['Markdown files (zip)', /-markdown\.zip$/, (bytes: Buffer) => Object.keys(unzipSync(bytes)).includes('Notes on a harbour.md')],
  [
    'JSON Lines',
    /\.jsonl$/,
    (bytes: Buffer) =>
      bytes
        .toString()
        .trim()
        .split('\n')
        .every((line) => typeof JSON.parse(line).text === 'string'),
  ],
  ['Citations as BibTeX', /\.bib$/, (bytes: Buffer) => bytes.toString().includes('title = {{Notes on a harbour}}')],
  [
    'Citations as CSL-JSON',
    /\.json$/,
    (bytes: Buffer) => (JSON.parse(bytes.toString()) as { title: string }[]).some(({ title }) => title === 'Notes on a harbour'),
  ],
] as const)('All pages are exported as %s', async (format, name, isRight) => {
  await openView(panel, 'Settings');
  await section('Export').getByLabel('Format').selectOption({ label: format });
  const path = await downloadedBy(() => section('Export').getByRole('button', { name: 'Export all pages' }).click());
  expect(path).toMatch(name);
  expect(isRight(readFileSync(path))).toBe(true);
});

test('The section can be seen, heard and worked without a fault', async () => {
  await chooseBackup(plain);
  await section('Restore').getByText('0 pages are new here.').waitFor();
  await section('Back up').getByLabel('Passphrase (optional)').fill('lamp');
  await section('Back up').getByLabel('The same passphrase again').fill('lamb');
  for (const [colorScheme, width] of [
    ['light', 400],
    ['dark', 400],
    ['light', 320],
    ['dark', 320],
  ] as const) {
    await panel.emulateMedia({ colorScheme });
    await panel.setViewportSize({ width, height: 900 });
    const { violations } = await new AxeBuilder({ page: panel }).setLegacyMode(true).include('.your-data').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(await panel.locator('.settings-view').evaluate((view) => view.scrollWidth <= view.clientWidth)).toBe(true);
  }
  await section('Restore').getByRole('button', { name: 'Cancel' }).click();
  await section('Restore').getByLabel('Backup file').waitFor();
});
