import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page as SavedPage } from '../../src/core/pages/page';
import { askQuestion, lastAnswer, openActions, openView, savedPages, savePage, sendFrom, startConversation } from '../support/panel';
import { clobberedSentence, deepSentence, memberSentence, strictCspSentence, typedSecrets } from '../support/site/awkward-pages';
import { readLibraryOnDisk } from './support/library-on-disk';
import { openStage, type Stage } from './support/stage';

// What happens to the page in the tab, from the click or the keys on: saved once and whole, or refused in words.

let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage();
  panel = await stage.openPanel('/');
});

afterAll(() => stage?.close());

const card = () => panel.getByRole('region', { name: 'This page' });
const saveButton = () => card().getByRole('button', { name: 'Save this page' });
const savedLine = () => card().getByText(/^Saved /);

async function savedAt(path: string): Promise<SavedPage> {
  const found = (await savedPages(panel)).filter(({ url }) => url === stage.site.url + path);
  expect(found).toHaveLength(1);
  return found[0] as SavedPage;
}

async function textOf({ id, version }: SavedPage): Promise<string> {
  return (await sendFrom(panel)('page/read', { pageId: id, version })).version.text;
}

describe('The page in the tab', () => {
  test('stays closed to the extension until its icon is clicked there', async () => {
    const other = await stage.extension.context.newPage();
    // Another site: what was opened for one site says nothing about the next.
    await other.goto(`${stage.site.url.replace('127.0.0.1', 'localhost')}/kitchen/sourdough`);
    await card().getByText('Click the Commonplace icon in the toolbar to let it read this page.').waitFor();
    expect(await saveButton().count()).toBe(0);
    await stage.extension.clickAction(other);
    await saveButton().waitFor();
    await card().getByText('Sourdough fermentation').waitFor();
    await other.close();
  });

  test('shows how far it is while it is being saved, and then that it is', async () => {
    panel = await stage.openPanel('/awkward/article?words=60000');
    await panel.evaluate(() => {
      const seen: string[] = [];
      const note = () => seen.push(document.querySelector('.page-card')?.textContent ?? '');
      new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
      Object.assign(globalThis, { seen });
    });
    await savePage(panel);
    const seen = await panel.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
    const stages = ['Reading the page', 'Preparing the text', 'Making it searchable'];
    expect(stages.map((words) => seen.findIndex((text) => text.includes(words)))).toEqual(
      stages.map((words) => seen.findIndex((text) => text.includes(words))).toSorted((a, b) => a - b),
    );
    for (const words of stages)
      expect(
        seen.some((text) => text.includes(words)),
        words,
      ).toBe(true);
    const percentages = seen.flatMap((text) => /(\d+)%/.exec(text)?.[1] ?? []).map(Number);
    expect(percentages).toEqual(percentages.toSorted((a, b) => a - b));
  });

  test('is saved by the keys, without the panel being asked', async () => {
    panel = await stage.openPanel('/docs/retries');
    await saveButton().waitFor();
    await stage.extension.pressShortcut(stage.tab, 'save-page');
    await savedLine().waitFor();
    expect((await savedAt('/docs/retries')).title).toContain('Retries and dead letters');
  });

  test('says so when it has been saved already, and by which address ever it is reached', async () => {
    panel = await stage.openPanel('/news/harbour-tram');
    await savePage(panel);
    await stage.openPanel('/');
    await saveButton().waitFor();
    await stage.openPanel('/news/harbour-tram?utm_source=letter#comments');
    await savedLine().waitFor();
    expect(await saveButton().count()).toBe(0);
  });

  test('is one page, however often it is saved', async () => {
    const before = (await savedPages(panel)).length;
    panel = await stage.openPanel('/news/harbour-tram?utm_campaign=again');
    await card().getByRole('button', { name: 'Save it again' }).click();
    const { length } = stage.site.requests;
    await expect.poll(async () => (await sendFrom(panel)('library/overview', null)).inProgress).toEqual([]);
    await savedLine().waitFor();
    const pages = await savedPages(panel);
    expect(pages).toHaveLength(before);
    expect(pages.find(({ canonicalUrl }) => canonicalUrl.endsWith('/news/harbour-tram'))).toMatchObject({ version: 1 });
    expect(stage.site.requests.length, 'nothing is fetched again to be saved').toBe(length);
  });

  test('becomes a new version of itself when it has changed', async () => {
    panel = await stage.openPanel('/awkward/changing');
    await savePage(panel);
    const before = await savedAt('/awkward/changing');
    await stage.tab.reload();
    await card().getByRole('button', { name: 'Save it again' }).click();
    await expect.poll(async () => (await savedAt('/awkward/changing')).version).toBe(2);
    const after = await savedAt('/awkward/changing');
    expect(after.id).toBe(before.id);
    expect(await textOf(after)).not.toBe(await textOf(before));
    await startConversation(panel);
    const { sources } = await askQuestion(panel, 'water level at the gauge by the weir');
    expect(sources.map(({ version }) => version)).toEqual([2]);
  });
});

