import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { PageId } from '../../src/core/pages/page';
import { askQuestion, deleteForGood, savePage, sendFrom, startConversation } from '../support/panel';
import { type Gateway, openGateway } from './support/gateway';
import { lastChat } from './support/last-chat';
import { findHalves, type LibraryOnDisk, readLibraryOnDisk } from './support/library-on-disk';
import { openStage, requestsAreValidated, type Stage } from './support/stage';

// Nothing that was saved or asked is lost, whenever the worker or the whole browser dies.

const profile = mkdtempSync(join(tmpdir(), 'commonplace-durability-'));
let stage: Stage;
/** Stands before the model server. */
let gateway: Gateway;
/** A tab with a file of the extension, from which to look at the library without waking the worker. */
let lookout: Page;

beforeAll(async () => {
  stage = await openStage({ profile });
  gateway = await openGateway(stage.models.url);
  lookout = await stage.extension.openExtensionPage('manifest.json');
  await stage.extension.grantOrigin(gateway.url);
  await useModels({ embeddingModel: 'test-embedding-small' });
});

afterAll(async () => {
  await gateway?.close();
  await stage?.close();
  rmSync(profile, { recursive: true, force: true });
});

afterEach(async () => {
  gateway.letAllGo();
  stage.models.requests.length = 0;
  await deleteForGood(
    sendFrom(lookout),
    (await onDisk()).pages.map(({ id }) => id),
  );
  await expect.poll(async () => (await onDisk()).passages.length, { timeout: 20_000 }).toBe(0);
});

/** 64 passages go into one request for vectors: this is four of them. */
const longArticle = (number: number) => `/awkward/article?words=40000&n=${number}`;
const batchesOfLongArticle = 4;

const onDisk = () => readLibraryOnDisk(lookout);
const pageAt = ({ pages }: LibraryOnDisk, path: string) => pages.filter(({ url }) => url === stage.site.url + path);

/** Waits until a page is in the library and nothing is left to do, and fails if it is ever there in part. */
async function expectToBecomeSearchable(path: string, timeoutMs = 30_000): Promise<void> {
  await expect
    .poll(
      async () => {
        const library = await onDisk();
        expect(findHalves(library)).toEqual([]);
        return { pages: pageAt(library, path).length, jobs: library.jobs.length, captures: library.captures.length };
      },
      { timeout: timeoutMs, interval: 20 },
    )
    .toEqual({ pages: 1, jobs: 0, captures: 0 });
}

/** Each of the texts that vectors were paid for, once or more. */
function paidTexts(): string[] {
  const answered = stage.models.requests.filter(({ path, status }) => path === '/embeddings' && status === 200);
  return answered.flatMap(({ body }) => (body as { input: string[] }).input);
}

function expectNothingPaidTwice(): void {
  const texts = paidTexts();
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.length - new Set(texts).size).toBe(0);
}

/** Sets models without the form, which needs a panel. */
async function useModels({ embeddingModel }: { readonly embeddingModel: string }): Promise<void> {
  const settings = { baseUrl: gateway.url, chatModel: 'test-chat', embeddingModel, contextTokens: 6_000 };
  await sendFrom(lookout)('settings/write', { settings, apiKey: stage.models.apiKey ?? '' });
}

describe('A worker killed while a page is on its way, with no panel open', () => {
  async function saveAndKillDuringFirstBatch(path: string): Promise<void> {
    gateway.hold('/embeddings');
    await stage.tab.goto(stage.site.url + path);
    await stage.extension.pressShortcut(stage.tab, 'save-page');
    await expect.poll(() => gateway.held, { timeout: 20_000 }).toBe(1);
    await stage.extension.killWorker();
    await expect.poll(() => gateway.held).toBe(0);
    gateway.letAllGo();
    expect(await stage.extension.workerIsRunning()).toBe(false);
    expect(pageAt(await onDisk(), path)).toEqual([]);
  }

  test('is woken by the alarm, and goes on by itself within 35 s', async () => {
    const path = longArticle(1);
    await saveAndKillDuringFirstBatch(path);
    const killedAt = Date.now();
    await expect.poll(() => stage.extension.workerIsRunning(), { timeout: 40_000, interval: 100 }).toBe(true);
    expect(Date.now() - killedAt).toBeLessThanOrEqual(35_000);
    await expectToBecomeSearchable(path);
    expectNothingPaidTwice();
  });

  test('goes on within a second when the panel is opened', async () => {
    const path = longArticle(2);
    await saveAndKillDuringFirstBatch(path);
    const openedAt = Date.now();
    await stage.extension.openSidePanel(stage.tab);
    await expect.poll(() => stage.models.requests.length, { interval: 20 }).toBeGreaterThan(0);
    // A second is promised; another is for the browser to draw the panel on a busy machine.
    expect((stage.models.requests[0]?.time ?? 0) - openedAt).toBeLessThan(2_000);
    await expectToBecomeSearchable(path);
    expectNothingPaidTwice();
  });
});

