import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SiteRule } from '../../src/core/capture/auto-save';
import type { PageId } from '../../src/core/pages/page';
import { deleteForGood, openView, sendFrom } from '../support/panel';
import { secretFields } from '../support/site/awkward-pages';
import { leaveFocusAlone } from './support/leave-focus-alone';
import { backdatePages, readLibraryOnDisk } from './support/library-on-disk';
import { openStage, type Stage } from './support/stage';

// Pages that are saved by themselves: only where, when and while the person said so.

const profile = mkdtempSync(join(tmpdir(), 'commonplace-auto-save-'));
let stage: Stage;
/** A tab with a file of the extension: from here it is asked and looked into. */
let lookout: Page;
let port: string;

/** Names for the test's own server, for its number is of an own network and never saved by itself. */
const flags = ['--host-resolver-rules=MAP *.example 127.0.0.1'];
const reading = 'reading.example';

beforeAll(async () => {
  stage = await openStage({ profile, flags });
  port = new URL(stage.site.url).port;
  await allow('http://*', 'https://*');
  await lookOut();
});

afterAll(async () => {
  await stage?.close();
  rmSync(profile, { recursive: true, force: true });
});

beforeEach(() => setRules([{ pattern: reading, action: 'save' }]));

afterEach(async () => {
  await stage.tab.goto('about:blank');
  await deleteForGood(
    send,
    (await onDisk()).pages.map(({ id }) => id),
  );
  await expect.poll(async () => (await onDisk()).pages).toEqual([]);
});

const send: ReturnType<typeof sendFrom> = (name, data) => sendFrom(lookout)(name, data);
const onDisk = () => readLibraryOnDisk(lookout);
const addressOf = (path: string, host = reading) => `http://${host}:${port}${path}`;
/** Other tests keep this machine busy. */
const soon = { timeout: 10_000 };
const article = (number: number) => `/awkward/article?words=300&n=${number}`;

/** Has the browser grant these origins without a question, should the extension ask for them. */
async function allow(...origins: string[]): Promise<void> {
  for (const origin of origins) await stage.extension.acceptRequestFor(origin);
}

async function lookOut(): Promise<void> {
  lookout = await stage.extension.openExtensionPage('manifest.json');
}

async function setRules(rules: readonly SiteRule[], readSeconds = 1, isOn = true): Promise<void> {
  await send('auto-save/write', { isOn, rules, readSeconds });
  // After that, for with the rule for all sites goes the access to each of them.
  await lookout.evaluate(
    (origins) => (globalThis as unknown as ExtensionGlobal).chrome.permissions.request({ origins }),
    rules.flatMap(({ pattern, action }) => (action === 'save' ? originsFor(pattern) : [])),
  );
  expect((await send('auto-save/write', { isOn, rules, readSeconds })).notAllowed).toEqual([]);
}

function originsFor(pattern: string): string[] {
  const host = pattern.split('/')[0] ?? '';
  return [host, ...(host.includes('*') ? [] : [`www.${host}`])].flatMap((each) => [`https://${each}/*`, `http://${each}/*`]);
}

const savedAddresses = async () => (await onDisk()).pages.map(({ canonicalUrl }) => canonicalUrl).sort();

async function expectSaved(...addresses: string[]): Promise<void> {
  await expect.poll(savedAddresses, { timeout: 15_000 }).toEqual([...addresses].sort());
  await expect.poll(async () => (await onDisk()).jobs, soon).toEqual([]);
}

/** Shows pages in tabs of their own, each of which is in view. Gives what makes sure of that, and closes them. */
async function showBeside(...addresses: string[]): Promise<() => Promise<void>> {
  const tabs: Page[] = [];
  for (const address of addresses) {
    const tab = await stage.extension.context.newPage();
    tabs.push(tab);
    await tab.goto(address);
  }
  return async () => {
    for (const tab of tabs) {
      expect(await tab.evaluate(() => document.visibilityState), tab.url()).toBe('visible');
      await tab.close();
    }
  };
}

/** Shows pages that must not be saved, and after them one that must: when that is there, the others, which were in view for longer, will not come. */
async function expectSavedButFor(saved: string, ...others: string[]): Promise<void> {
  const close = await showBeside(...others);
  await stage.tab.goto(saved);
  await expectSaved(saved);
  await close();
}

/** What the toolbar shows for the tab in front. */
async function badge(): Promise<{ text: string; title: string }> {
  const url = stage.tab.url();
  return lookout.evaluate(async (address) => {
    const { chrome } = globalThis as unknown as ExtensionGlobal;
    const tab = (await chrome.tabs.query({})).find((candidate) => candidate.url === address);
    if (!tab) return { text: '', title: '' };
    const details = { tabId: tab.id };
    const [text, title] = await Promise.all([chrome.action.getBadgeText(details), chrome.action.getTitle(details)]);
    return { text, title };
  }, url);
}

