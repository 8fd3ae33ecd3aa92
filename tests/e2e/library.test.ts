import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askQuestion, chooseModels, openActions, openView, savedPages, savePage } from '../support/panel';
import { bread, lens, openLibraryOfFour, paper, pools, shortTitle } from './support/four-pages';
import { readLibraryOnDisk } from './support/library-on-disk';
import { openStage, type Stage } from './support/stage';

// The list of everything saved: narrowed, ordered, marked, deleted and brought back.

let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage();
  panel = await openLibraryOfFour(stage);
});

afterAll(() => stage?.close());

beforeEach(() => panel.getByRole('searchbox').fill(''));

const list = () => panel.getByRole('list', { name: 'Saved pages' });
const button = (name: string | RegExp) => panel.getByRole('button', { name });
const row = (title: string) => panel.locator('.page-row').filter({ hasText: title });

async function expectListed(...titles: string[]): Promise<void> {
  const shown = async () => {
    const all = await list().locator('.page-title').allInnerTexts();
    return all.map(shortTitle);
  };
  await expect.poll(shown, { timeout: 3_000 }).toEqual(titles);
}

async function deletePage(title: string): Promise<void> {
  await openActions(panel, title);
  await button(`Delete “${title}`).click();
}

/** Opens the panel again, as a person who had closed it. */
async function openPanelAnew(): Promise<void> {
  await panel.reload();
  await openView(panel, 'Library');
}

describe('The list', () => {
  test('is ordered as is chosen', async () => {
    await expectListed(pools, paper, bread, lens);
    const sort = panel.getByRole('combobox', { name: 'Sort by' });
    await sort.selectOption('Oldest first');
    await expectListed(lens, bread, paper, pools);
    await sort.selectOption('By title');
    await expectListed(lens, pools, bread, paper);
    await sort.selectOption('By site');
    await expectListed(paper, bread, lens, pools);
    await sort.selectOption('Newest first');
    await expectListed(pools, paper, bread, lens);
  });

  test('is narrowed by a menu, with the words in the search box or without, and a chip takes that back', async () => {
    await button('Filter').click();
    await panel.getByLabel('Site', { exact: true }).selectOption('localhost (1)');
    await expectListed(pools);
    await panel.getByRole('status').filter({ hasText: '1 page found' }).waitFor();
    await panel.getByRole('searchbox').fill('prisms');
    await panel.getByRole('status').filter({ hasText: 'No saved page has this.' }).waitFor();
    await button('Remove the filter “on localhost”').click();
    await panel.getByRole('list', { name: 'Pages that match' }).getByText(lens).waitFor();
    await panel.getByRole('searchbox').fill('');
    const today = new Date();
    const tomorrow = new Date(today.getFullYear(), today.getMonth(), today.getDate() + 1);
    const written = [tomorrow.getFullYear(), tomorrow.getMonth() + 1, tomorrow.getDate()].map((part) => String(part).padStart(2, '0'));
    await panel.getByLabel('Saved from').fill(written.join('-'));
    await expectListed();
    await panel.getByText('No saved page is like this.').waitFor();
    await button(/^Remove the filter/).click();
    await button('Filter').click();
    await expectListed(pools, paper, bread, lens);
  });

  test('is gone through with the keys: from the search box down, to the ends, and a page chosen by the space bar', async () => {
    const focused = () => panel.evaluate(() => document.activeElement?.textContent || document.activeElement?.getAttribute('aria-label'));
    await panel.getByRole('searchbox').focus();
    await panel.keyboard.press('ArrowDown');
    await expect.poll(focused).toContain(pools);
    await panel.keyboard.press('End');
    await expect.poll(focused).toContain(lens);
    await panel.keyboard.press('ArrowUp');
    await expect.poll(focused).toContain(bread);
    await panel.keyboard.press('Space');
    await panel.getByText('1 page selected').waitFor();
    expect(await row(bread).getByRole('checkbox').isChecked()).toBe(true);
    await panel.keyboard.press('Home');
    await expect.poll(focused).toContain(pools);
    await panel.keyboard.press('ArrowUp');
    await expect.poll(focused).toBe('Search your pages');
    await button('Select none').click();
  });
});