describe('A worker killed while a page is on its way, under an open panel', () => {
  let panel: Page;

  beforeAll(async () => {
    panel = await stage.openPanel('/');
  });

  const openAndSave = async (path: string) => {
    panel = await stage.openPanel(path);
    await panel.getByRole('button', { name: 'Save this page' }).click();
  };
  /** What opening a panel does: it speaks to the worker, which goes on with its queue. */
  const openPanelAnew = () => panel.reload();

  /** The pages of this test all say the same. Looks for them by words, for by meaning one entry of the ledger is as good as another. */
  async function expectEachPassageOnce(pages: number): Promise<void> {
    await useModels({ embeddingModel: '' });
    for (const entry of [1, 2_000]) {
      await startConversation(panel);
      const { sources } = await askQuestion(panel, `Ledger, entry ${entry}`);
      const quoting = sources.filter(({ quotation }) => quotation.includes(`entry ${entry} of the ledger`));
      // One source, for they say the same, that tells on how many other pages it stands.
      expect(quoting).toHaveLength(1);
      expect(1 + (quoting[0]?.otherPages ?? 0)).toBe(pages);
    }
    expect(findHalves(await onDisk())).toEqual([]);
  }

  test('before each request for vectors: the page is saved once, and each vector paid for once', async () => {
    const path = longArticle(3);
    gateway.hold('/embeddings');
    await openAndSave(path);
    for (let batch = 0; batch < batchesOfLongArticle; batch += 1) {
      await expect.poll(() => gateway.held, { timeout: 20_000 }).toBe(1);
      expect(new Set(paidTexts()).size, 'texts paid for').toBe(batch * 64);
      await stage.extension.killWorker();
      await expect.poll(() => gateway.held).toBe(0);
      await openPanelAnew();
      await expect.poll(() => gateway.held, { timeout: 20_000 }).toBe(1);
      gateway.letOneGo();
    }
    await expectToBecomeSearchable(path);
    gateway.letAllGo();
    expectNothingPaidTwice();
    expect(pageAt(await onDisk(), path)[0]?.embeddedWith).toEqual([expect.stringContaining('test-embedding-small')]);
    await expectEachPassageOnce(1);
  });

  test('keeps what was saved last, when a page is saved again while it is still on its way', async () => {
    const path = '/awkward/changing';
    await useModels({ embeddingModel: 'test-embedding-small' });
    gateway.hold('/embeddings');
    await openAndSave(path);
    await expect.poll(() => gateway.held, { timeout: 20_000 }).toBe(1);
    await stage.tab.reload();
    const [reading] = /reading number \d+/.exec(await stage.tab.innerText('main')) ?? [];
    await stage.extension.pressShortcut(stage.tab, 'save-page');
    await expect.poll(async () => (await onDisk()).captures[0]?.markdown).toContain(reading);
    gateway.letAllGo();
    await expectToBecomeSearchable(path);
    const { pages, versions } = await onDisk();
    expect(versions.find(({ version }) => version === pages[0]?.version)?.text).toContain(reading);
  });

  test('leaves a page deleted that is deleted while a new version of it is on its way', async () => {
    const path = '/awkward/changing';
    await useModels({ embeddingModel: 'test-embedding-small' });
    await openAndSave(path);
    await expectToBecomeSearchable(path);
    gateway.hold('/embeddings');
    await stage.tab.reload();
    await stage.extension.pressShortcut(stage.tab, 'save-page');
    await expect.poll(() => gateway.held, { timeout: 20_000 }).toBe(1);
    const [page] = (await onDisk()).pages;
    await deleteForGood(sendFrom(panel), [page?.id as PageId]);
    stage.models.requests.length = 0;
    gateway.letAllGo();
    await expect.poll(() => stage.models.requests.length).toBe(1);
    // The next one in the queue is begun only when that one has ended.
    await openAndSave(longArticle(4));
    await expectToBecomeSearchable(longArticle(4));
    await expect.poll(async () => pageAt(await onDisk(), path)).toEqual([]);
  });

  test('at any moment from the click on: it is there whole in the end, and never in part', async () => {
    await useModels({ embeddingModel: '' });
    await openAndSave(longArticle(10));
    const clickedAt = Date.now();
    await expectToBecomeSearchable(longArticle(10));
    const undisturbedMs = Date.now() - clickedAt;
    const moments = 10;
    for (let moment = 0; moment < moments; moment += 1) {
      const path = longArticle(11 + moment);
      await openAndSave(path);
      await sleep((undisturbedMs * moment) / moments);
      await stage.extension.killWorker();
      await openPanelAnew();
      const card = panel.getByRole('region', { name: 'This page' });
      // Killed before the page had been handed over, there may be nothing to go on with yet, and the card still offers to save it; or the page's script
      // hands it over to the next worker, at any moment from now on.
      const save = card.getByRole('button', { name: 'Save this page' });
      const isSaved = async () => {
        if (await save.isVisible()) await save.click({ timeout: 1_000 }).catch(() => {});
        return card.getByText(/^Saved /).isVisible();
      };
      await expect.poll(isSaved, { timeout: 30_000 }).toBe(true);
      await expectToBecomeSearchable(path);
    }
    await expectEachPassageOnce(moments + 1);
  });
});

