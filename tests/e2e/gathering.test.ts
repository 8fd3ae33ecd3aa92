import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, Worker } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page as SavedPage } from '../../src/core/pages/page';
import { libraryPath } from '../../src/protocol/panel-address';
import { askQuestion, openView, savedPages, savePage, sendFrom, startConversation } from '../support/panel';
import { captionedSentence, videoNote } from '../support/site/gathered-pages';
import { openStage, type Stage } from './support/stage';

// What is saved that is not the whole page in the tab: a selection, what is said in a video, a link, all tabs of a window.

let stage: Stage;
let panel: Page;
let profile: string;

beforeAll(async () => {
  profile = mkdtempSync(join(tmpdir(), 'commonplace-gathering-'));
  stage = await openStage({ profile });
  panel = await stage.openPanel('/');
});

afterAll(async () => {
  await stage?.close();
  rmSync(profile, { recursive: true, force: true });
});

/** What is waited for takes a moment, and more of one on a busy machine. */
const patiently = { timeout: 15_000 };

const card = () => panel.getByRole('region', { name: 'This page' });
const overview = () => sendFrom(panel)('library/overview', null);
const whenIdle = () => expect.poll(async () => (await overview()).inProgress, patiently).toEqual([]);
const pageAt = async (path: string) => (await savedPages(panel)).find(({ canonicalUrl }) => canonicalUrl === stage.site.url + path);
const textOf = async ({ id }: SavedPage) => (await sendFrom(panel)('page/read', { pageId: id })).version.text;

interface Selectable {
  readonly from: string;
  readonly to: string;
}

/** Selects from the beginning of the first words to the end of the last ones, each within one text of the page. */
async function select(words: Selectable): Promise<void> {
  await stage.tab.evaluate(({ from, to }) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let isStarted = false;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent ?? '';
      if (!isStarted && text.includes(from)) {
        range.setStart(node, text.indexOf(from));
        isStarted = true;
      }
      if (isStarted && text.includes(to)) {
        range.setEnd(node, text.indexOf(to) + to.length);
        break;
      }
    }
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
  }, words);
}

/** Opens the menu of a page and chooses an entry of the extension's, as far as the extension can tell. */
async function chooseFromMenu(entry: { menuItemId: string; linkUrl?: string }): Promise<void> {
  const [worker] = stage.extension.context.serviceWorkers() as [Worker];
  await worker.evaluate(async (info) => {
    const { chrome } = globalThis as unknown as MenuGlobal;
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    chrome.contextMenus.onClicked.dispatch(info, tab);
  }, entry);
}

interface MenuGlobal {
  readonly chrome: {
    readonly tabs: { query(query: object): Promise<object[]> };
    readonly contextMenus: { readonly onClicked: { dispatch(info: object, tab: object | undefined): void } };
  };
}