const registered = () =>
  lookout.evaluate(async () => {
    const scripts = await (globalThis as unknown as ExtensionGlobal).chrome.scripting.getRegisteredContentScripts();
    return scripts.flatMap(({ matches }) => matches).sort();
  });

describe('By the rules', () => {
  test('nothing is watched or saved while it is switched off', async () => {
    await setRules([{ pattern: reading, action: 'save' }], 1, false);
    expect(await registered()).toEqual([]);
    await stage.tab.goto(addressOf(article(1)));
    await sleep(2_500);
    expect(await savedAddresses()).toEqual([]);
    expect((await onDisk()).jobs).toEqual([]);
  });

  test('a page of a chosen site is saved after it was in view, and the toolbar says so', async () => {
    await stage.tab.goto(addressOf(article(2)));
    await expectSaved(addressOf(article(2)));
    await expect
      .poll(badge, soon)
      .toEqual({ text: '✓', title: expect.stringMatching(/^Commonplace: this page was saved on \w+ \d+, \d+$/) });
    await stage.tab.reload();
    await expect.poll(async () => (await badge()).text, { ...soon, message: 'at once, when it is seen again' }).toBe('✓');
  });

  test('a page that a rule reads while the person has it saved with its captions is not taken for what they asked for', async () => {
    const address = addressOf('/awkward/captioned');
    const late = async (route: Route) => {
      await sleep(4_000);
      await route.continue();
    };
    await stage.tab.route('**/awkward/captions', late);
    await stage.tab.goto(address);
    const tabId = await lookout.evaluate(
      async (url) => (await (globalThis as unknown as ExtensionGlobal).chrome.tabs.query({})).find((tab) => tab.url === url)?.id ?? -1,
      address,
    );
    await send('tab/save', { tabId });
    await expectSaved(address);
    const [page] = (await onDisk()).pages;
    expect((await send('page/read', { pageId: page?.id as PageId })).version.text).toContain('The pitch lap is pressed');
    await stage.tab.unroute('**/awkward/captions', late);
  });

  test('a page that was open before its site was chosen is saved too', async () => {
    await setRules([]);
    await stage.tab.goto(addressOf(article(3)));
    await setRules([{ pattern: reading, action: 'save' }]);
    await expectSaved(addressOf(article(3)));
  });

  test('only the named part of a site, and not what a more exact rule forbids', async () => {
    await setRules([
      { pattern: '*.reading.example/awkward', action: 'save' },
      { pattern: 'private.reading.example', action: 'never' },
    ]);
    await expectSavedButFor(
      addressOf(article(4), `open.${reading}`),
      addressOf('/essays/fresnel-lens'),
      addressOf(article(4), `private.${reading}`),
    );
  });

  test('with all sites chosen, everything but what is denied to all', async () => {
    await setRules([{ pattern: '*', action: 'save' }]);
    await expectSavedButFor(
      addressOf(article(5), 'essays.example'),
      addressOf(article(6), 'my-clinic.example'),
      `${stage.site.url}${article(6)}`,
      addressOf('/login'),
    );
    await setRules(['*', 'my-clinic.example'].map((pattern) => ({ pattern, action: 'save' })));
    await stage.tab.goto(addressOf(article(6), 'my-clinic.example'));
    await expectSaved(addressOf(article(5), 'essays.example'), addressOf(article(6), 'my-clinic.example'));
  });

  test.each(Object.keys(secretFields))('no page with a field of this kind: %s', async (kind) => {
    const address = addressOf(`/awkward/with-field?kind=${kind}`);
    await stage.tab.goto(address);
    await expect.poll(async () => (await badge()).title, soon).toContain('a field for a password or a card');
    expect(await savedAddresses()).toEqual([]);
    expect((await onDisk()).captures).toEqual([]);
  });

  test('a page with a field of another kind', async () => {
    await stage.tab.goto(addressOf('/awkward/with-field'));
    await expectSaved(addressOf('/awkward/with-field'));
  });

  test('nothing in a private window', async () => {
    const browser = stage.extension.context.browser();
    const hidden = await browser?.newContext();
    const page = await hidden?.newPage();
    await page?.goto(addressOf(article(7)));
    await expectSavedButFor(addressOf(article(999)), addressOf('/login'));
    await hidden?.close();
  });
});