describe('A worker killed in the middle of an answer', () => {
  test('leaves the question and what was written, says what happened, and answers when asked again', async () => {
    const panel = await stage.openPanel('/essays/fresnel-lens');
    await savePage(panel);
    await startConversation(panel);
    stage.models.tokensPerSecond = 8;
    const question = 'When was the great lens at Skerrow Head lit for the last time?';
    await panel.getByRole('textbox', { name: 'Ask your pages' }).fill(question);
    await panel.keyboard.press('Enter');
    const send = sendFrom(panel);
    const storedText = async () => {
      const [conversation] = await send('conversations/list', null);
      const messages = conversation ? await send('conversation/read', { conversationId: conversation.id }) : [];
      return messages.find(({ role }) => role === 'answer')?.text ?? '';
    };
    await expect.poll(storedText, { timeout: 10_000 }).toContain('According');
    await stage.extension.killWorker();

    const exchange = panel.getByRole('article').last();
    await exchange.getByText('The browser stopped the work half-way. Try again.').waitFor();
    expect(await exchange.getByRole('heading').innerText()).toBe(question);
    expect(await exchange.locator('.answer-text').innerText()).toContain('According');
    expect(await storedText()).toContain('According');
    await expect.poll(() => lastChat(stage)?.abandonedAt).toBeDefined();

    stage.models.tokensPerSecond = undefined;
    await exchange.getByRole('button', { name: 'Try again' }).click();
    await panel.getByRole('article').last().getByText('3 March 1974').first().waitFor();
  });
});

describe('A browser that crashes', () => {
  test('loses nothing of what was saved, asked or half done', async () => {
    const question = 'When was the great lens at Skerrow Head lit for the last time?';
    const path = longArticle(30);
    await useModels({ embeddingModel: 'test-embedding-small' });
    let panel = await stage.openPanel('/essays/fresnel-lens');
    await savePage(panel);
    await startConversation(panel);
    await askQuestion(panel, question);
    gateway.hold('/embeddings');
    panel = await stage.openPanel(path);
    await panel.getByRole('button', { name: 'Save this page' }).click();
    await expect.poll(() => gateway.held, { timeout: 20_000 }).toBe(1);
    gateway.letOneGo();
    await expect.poll(() => gateway.held, { timeout: 20_000 }).toBe(1);

    await stage.extension.crash();
    // What is held goes to the model server, and is paid for, unless its sender is known to be gone.
    await expect.poll(() => gateway.held).toBe(0);
    gateway.letAllGo();
    await stage.restart();
    lookout = await stage.extension.openExtensionPage('manifest.json');
    await expectToBecomeSearchable(path);
    expectNothingPaidTwice();
    expect(pageAt(await onDisk(), '/essays/fresnel-lens')).toHaveLength(1);
    panel = await stage.openPanel('/');
    await startConversation(panel);
    await panel.getByRole('button', { name: 'Earlier conversations' }).click();
    await panel.getByRole('list', { name: 'Conversations' }).getByRole('button', { name: question }).first().click();
    await panel.getByRole('article').last().getByText('3 March 1974').first().waitFor();
  });
});

test('has sent nothing to the model server that OpenAI would not take', ({ skip }) => {
  expect(stage.models.violations).toEqual([]);
  skip(!requestsAreValidated, '../shared/openai/openapi.json is absent: only the fences of prompts were checked.');
});