describe('A selection', () => {
  const path = '/essays/fresnel-lens';
  const words = { from: '1,014 separate prisms', to: '1,014 separate prisms' };

  /** @param count how many of the page are saved then */
  async function saveSelection(count: number): Promise<void> {
    // The pointer comes back to the panel, which looks what is selected by now.
    await panel.mouse.move(1, 1);
    await panel.mouse.move(200, 200);
    await panel.evaluate(() => document.documentElement.dispatchEvent(new PointerEvent('pointerenter')));
    await card().getByRole('button', { name: 'Save selection' }).click();
    await expect.poll(async () => (await pageAt(path))?.selections?.length, patiently).toBe(count);
    await whenIdle();
    await card()
      .getByText(/^Saved /)
      .waitFor();
  }

  test('is saved with the paragraph and the headings it stands in, and is underlined in the reader', async () => {
    panel = await stage.openPanel(path);
    await select(words);
    await saveSelection(1);
    const page = (await pageAt(path)) as SavedPage;
    expect(page).toMatchObject({ source: 'selection', version: 1 });
    const text = await textOf(page);
    expect(text.length).toBeLessThan(2_000);
    expect(text).toMatch(/^# /);
    const [selection] = page.selections ?? [];
    expect(text.slice(selection?.start, selection?.end)).toBe(words.from);
    const reader = await stage.extension.openExtensionPage(`src/reader/index.html?page=${page.id}`);
    await expect.poll(() => reader.locator('main u').allInnerTexts()).toEqual([words.from]);
    await reader.getByText('Only what you selected was saved').waitFor();
    await reader.close();
  });

  test('becomes part of its page: a second one beside it, and both in the whole page when that is saved', async () => {
    await select({ from: '3 March', to: '1974' });
    await saveSelection(2);
    await stage.tab.evaluate(() => getSelection()?.removeAllRanges());
    await card().getByRole('button', { name: 'Save it again' }).click();
    await expect.poll(async () => (await pageAt(path))?.source, patiently).toBeUndefined();
    await whenIdle();
    const page = (await pageAt(path)) as SavedPage;
    const text = await textOf(page);
    expect(text.length).toBeGreaterThan(3_000);
    expect(page.selections?.map(({ version, start, end }) => ({ version, words: text.slice(start, end) }))).toEqual([
      { version: page.version, words: words.from },
      { version: page.version, words: expect.stringMatching(/^3 March.*1974$/) },
    ]);
  });

  test('adds nothing to a page that has its words, but the mark', async () => {
    const before = (await pageAt(path)) as SavedPage;
    await select({ from: '1,014', to: 'separate' });
    await chooseFromMenu({ menuItemId: 'save-selection' });
    await expect.poll(async () => (await pageAt(path))?.selections?.length, patiently).toBe(3);
    expect(await pageAt(path)).toMatchObject({ version: before.version, passageCount: before.passageCount });
  });

  test('of nothing is refused in words', async () => {
    await stage.tab.evaluate(() => getSelection()?.removeAllRanges());
    await chooseFromMenu({ menuItemId: 'save-selection' });
    await card().getByText('No text is selected on this page').waitFor();
  });
});

describe('A video', () => {
  test('is saved with what is said in it, and a citation shows the time and opens there', async () => {
    panel = await stage.openPanel('/awkward/captioned');
    await savePage(panel);
    const page = (await pageAt('/awkward/captioned')) as SavedPage;
    expect(page.source).toBe('video');
    const text = await textOf(page);
    expect(text).toContain(videoNote);
    expect(text).toContain('Tonight we grind a mirror & polish it.');
    expect(text).not.toContain('Pechhaut');
    await startConversation(panel);
    const { sources } = await askQuestion(panel, 'How long is the pitch lap pressed?');
    expect(sources[0]?.quotation).toContain(captionedSentence);
    const seconds = sources[0]?.locator?.seconds as number;
    expect(sources[0]?.liveUrl).toBe(`${stage.site.url}/awkward/captioned#t=${Math.floor(seconds)}`);
    await panel
      .getByRole('article')
      .last()
      .getByText(/ · \d+:\d\d/)
      .first()
      .waitFor();
  });

  test('of a player that names its captions in a script is filed as that video, without what else could be watched', async () => {
    panel = await stage.openPanel('/awkward/player?list=7&v=mirror-01&t=30s');
    await savePage(panel);
    const page = (await pageAt('/awkward/player?v=mirror-01')) as SavedPage;
    expect(page).toMatchObject({ source: 'video', title: 'How a mirror is ground', byline: 'Marta Lindqvist' });
    const text = await textOf(page);
    expect(text).toContain('A lecture in three parts.');
    expect(text).toContain(captionedSentence);
    expect(text).not.toContain('Another video');
    await startConversation(panel);
    const { sources } = await askQuestion(panel, 'What leaves the mirror bright? silver nitrate');
    const found = sources.find(({ pageId }) => pageId === page.id);
    expect(found?.liveUrl).toMatch(/\/awkward\/player\?list=7&v=mirror-01&t=\d+s$/);
    expect(
      stage.site.requests.filter(({ path, query }) => path === '/awkward/captions' && query.includes('lang=en')).map(({ query }) => query),
    ).toEqual(['?lang=en&fmt=vtt']);
  });

  test('whose captions do not come is saved as any page is', async () => {
    panel = await stage.openPanel('/awkward/mute-video');
    await savePage(panel);
    const page = (await pageAt('/awkward/mute-video')) as SavedPage;
    expect(page.source).toBeUndefined();
    expect(await textOf(page)).toContain(videoNote);
  });
});

describe('A link', () => {
  const path = '/kitchen/sourdough';

  test('is not fetched when its site is not allowed, and it is said why', async () => {
    panel = await stage.openPanel('/');
    const { length } = stage.site.requests;
    await chooseFromMenu({ menuItemId: 'save-link', linkUrl: `${stage.site.url}${path}` });
    await card().getByText('The browser was not allowed to read there').waitFor();
    expect(stage.site.requests.slice(length)).toEqual([]);
  });

  test('is saved without being opened, fetched once, as a stranger', async () => {
    await stage.tab.goto(`${stage.site.url}/awkward/sign-in`);
    await stage.extension.grantOrigin(stage.site.url);
    const tabs = stage.extension.context.pages().length;
    const { length } = stage.site.requests;
    await chooseFromMenu({ menuItemId: 'save-link', linkUrl: `${stage.site.url}${path}` });
    await expect.poll(() => pageAt(path), patiently).toMatchObject({ title: 'Sourdough fermentation, hour by hour' });
    expect(await textOf((await pageAt(path)) as SavedPage)).toContain('26 degrees Celsius');
    const fetched = stage.site.requests.slice(length);
    expect(fetched.map((request) => request.path)).toEqual([path]);
    expect(fetched[0]?.headers).not.toHaveProperty('cookie');
    expect(stage.extension.context.pages()).toHaveLength(tabs);
  });

  test('that leads nowhere is refused in words', async () => {
    await chooseFromMenu({ menuItemId: 'save-link', linkUrl: `${stage.site.url}/awkward/no-such-page` });
    const notice = card().getByRole('alert');
    await notice.getByText('404').waitFor();
    expect(await notice.getByRole('button').count(), 'the page in the tab is not what was to be saved').toBe(0);
    expect(await pageAt('/awkward/no-such-page')).toBeUndefined();
    await stage.extension.revokeOrigin(stage.site.url);
  });
});

describe('All tabs of the window', () => {
  const paths = ['/docs/retries', '/field/tide-pools', '/ja/washi'];
  const words = () => panel.getByRole('region', { name: 'Save all tabs in this window' });

  test('are saved with access to their sites alone, each with what became of it, and the access is given back', async () => {
    await restartAllowed('tabs');
    panel = await stage.openPanel('/field/tide-pools');
    await savePage(panel);
    for (const path of paths.filter((path) => path !== '/field/tide-pools')) {
      const tab = await stage.extension.context.newPage();
      await tab.goto(stage.site.url + path);
    }
    const own = await stage.extension.context.newPage();
    await own.goto('chrome://version');
    await stage.extension.acceptRequestFor(stage.site.url);
    const before = await allowed();
    const { length } = stage.site.requests;

    await openView(panel, 'Library');
    await panel.getByRole('button', { name: 'Save all tabs' }).click();
    await words().getByText('Commonplace needs to see their addresses').waitFor();
    await words().getByRole('button', { name: 'Continue' }).click();
    await words().getByText('Commonplace needs access to this site').waitFor();
    expect(await words().getByRole('listitem').allInnerTexts()).toEqual([new URL(stage.site.url).hostname]);
    expect(await allowed()).toEqual({ ...before, permissions: [...before.permissions, 'tabs'].toSorted() });
    await words().getByRole('button', { name: 'Save 4 tabs' }).click();
    await words().getByText('2 of 4 tabs saved').waitFor();

    const results = await words().getByRole('listitem').allInnerTexts();
    expect(results).toHaveLength(4);
    expect(results.filter((text) => text.includes('Saved before'))).toEqual([expect.stringContaining('Life between the tides')]);
    expect(results.filter((text) => text.includes('The browser keeps this page closed'))).toHaveLength(1);
    await whenIdle();
    for (const path of paths) expect(await pageAt(path), path).toBeDefined();
    expect(stage.site.requests.slice(length), 'nothing is fetched again').toEqual([]);
    expect(await allowed()).toEqual(before);
  });

  test('keep what was lent to their panel when another closes, and lose it when theirs closes', async () => {
    const locks = () =>
      panel.evaluate(async () =>
        ((await navigator.locks.query()).held ?? []).flatMap(({ name }) => (name?.startsWith('panel:') ? [name] : [])),
      );
    await stage.extension.revokeOrigin(stage.site.url);
    const before = await allowed();
    const knownLocks = await locks();
    const borrower = await stage.extension.openExtensionPage(libraryPath(''));
    await expect.poll(async () => (await locks()).length, patiently).toBe(knownLocks.length + 1);
    const holder = `${(await locks()).find((name) => !knownLocks.includes(name))}:1`;
    const other = await stage.extension.openExtensionPage(libraryPath(''));
    await expect.poll(async () => (await locks()).length, patiently).toBe(knownLocks.length + 2);

    const wanted = { origins: ['http://127.0.0.1/*'], permissions: [] };
    await sendFrom(borrower)('access/borrow', { holder, wanted, missing: wanted });
    await stage.extension.grantOrigin(stage.site.url);
    const whileLent = await allowed();
    expect(whileLent).not.toEqual(before);
    await other.close();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await allowed()).toEqual(whileLent);
    await borrower.close();
    await expect.poll(allowed, patiently).toEqual(before);
  });

  /** What the extension may do just now. */
  async function allowed(): Promise<{ origins: string[]; permissions: string[] }> {
    const all = await panel.evaluate(() => (globalThis as unknown as PermissionsGlobal).chrome.permissions.getAll());
    return { origins: all.origins ?? [], permissions: (all.permissions ?? []).toSorted() };
  }
});