describe('By the time in view', () => {
  test('time in the background does not count', async () => {
    const readSeconds = 4;
    await setRules([{ pattern: reading, action: 'save' }], readSeconds);
    const tab = await stage.extension.context.newPage();
    await leaveFocusAlone(tab);
    await tab.bringToFront();
    const shownAt = Date.now();
    await tab.goto(addressOf(article(10)));
    await sleep(500);
    await lookout.bringToFront();
    expect(await tab.evaluate(() => document.visibilityState)).toBe('hidden');
    // At most: it takes a moment to be shown.
    const inViewMs = Date.now() - shownAt;
    await sleep(readSeconds * 1_000 - inViewMs + 1_000);
    expect(await savedAddresses()).toEqual([]);
    const backAt = Date.now();
    await tab.bringToFront();
    await expectSaved(addressOf(article(10)));
    expect(Date.now() - backAt).toBeGreaterThanOrEqual(readSeconds * 1_000 - inViewMs);
    await tab.close();
  });

  test('each route of an application is a page, and a fragment is none', async () => {
    await setRules([{ pattern: reading, action: 'save' }], 2);
    await stage.tab.goto(addressOf('/awkward/application'));
    await stage.tab.locator('#go-1').click();
    await sleep(1_000);
    await stage.tab.locator('#note').click();
    await expectSaved(addressOf('/awkward/application?route=1'));
    await expect.poll(async () => (await badge()).text, soon).toBe('✓');
    await stage.tab.locator('#go-2').click();
    await expect.poll(async () => (await badge()).text, soon).toBe('');
    await expectSaved(addressOf('/awkward/application?route=1'), addressOf('/awkward/application?route=2'));
    const { versions } = await onDisk();
    expect(versions.map(({ text }) => /first|second/.exec(text)?.[0]).sort()).toEqual(['first', 'second']);
  });
});

describe('Again', () => {
  test('a page that has not changed is not saved', async () => {
    await stage.tab.goto(addressOf(article(20)));
    await expectSaved(addressOf(article(20)));
    await backdatePages(lookout, 2 * 3_600_000);
    const [before] = (await onDisk()).pages;
    await stage.tab.reload();
    await expectNotSavedAgain();
    expect((await onDisk()).pages[0]).toEqual(before);
  });

  test('a page that has changed is, and the toolbar says so; but not twice within an hour', async () => {
    await stage.tab.goto(addressOf('/awkward/changing'));
    await expectSaved(addressOf('/awkward/changing'));
    await backdatePages(lookout, 2 * 3_600_000);
    await stage.tab.reload();
    await expect.poll(async () => (await onDisk()).pages[0]?.version, { timeout: 10_000 }).toBe(2);
    await expect.poll(badge, soon).toEqual({ text: '±', title: expect.stringContaining('has changed since it was saved') });
    await stage.tab.reload();
    await expectNotSavedAgain();
    expect((await onDisk()).pages[0]?.version).toBe(2);
  });

  async function expectNotSavedAgain(): Promise<void> {
    await sleep(2_500);
    expect((await badge()).text).toBe('✓');
    expect((await onDisk()).jobs).toEqual([]);
  }
});

describe('Paused', () => {
  const pauseUntil = (pausedUntil: number) =>
    lookout.evaluate(async (time) => {
      const { local } = (globalThis as unknown as ExtensionGlobal).chrome.storage;
      const { autoSave } = await local.get('autoSave');
      await local.set({ autoSave: { ...autoSave, pausedUntil: time } });
    }, pausedUntil);

  test('nothing is saved, the toolbar says until when, and it goes on when told to', async () => {
    await send('auto-save/pause', { isPaused: true });
    await stage.tab.goto(addressOf(article(30)));
    await expect.poll(async () => (await badge()).text, soon).toBe('II');
    expect((await badge()).title).toMatch(/^Commonplace: saving by itself is paused until \d/);
    await sleep(2_500);
    expect(await savedAddresses()).toEqual([]);
    await send('auto-save/pause', { isPaused: false });
    await expect.poll(async () => (await badge()).text, soon).toBe('');
    await stage.tab.reload();
    await expectSaved(addressOf(article(30)));
  });

  test('goes on by itself, though the worker died in the meantime', async () => {
    await pauseUntil(Date.now() + 4_000);
    await stage.tab.goto(addressOf(article(31)));
    await expect.poll(async () => (await badge()).text, soon).toBe('II');
    await sleep(1_500);
    await stage.extension.killWorker();
    await expectSaved(addressOf(article(31)));
    await expect.poll(async () => (await badge()).text, soon).toBe('✓');
  });
});

