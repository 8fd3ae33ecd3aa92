import { describe, expect, it } from 'vitest';
import { autoSaver, type WatchedTab } from '../../../src/background/auto-save/auto-save';
import type { PageState } from '../../../src/background/capture/badge';
import { hashText } from '../../../src/background/ingest/hash-text';
import { type AutoSaveSettings, defaultAutoSaveSettings, shortestRevisionMs } from '../../../src/core/capture/auto-save';
import type { PageId } from '../../../src/core/pages/page';
import { capturedPage } from '../../support/captured-page';
import { temporaryLibrary } from '../../support/temporary-library';

const url = 'https://lamps.example/oil';
const page = capturedPage('Oil lamps burn oil.');
const tab: WatchedTab = { id: 7, url, isPrivate: false };
const savedAt = 5_000;

async function setUp(settings: Partial<AutoSaveSettings> = {}, { secret = false, now = savedAt + shortestRevisionMs } = {}) {
  const library = await temporaryLibrary();
  const asked: number[] = [];
  const shown: PageState[] = [];
  const state = {
    now,
    secret,
    settings: { ...defaultAutoSaveSettings, isOn: true, rules: [{ pattern: 'lamps.example', action: 'save' as const }], ...settings },
  };
  const saver = autoSaver({
    readSettings: async () => state.settings,
    openLibrary: async () => library,
    requestCapture: async (tabId) => void asked.push(tabId),
    hasSecretField: async () => state.secret,
    showState: async (_, shownState) => void shown.push(shownState),
    now: () => state.now,
  });
  const savePage = async (text: string) => {
    const id = 'page' as PageId;
    const { markdown: _, ...described } = page;
    await library.put('pages', { ...described, id, addresses: [url], savedAt, capturedAt: savedAt, version: 1, passageCount: 1 });
    await library.put('versions', { pageId: id, version: 1, text, contentHash: await hashText(text), capturedAt: savedAt });
  };
  return { saver, asked, shown, state, savePage };
}

describe('A page that comes into view', () => {
  it('is to be in view for as long as was set', async () => {
    const { saver, shown } = await setUp({ readSeconds: 12 });
    expect(await saver.shown({ url }, tab)).toEqual({ askAfterMs: 12_000 });
    expect(shown).toEqual([{ name: 'none' }]);
  });

  it('is left alone in a private window, elsewhere, and while nothing is to be saved', async () => {
    const { saver, asked, shown, state } = await setUp();
    expect(await saver.shown({ url }, { ...tab, isPrivate: true })).toEqual({ askAfterMs: null });
    expect(await saver.read({ url, hasSecretField: false }, { ...tab, isPrivate: true })).toEqual({ askAfterMs: null });
    expect(await saver.shown({ url: 'https://other.example/' }, { ...tab, url: 'https://other.example/' })).toEqual({ askAfterMs: null });
    state.settings = { ...state.settings, isOn: false };
    expect(await saver.read({ url, hasSecretField: false }, tab)).toEqual({ askAfterMs: null });
    expect([asked, shown]).toEqual([[], []]);
  });

  it('cannot pass for a page of another site', async () => {
    const { saver, asked } = await setUp();
    expect(await saver.read({ url, hasSecretField: false }, { ...tab, url: 'https://liar.example/' })).toEqual({ askAfterMs: null });
    expect(asked).toEqual([]);
  });

  it('is said to be saved if it is, and not asked for again within the hour', async () => {
    const { saver, shown, state, savePage } = await setUp({}, { now: savedAt + 1_000 });
    await savePage('Oil lamps burn oil.');
    expect(await saver.shown({ url }, tab)).toEqual({ askAfterMs: null });
    state.now = savedAt + shortestRevisionMs;
    expect(await saver.shown({ url }, tab)).toEqual({ askAfterMs: 30_000 });
    expect(shown).toEqual([
      { name: 'saved', time: savedAt },
      { name: 'saved', time: savedAt },
    ]);
  });
});

describe('A page that was read', () => {
  it('is captured', async () => {
    const { saver, asked } = await setUp();
    expect(await saver.read({ url, hasSecretField: false }, tab)).toEqual({ askAfterMs: null });
    expect(asked).toEqual([7]);
  });

  it('is not captured with a field for a password on it, which the toolbar says', async () => {
    const { saver, asked, shown } = await setUp();
    await saver.read({ url, hasSecretField: true }, tab);
    expect(asked).toEqual([]);
    expect(shown).toEqual([{ name: 'secret' }]);
  });

  it('asks again at the end of a pause, and in a long one each minute', async () => {
    const { saver, asked, state } = await setUp({ pausedUntil: 100_000 }, { now: 10_000 });
    expect(await saver.read({ url, hasSecretField: false }, tab)).toEqual({ askAfterMs: 60_000 });
    state.now = 70_000;
    expect(await saver.read({ url, hasSecretField: false }, tab)).toEqual({ askAfterMs: 30_000 });
    expect(asked).toEqual([]);
    state.now = 100_000;
    expect(await saver.read({ url, hasSecretField: false }, tab)).toEqual({ askAfterMs: null });
    expect(asked).toEqual([7]);
  });
});

describe('What was captured', () => {
  it('is stored if it is new or has changed', async () => {
    const { saver, savePage, state } = await setUp();
    expect(await saver.accept(page, tab)).toEqual({ name: 'saved', time: state.now });
    await savePage('Oil lamps burnt oil.');
    expect(await saver.accept(page, tab)).toEqual({ name: 'changed', time: savedAt });
  });

  it('is not stored if it is what is saved already, or was saved within the hour', async () => {
    const { saver, savePage, state, shown } = await setUp();
    await savePage(page.markdown);
    expect(await saver.accept(page, tab)).toBeUndefined();
    await savePage('Oil lamps burnt oil.');
    state.now = savedAt + shortestRevisionMs - 1;
    expect(await saver.accept(page, tab)).toBeUndefined();
    expect(shown.map(({ name }) => name)).toEqual(['saved', 'saved']);
  });

  it('is not stored if in the meantime a field for a password appeared, the rules changed, a pause began or the route is another', async () => {
    const { saver, state } = await setUp();
    state.secret = true;
    expect(await saver.accept(page, tab)).toBeUndefined();
    state.secret = false;
    const { settings } = state;
    state.settings = { ...settings, pausedUntil: state.now + 1 };
    expect(await saver.accept(page, tab)).toBeUndefined();
    state.settings = { ...settings, rules: [] };
    expect(await saver.accept(page, tab)).toBeUndefined();
    state.settings = settings;
    expect(await saver.accept({ ...page, url: `${url}/login` }, tab)).toBeUndefined();
    expect(await saver.accept(page, tab)).toBeDefined();
  });
});