describe('Refused in words, with nothing left behind:', () => {
  const refused = [
    { path: '/awkward/empty', words: 'There is no text to save on this page.' },
    { path: '/awkward/no-body', words: 'There is no text to save on this page.' },
    { path: '/awkward/no-document', words: 'There is no text to save on this page.' },
    { path: '/awkward/picture.svg', words: 'This is a file and not a web page' },
  ];
  test.each(refused)('$path', async ({ path, words }) => {
    panel = await stage.openPanel(path);
    await saveButton().click();
    const notice = card().getByRole('alert');
    await notice.waitFor();
    expect(await notice.innerText()).toContain(words);
    expect(await notice.getByRole('button').count()).toBe(1);
    const { inProgress } = await sendFrom(panel)('library/overview', null);
    const pages = await savedPages(panel);
    expect(pages.map(({ url }) => url)).not.toContain(stage.site.url + path);
    expect(inProgress).toEqual([]);
  });

  test('a page of the browser itself', async () => {
    const other = await stage.extension.context.newPage();
    await other.goto('chrome://version');
    await stage.extension.clickAction(other);
    await card().getByText('The browser keeps this page closed to extensions. Open another page to save it.').waitFor();
    expect(await saveButton().count()).toBe(0);
    await other.close();
  });
});

describe('Saved whole, however awkward it is:', () => {
  const saved = [
    { path: '/awkward/throws', words: 'The ferry crosses the frozen harbour' },
    { path: '/awkward/clobbered', words: clobberedSentence },
    { path: '/awkward/deep', words: deepSentence },
    { path: '/awkward/strict-csp', words: strictCspSentence },
    { path: '/awkward/emoji', words: '👩‍🔬🏳️‍🌈' },
    { path: '/awkward/note.txt', words: 'The ferry crosses the frozen harbour' },
    { path: '/field/tide-pools', words: '33.5' },
    { path: '/ar/aflaj', words: 'ثمانية وثلاثون' },
  ];
  test.each(saved)('$path', async ({ path, words }) => {
    panel = await stage.openPanel(path);
    await savePage(panel);
    const page = await savedAt(path);
    expect(page.shareRead).toBe(1);
    expect(await textOf(page)).toContain(words);
  });

  test('one word of a megabyte', async () => {
    panel = await stage.openPanel('/awkward/one-word');
    await savePage(panel);
    expect(await textOf(await savedAt('/awkward/one-word'))).toContain('abcdefghij'.repeat(100_000));
  });

  test('a page for those who are signed in', async () => {
    await stage.tab.goto(`${stage.site.url}/awkward/sign-in`);
    panel = await stage.extension.openSidePanel(stage.tab);
    await savePage(panel);
    expect(await textOf(await savedAt('/awkward/logged-in'))).toContain(memberSentence);
  });

  test('a page with a form, but nothing of what is typed into it', async () => {
    panel = await stage.openPanel('/awkward/form');
    await stage.tab.getByLabel('Name').fill('typed-by-hand-name');
    await stage.tab.getByLabel('Letter').fill('typed-by-hand-letter');
    await stage.tab.getByRole('textbox').last().pressSequentially('typed-by-hand-draft');
    await savePage(panel);
    expect(await textOf(await savedAt('/awkward/form'))).toContain('Each drawer holds eight hundred cards');
    const everything = JSON.stringify(await readLibraryOnDisk(panel));
    for (const typed of Object.values(typedSecrets)) expect(everything).not.toContain(typed);
    expect(everything).not.toContain('typed-by-hand');
  });

  test('40 MB of it are read up to a limit, and the reader is told what share that is', async () => {
    // The browser alone, to lay out so much text, took over half a minute beside another that was as busy.
    panel = await stage.openPanel('/awkward/huge?megabytes=40', { timeout: 50_000 });
    const startedAt = Date.now();
    await savePage(panel);
    expect(Date.now() - startedAt).toBeLessThan(20_000);
    const { id, shareRead } = await savedAt('/awkward/huge?megabytes=40');
    expect(shareRead).toBeGreaterThan(0.04);
    expect(shareRead).toBeLessThan(0.06);
    await card()
      .getByText(/· read [45]%: over the limit/)
      .waitFor();
    const reader = await stage.extension.openExtensionPage(`src/reader/index.html?page=${id}`);
    await reader.getByText(/The page was too long to keep whole. This is the first [45]% of it./).waitFor();
    await reader.close();
  });
});