describe('Whatever becomes of the browser', () => {
  test('a worker killed at any moment costs no page and saves none twice', { timeout: 180_000 }, async () => {
    const moments = [0, 300, 600, 900, 980, 1_000, 1_020, 1_040, 1_060, 1_100, 1_200];
    for (const [index, moment] of moments.entries()) {
      await stage.tab.goto(addressOf(article(40 + index)));
      await sleep(moment);
      await stage.extension.killWorker();
      // On the disk: as a page, or as a job that is tried again half a minute after its worker died.
      const kept = async () => new Set([...(await onDisk()).jobs, ...(await onDisk()).pages].map(({ canonicalUrl }) => canonicalUrl)).size;
      await expect.poll(kept, { timeout: 15_000, message: `killed after ${moment} ms` }).toBe(index + 1);
    }
    await expect.poll(savedAddresses, { timeout: 60_000 }).toHaveLength(moments.length);
    expect((await onDisk()).pages.map(({ version }) => version)).toEqual(moments.map(() => 1));
  });

  test('after a restart pages are watched as before', async () => {
    await stage.restart();
    await lookOut();
    expect(await registered()).toEqual(originsFor(reading).sort());
    await stage.tab.goto(addressOf(article(60)));
    await expectSaved(addressOf(article(60)));
  });

  test('a site that the browser no longer allows is not saved, its rule says so, and asking again mends it', async () => {
    await setRules([{ pattern: 'withdrawn.example', action: 'save' }]);
    const withdrawnOrigins = originsFor('withdrawn.example').map((pattern) => pattern.replace('/*', ''));
    for (const origin of withdrawnOrigins) await stage.extension.revokeOrigin(origin);
    await expect.poll(registered, soon).toEqual([]);
    const panel = await stage.extension.openExtensionPage('src/sidepanel/index.html');
    await openView(panel, 'Settings');
    const row = panel.getByRole('list', { name: 'Sites' }).getByRole('listitem');
    await row.getByText('Not saved: the browser does not let Commonplace read this site.').waitFor();
    await stage.tab.goto(addressOf(article(61), 'withdrawn.example'));
    await sleep(2_500);
    expect(await savedAddresses()).toEqual([]);

    await allow(...withdrawnOrigins);
    await row.getByText('Save by itself').waitFor();
    await lookout.evaluate(
      (origins) => (globalThis as unknown as ExtensionGlobal).chrome.permissions.remove({ origins }),
      originsFor('withdrawn.example'),
    );
    await row.getByText('Not saved: the browser does not let').waitFor();
    await panel.bringToFront();
    await row.getByRole('button', { name: 'Ask the browser again' }).click();
    await row.getByText('Save by itself').waitFor();
    await panel.close();
    await stage.tab.bringToFront();
    await expectSaved(addressOf(article(61), 'withdrawn.example'));
  });
});

describe('In Settings', () => {
  test('a person switches it on, adds a site, changes the time, and takes the site away again', async () => {
    await setRules([], 30, false);
    const panel = await stage.extension.openExtensionPage('src/sidepanel/index.html');
    await openView(panel, 'Settings');
    const section = panel.getByRole('region', { name: 'Saving by itself' });
    await section.getByRole('checkbox', { name: 'Save pages by themselves on sites that I choose' }).check();
    await section.getByText('No site has been chosen yet').waitFor();
    const form = section.getByRole('form', { name: 'Add a site' });
    await form.getByLabel('Site', { exact: true }).fill('not a site');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await form.getByText('This is not the name of a site.').waitFor();
    await form.getByLabel('Site', { exact: true }).fill(`https://${reading}/`);
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    const row = section.getByRole('listitem').filter({ hasText: reading });
    await row.getByText('Save by itself').waitFor();
    await section.getByLabel('Seconds in view').fill('2');
    await section.getByLabel('Seconds in view').press('Enter');
    await expect.poll(async () => (await send('auto-save/read', null)).readSeconds, soon).toBe(2);
    expect(await registered()).toEqual(originsFor(reading).sort());

    await section.getByRole('button', { name: 'Pause for an hour' }).click();
    await section.getByText(/^Paused until \d/).waitFor();
    await section.getByRole('button', { name: 'Go on' }).click();
    await section.getByRole('button', { name: 'Pause for an hour' }).waitFor();

    await row.getByRole('button', { name: `Remove the rule for ${reading}` }).click();
    await section.getByText('No site has been chosen yet').waitFor();
    expect(await registered()).toEqual([]);
    const granted = () =>
      lookout.evaluate(
        (origins) => (globalThis as unknown as ExtensionGlobal).chrome.permissions.contains({ origins }),
        [`http://${reading}/*`],
      );
    expect(await granted(), 'access is given back').toBe(false);
    await panel.close();
  });
});

interface ExtensionGlobal {
  readonly chrome: {
    readonly tabs: { query(filter: object): Promise<{ readonly id: number; readonly url?: string }[]> };
    readonly action: { getBadgeText(details: object): Promise<string>; getTitle(details: object): Promise<string> };
    readonly scripting: { getRegisteredContentScripts(): Promise<{ readonly matches: string[] }[]> };
    readonly permissions: {
      request(permissions: { origins: string[] }): Promise<boolean>;
      contains(permissions: { origins: string[] }): Promise<boolean>;
      remove(permissions: { origins: string[] }): Promise<boolean>;
    };
    readonly storage: {
      readonly local: { get(key: string): Promise<Record<string, object>>; set(values: Record<string, unknown>): Promise<void> };
    };
  };
}
