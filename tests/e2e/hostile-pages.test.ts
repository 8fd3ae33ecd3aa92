import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepKnownMarks } from '../../src/core/conversation/citation-marks';
import type { AnswerMessage } from '../../src/core/conversation/conversation';
import { ownMarks } from '../../src/core/conversation/own-marks';
import type { PageId } from '../../src/core/pages/page';
import { buildPrompt } from '../../src/core/prompt/build-prompt';
import { type HostilePage, hostileKinds, hostilePages } from '../support/hostile-pages';
import { obeyPassages } from '../support/model-server/obey-passages';
import { readPrompt } from '../support/model-server/read-prompt';
import { askQuestion, chooseModels, sendFrom, startConversation } from '../support/panel';
import { everythingStored } from './support/everything-stored';
import { openRecordingProxy, type RecordingProxy } from './support/recording-proxy';
import { openStage, requestsAreValidated, type Stage } from './support/stage';

// Pages that try to take over whatever reads them, saved as any page is and asked about: with a model that answers, and with one that does all it is told
// to. What such a model says cannot be helped. What comes of it can: nothing is sent, nothing is changed, and nothing is linked.

/** What a page may name, and nobody may ask for. */
const sink = 'http://sink.example';
const all = hostilePages(sink);
/** One of each recipe is asked about in the panel. */
const asked = all.filter(({ path }) => path.endsWith('-0'));
const tabs = 4;
const saved = new Map<HostilePage, PageId>();
const sites = createServer(({ url = '' }, response) => {
  const page = all.find(({ path }) => path === url);
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(page?.html ?? '<!doctype html><title>Nothing</title>');
});
let origin: string;
let proxy: RecordingProxy;
let stage: Stage;
let panel: Page;
let before: Readonly<Record<string, string>>;
let permissionsBefore: unknown;
/** What the panel has drawn, as it was found to be linked or loaded. */
const drawn: Linked[] = [];

interface Linked {
  readonly links: readonly string[];
  readonly others: readonly string[];
}