interface PermissionsGlobal {
  readonly chrome: { readonly permissions: { getAll(): Promise<{ origins?: string[]; permissions?: string[] }> } };
}

/** Starts the browser again with a permission said yes to beforehand, as it is remembered in the profile: a prompt could not be answered here. */
async function restartAllowed(permission: string): Promise<void> {
  const { extensionId } = stage.extension;
  await stage.extension.close();
  const file = join(profile, 'Default', 'Preferences');
  const preferences = JSON.parse(readFileSync(file, 'utf8')) as Preferences;
  const settings = preferences.extensions?.settings?.[extensionId];
  if (!settings) throw new Error('The profile does not know the extension.');
  const { api = [], ...granted } = settings.runtime_granted_permissions ?? {
    explicit_host: [],
    manifest_permissions: [],
    scriptable_host: [],
  };
  settings.runtime_granted_permissions = { ...granted, api: [...api, permission] };
  writeFileSync(file, JSON.stringify(preferences));
  await stage.restart();
}

interface Preferences {
  readonly extensions?: { readonly settings?: Record<string, { runtime_granted_permissions?: GrantedPermissions } | undefined> };
}

interface GrantedPermissions {
  readonly api?: readonly string[];
  readonly explicit_host: readonly string[];
  readonly manifest_permissions: readonly string[];
  readonly scriptable_host: readonly string[];
}