describe('A page', () => {
  test('keeps the note and the name that it was given when it is saved again, and is found by either name', async () => {
    await openActions(panel, lens);
    await button(`Rename “${lens}`).click();
    await panel.getByRole('textbox', { name: 'Name, or nothing for the page’s own' }).fill('Zwiebel of glass');
    await panel.keyboard.press('Enter');
    await row('Zwiebel of glass').waitFor();
    await openActions(panel, 'Zwiebel of glass');
    await button('Edit the note on “Zwiebel of glass”').click();
    await panel.getByRole('textbox', { name: 'Note, for yourself' }).fill('For the talk in May');
    await panel.getByRole('button', { name: 'Save', exact: true }).click();
    await row('Zwiebel of glass').getByText('For the talk in May').waitFor();

    await openView(panel, 'Ask');
    panel = await stage.openPanel('/essays/fresnel-lens');
    await button('Save it again').click();
    await expect.poll(async () => (await savedPages(panel)).find(({ note }) => note)?.capturedAt).toBeGreaterThan(Date.now() - 15_000);
    await openView(panel, 'Library');
    await row('Zwiebel of glass').getByText('For the talk in May').waitFor();
    for (const words of ['zwiebel', 'staircase']) {
      await panel.getByRole('searchbox').fill(words);
      await panel.getByRole('list', { name: 'Pages that match' }).getByText('Zwiebel of glass').waitFor();
    }
    await panel.getByRole('searchbox').fill('talk may');
    const byNote = panel.getByRole('list', { name: 'Pages that match' }).getByRole('listitem').filter({ hasText: 'Zwiebel of glass' });
    await expect.poll(() => byNote.locator('mark').allTextContents()).toEqual(['talk', 'May']);
    await panel.getByRole('searchbox').fill('');
    await openActions(panel, 'Zwiebel of glass');
    await button('Rename “Zwiebel of glass”').click();
    await panel.getByRole('textbox', { name: 'Name, or nothing for the page’s own' }).fill('');
    await panel.keyboard.press('Enter');
    await row(lens).waitFor();
  });

  test('that is deleted is gone from the list and from search, and back after Undo, though panel and worker were gone meanwhile', async () => {
    await deletePage(pools);
    await expectListed(paper, bread, lens);
    await panel.getByRole('searchbox').fill('barnacle');
    await panel.getByRole('status').filter({ hasText: 'No saved page has this.' }).waitFor();
    await stage.extension.killWorker();
    await openPanelAnew();
    await panel.getByText('1 page deleted').waitFor();
    await expectListed(paper, bread, lens);
    await panel.getByRole('button', { name: 'Undo', exact: true }).click();
    await expectListed(pools, paper, bread, lens);
    await panel.getByRole('searchbox').fill('barnacle');
    await panel.getByRole('list', { name: 'Pages that match' }).getByText(pools).waitFor();
  });

  test('that is deleted for good is gone from the disk, also when the worker dies first, and its citations say so', async () => {
    await openView(panel, 'Ask');
    const { sources } = await askQuestion(panel, 'How many barnacles are there on a square metre of Gannet Ledge?');
    const source = sources.find(({ title }) => title.startsWith(pools));
    expect(source).toBeDefined();
    await openView(panel, 'Library');
    await deletePage(pools);
    await button('Undo').waitFor();
    await stage.extension.killWorker();
    const reader = await stage.extension.openExtensionPage(`src/reader/index.html?page=${source?.pageId}`);
    await reader.getByText('This page is no longer in your library').waitFor();
    await reader.close();
    await button('Undo').waitFor({ state: 'detached' });
    await expect.poll(async () => (await readLibraryOnDisk(panel)).versions.length, { timeout: 15_000 }).toBe(3);
    await expectListed(paper, bread, lens);
  });
});

describe('Pages that are chosen', () => {
  test('are tagged and re-indexed together, and deleted together with one Undo', async () => {
    await row(paper).getByRole('checkbox').check();
    await button('Select all 3').click();
    await panel.getByText('3 pages selected').waitFor();
    await button('Add tags').click();
    await panel.getByRole('textbox', { name: 'Tags, separated by commas' }).fill('Together');
    await panel.keyboard.press('Enter');
    await expect.poll(() => panel.locator('.tag').allInnerTexts()).toEqual(['together', 'together', 'together']);
    const before = (await readLibraryOnDisk(panel)).passages.length;
    await button('Re-index').click();
    await expect.poll(async () => (await readLibraryOnDisk(panel)).passages.length).toBe(before);
    await panel.getByRole('searchbox').fill('separate prisms tag:together');
    await panel.getByRole('list', { name: 'Pages that match' }).getByText(lens).waitFor();
    await panel.getByRole('searchbox').fill('');
    await panel.getByRole('group', { name: 'Selected pages' }).getByRole('button', { name: 'Delete' }).click();
    await panel.getByText('3 pages deleted').waitFor();
    await panel.getByText('Nothing saved yet').waitFor();
    await panel.getByRole('button', { name: 'Undo', exact: true }).click();
    await expectListed(paper, bread, lens);
  });
});

test('What failed says why, and all of it is tried again at once', async () => {
  const { url, apiKey } = stage.models;
  await stage.extension.acceptRequestFor(url);
  await chooseModels(panel, { url, apiKey, chatModel: '', embeddingModel: 'test-embedding-small' });
  stage.models.fail({ kind: 'unknown-model', path: '/embeddings', times: 2 });
  for (const path of ['/news/harbour-tram', '/awkward/article?words=300']) {
    panel = await stage.openPanel(path);
    await panel.reload();
    await savePage(panel);
  }
  await openView(panel, 'Library');
  const failed = panel.getByRole('region', { name: 'Failed' });
  await expect.poll(() => failed.getByText('The model server does not know the chosen model.').count()).toBe(2);
  await row('Harbour tram').getByText('The model server does not know the chosen model.').waitFor();
  await failed.getByRole('button', { name: 'Try all again' }).click();
  await failed.waitFor({ state: 'detached' });
  await expect.poll(async () => (await savedPages(panel)).filter(({ embeddedWith }) => embeddedWith)).toHaveLength(2);
});