describe('A page that is deleted', () => {
  const question = 'How many separate prisms does the lens from Skerrow Head hold?';

  test('is no longer found, while the answers that quote it keep their quotations', async () => {
    panel = await stage.openPanel('/essays/fresnel-lens');
    await savePage(panel);
    await startConversation(panel);
    const [quoted] = (await askQuestion(panel, question)).sources;
    expect(quoted?.url).toBe(`${stage.site.url}/essays/fresnel-lens`);
    const title = quoted?.title ?? '';

    await openView(panel, 'Library');
    await openActions(panel, title);
    await panel.getByRole('button', { name: `Delete “${title}”` }).click();
    await panel.getByRole('button', { name: title, exact: true }).waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: 'Delete now' }).click();
    await openView(panel, 'Ask');
    await saveButton().waitFor();
    await panel.getByRole('article').last().getByText('1,014 separate prisms').waitFor();

    await startConversation(panel);
    const { sources } = await askQuestion(panel, question);
    expect(sources.map(({ url }) => url)).not.toContain(quoted?.url);
    await expect.poll(async () => JSON.stringify((await readLibraryOnDisk(panel)).versions)).not.toContain('1,014 separate prisms');
    const { pages, passages, versions } = await readLibraryOnDisk(panel);
    const known = new Set(pages.map(({ id }) => id));
    expect([...passages, ...versions].filter(({ pageId }) => !known.has(pageId))).toEqual([]);
  });
});

describe('A page that was just saved', () => {
  test('can be asked what its own headings name, and answers from itself alone', async () => {
    panel = await stage.openPanel('/essays/fresnel-lens');
    await startConversation(panel);
    if ((await saveButton().count()) > 0) await savePage(panel);
    const suggested = panel.getByRole('list', { name: 'Questions about this page' }).getByRole('button');
    await suggested.first().waitFor();
    const question = (await suggested.first().textContent()) ?? '';
    await suggested.first().click();
    await panel.getByRole('article').last().locator('[aria-busy="false"]').waitFor();
    const { sources } = await lastAnswer(panel);
    expect(question).not.toBe('');
    expect(new Set(sources.map(({ url }) => url))).toEqual(new Set([`${stage.site.url}/essays/fresnel-lens`]));
    await suggested.first().waitFor({ state: 'detached' });
  });
});