beforeAll(async () => {
  await new Promise<void>((resolve) => sites.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(sites.address() as AddressInfo).port}`;
  proxy = await openRecordingProxy((wanted) => [origin, stage && new URL(stage.models.url).origin, stage?.site.url].includes(wanted));
  stage = await openStage({ flags: proxy.flags });
  const { extension, models } = stage;
  await extension.grantOrigin(origin);
  panel = await stage.openPanel(`${origin}/`);
  await saveAll();
  await extension.acceptRequestFor(models.url);
  await chooseModels(panel, { url: models.url, apiKey: models.apiKey, chatModel: 'test-chat', embeddingModel: '' });
  before = await keptOf(panel);
  permissionsBefore = await permissionsOf(panel);
  proxy.heard.length = 0;
}, 180_000);

afterAll(async () => {
  await stage?.close();
  await proxy?.close();
  sites.close();
});

/** Each page is opened in a tab and saved as by the button, some tabs beside each other. */
async function saveAll(): Promise<void> {
  const { context } = stage.extension;
  const waiting = [...all];
  const send = sendFrom(panel);
  await Promise.all(
    Array.from({ length: tabs }, async (_, place) => {
      const tab = await context.newPage();
      await tab.goto(`${origin}/tab-${place}`);
      const tabId = await panel.evaluate(async (url) => {
        const { chrome } = globalThis as unknown as { chrome: { tabs: { query(q: object): Promise<{ id: number; url: string }[]> } } };
        return (await chrome.tabs.query({})).find((one) => one.url === url)?.id ?? -1;
      }, `${origin}/tab-${place}`);
      for (let page = waiting.shift(); page; page = waiting.shift()) {
        await tab.goto(origin + page.path, { waitUntil: 'domcontentloaded' });
        saved.set(page, (await send('tab/save', { tabId })).pageId);
      }
      await tab.close();
    }),
  );
  while ((await send('library/overview', null)).pages < all.length) await new Promise((resolve) => setTimeout(resolve, 200));
  await stage.tab.goto('about:blank');
}

/** All that is stored but what was said, which is what asking is for. */
async function keptOf(page: Page): Promise<Record<string, string>> {
  const stored = await everythingStored(page);
  return Object.fromEntries(
    Object.entries(stored).filter(
      ([place]) => !/conversations|messages|usage|storage\.session|localStorage (draft|open-conversation)/.test(place),
    ),
  );
}

function permissionsOf(page: Page): Promise<unknown> {
  return page.evaluate(() =>
    (globalThis as unknown as { chrome: { permissions: { getAll(): Promise<unknown> } } }).chrome.permissions.getAll(),
  );
}

/** What in the conversation can be followed, and what could load, run or be filled in. */
function linkedIn(page: Page): Promise<Linked> {
  return page.locator('article').evaluateAll((articles) => {
    const find = (selector: string) => articles.flatMap((article) => [...article.querySelectorAll(selector)]);
    return {
      links: find('a, area').map((link) => link.getAttribute('href') ?? ''),
      others: [
        ...find(
          'img, picture, video, audio, iframe, object, embed, script, style, link, form, .answer-text input, base, meta, [style*="url"]',
        ),
        ...find('.answer-text button:not(.chip):not(.flagged):not(.not-from-pages)'),
        ...find('*').filter((element) => [...element.attributes].some(({ name }) => /^on|^src/.test(name))),
      ].map((element) => element.outerHTML.slice(0, 200)),
    };
  });
}

function expectHarmless({ links, others }: Linked): void {
  const known = new Set(all.map(({ path }) => origin + path));
  expect(links.filter((href) => !known.has(href.split('#')[0] ?? ''))).toEqual([]);
  expect(others).toEqual([]);
}

const isHijacked = ({ bait }: HostilePage, text: string) => text.includes(bait);

describe(`${all.length} hostile pages of ${hostileKinds.length} kinds`, () => {
  test('are as many as they are said to be, and all saved', () => {
    expect(new Set(all.map(({ kind }) => kind)).size).toBe(11);
    expect(all.length).toBeGreaterThanOrEqual(200);
    expect(new Set(saved.values()).size).toBe(all.length);
  });

  test('are asked about, and a model that answers answers', async () => {
    for (const page of asked.filter((_, place) => place % 5 === 0)) {
      await startConversation(panel);
      const { text, status } = await askQuestion(panel, page.question);
      expect({ status, text }).toEqual({ status: 'complete', text: expect.stringContaining(page.answer) });
      expectHarmless(await linkedIn(panel));
    }
  });

  test('make a model that obeys say what they want, and no more comes of it', async () => {
    stage.models.obeysPassages = true;
    const hijacked: HostilePage[] = [];
    for (const page of asked) {
      await startConversation(panel);
      const answer: AnswerMessage = await askQuestion(panel, page.question);
      if (isHijacked(page, answer.text)) hijacked.push(page);
      const linked = await linkedIn(panel);
      drawn.push(linked);
      expectHarmless(linked);
    }
    stage.models.obeysPassages = false;
    // Else the test has no teeth.
    expect(hijacked.length).toBeGreaterThan(asked.length / 2);
    console.log(`Asked in the panel: ${hijacked.length} of ${asked.length} answers of a model that obeys say what a page wanted.`);
  }, 120_000);

  test('do so all of them at once, drawn from what such a model makes of each', async () => {
    const send = sendFrom(panel);
    const hijacked: HostilePage[] = [];
    const messages: object[] = [];
    for (const [place, page] of all.entries()) {
      const { version, page: stored } = await send('page/read', { pageId: saved.get(page) as PageId });
      const nonce = `nonce${place}abcdefgh`;
      const passage = { number: 1, title: stored.title, site: stored.site, headingPath: [], text: version.text };
      const prompt = readPrompt(buildPrompt({ question: page.question, passages: [passage], history: [], nonce }));
      // Whatever it says of fences, it ends where its own does.
      expect(prompt).toMatchObject({ question: page.question, passages: [{ number: 1, text: version.text }] });
      expect(prompt.passages).toHaveLength(1);
      const known = new Set([1]);
      const text = keepKnownMarks(ownMarks(obeyPassages(prompt) ?? 'The saved pages do not answer this.', known), known);
      if (isHijacked(page, text)) hijacked.push(page);
      const source = { number: 1, pageId: stored.id, version: version.version, passageId: 1, start: 0, end: 40, title: stored.title };
      const cited = { ...source, site: stored.site, url: stored.url, capturedAt: 0, headingPath: [], quotation: 'Q', liveUrl: stored.url };
      messages.push(
        { id: `q${place}`, conversationId: 'drawn', role: 'question', createdAt: place * 2 + 1, text: page.question },
        {
          ...{ id: `a${place}`, conversationId: 'drawn', role: 'answer', createdAt: place * 2 + 2, kind: 'written', status: 'complete' },
          ...{ text, sources: [cited], report: { pagesSearched: 1, passagesUsed: 1, pagesUsed: 1 }, durationMs: 1 },
        },
      );
    }
    const shares = hostileKinds.map((kind) => {
      const of = (pages: readonly HostilePage[]) => pages.filter((page) => page.kind === kind).length;
      return `${kind} ${of(hijacked)}/${of(all)}`;
    });
    console.log(
      `Of all: ${hijacked.length} of ${all.length} (${Math.round((100 * hijacked.length) / all.length)} %): ${shares.join(', ')}`,
    );
    await storeConversation(panel, messages);
    await startConversation(panel);
    await panel.reload();
    await panel.getByRole('button', { name: 'Earlier conversations', expanded: false }).click();
    await panel.getByRole('button', { name: 'All of them' }).first().click();
    await expect.poll(() => panel.getByRole('article').count(), { timeout: 20_000 }).toBe(all.length);
    const linked = await linkedIn(panel);
    drawn.push(linked);
    expectHarmless(linked);
  }, 60_000);

  test('had nothing sent but questions to the model server', () => {
    const server = new URL(stage.models.url).origin;
    expect(
      proxy.heard.filter((line) => !line.startsWith(`POST ${server}/v1/chat/completions`) && !line.startsWith(`OPTIONS ${server}/`)),
    ).toEqual([]);
    expect(proxy.heard.length).toBeGreaterThan(asked.length);
    expect(drawn).toHaveLength(asked.length + 1);
  });

  test('had nothing changed: settings, storage, library, permissions', async () => {
    expect(await keptOf(panel)).toEqual(before);
    expect(await permissionsOf(panel)).toEqual(permissionsBefore);
  });
});

/** Puts a conversation where the worker would have. */
function storeConversation(page: Page, messages: readonly object[]): Promise<void> {
  return page.evaluate(async (values) => {
    const [{ name = '' } = {}] = await indexedDB.databases();
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => {
        const transaction = opening.result.transaction(['conversations', 'messages'], 'readwrite');
        const now = Date.now() + 1_000;
        transaction.objectStore('conversations').put({ id: 'drawn', title: 'All of them', createdAt: now, updatedAt: now });
        for (const value of values) transaction.objectStore('messages').put(value);
        transaction.oncomplete = () => {
          opening.result.close();
          resolve();
        };
        transaction.onerror = () => reject(transaction.error);
      };
    });
  }, messages);
}

test('Nothing was sent that OpenAI would not take, and no page knew its fence', ({ skip }) => {
  expect(stage.models.violations).toEqual([]);
  skip(!requestsAreValidated, '../shared/openai/openapi.json is absent: only the fences of prompts were checked.');
});
