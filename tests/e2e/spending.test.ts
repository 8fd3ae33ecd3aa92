import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askQuestion, chooseModels, lastAnswer, openView, sendFrom, startConversation } from '../support/panel';
import { openAnsweringPanel } from './support/answering-panel';
import { expectNoFaults } from './support/axe';
import { openStage, requestsAreValidated, type Stage } from './support/stage';

// What a question costs is told under its answer, kept in a ledger, and held under a limit.

const question = 'When was the great lens at Skerrow Head lit for the last time?';
let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage();
  panel = await openAnsweringPanel(stage);
});

afterAll(() => stage?.close());

const newestReport = () => panel.getByRole('article').last().locator('.report');
const spending = () => panel.getByRole('region', { name: 'Spending' });
const answersAsked = () => stage.models.requests.filter(({ path }) => path === '/chat/completions').length;

async function setLimit(usd: string): Promise<void> {
  await openView(panel, 'Settings');
  await spending().getByLabel('Limit for a month, in US dollars').fill(usd);
  await spending().getByRole('button', { name: 'Set limit' }).click();
  await expect.poll(async () => (await sendFrom(panel)('spending/status', null)).capUsd).toBe(usd === '' ? undefined : Number(usd));
}

test('An answer of one’s own server is free, and is said to be', async () => {
  await askQuestion(panel, question);
  expect(await newestReport().innerText()).toContain('free, your own server');
});

test('A price that the person enters holds from the next answer on', async () => {
  await openView(panel, 'Settings');
  await spending().getByText('Prices', { exact: true }).click();
  await spending().getByLabel('Server', { exact: true }).fill(stage.models.url);
  await spending().getByLabel('Model', { exact: true }).fill('test-chat');
  await spending().getByLabel('US dollars for 1,000,000 tokens read', { exact: true }).fill('10');
  await spending().getByLabel('US dollars for 1,000,000 tokens written').fill('100');
  await spending().getByRole('button', { name: 'Add price' }).click();
  await spending().getByText('test-chat at 127.0.0.1').waitFor();
  await panel.getByText('Reading that much costs at most ≈ $0.06 a question with test-chat').waitFor();
  await openView(panel, 'Ask');
  await startConversation(panel);
  const { usage } = await askQuestion(panel, question);
  const usd = ((usage?.promptTokens ?? 0) * 10 + (usage?.completionTokens ?? 0) * 100) / 1_000_000;
  expect(usage?.cost).toEqual({ kind: 'known', usd: expect.closeTo(usd, 9) });
  expect(await newestReport().innerText()).toMatch(/≈\s\$0\.0\d+/);
});

test('A model is asked what could be asked of a page only when that is wished, and its cost has been told', async () => {
  await startConversation(panel);
  const suggested = panel.getByRole('list', { name: 'Questions about this page' }).getByRole('button');
  await suggested.first().waitFor();
  await panel.getByText(/^Sends the beginning of the page to your chat model: ≈\s\$0\.0/).waitFor();
  const before = answersAsked();
  await panel.getByRole('button', { name: 'Suggest questions' }).click();
  await panel.getByText(/^Suggested by test-chat · ≈\s\$0\.0/).waitFor();
  expect(answersAsked()).toBe(before + 1);
  const questions = await suggested.allInnerTexts();
  expect(questions).toHaveLength(3);
  for (const text of questions) expect(text).toMatch(/^What is said of “.+”\?$/);
  await expectNoFaults(panel);

  // A page that was just saved may be asked about in a conversation on something else too, and nothing is paid for twice.
  await askQuestion(panel, question);
  await panel.getByText(/^What to ask of “/).click();
  expect(await suggested.allInnerTexts()).toEqual(questions);
  await suggested.first().click();
  await panel.getByRole('article').nth(1).locator('[aria-busy="false"]').waitFor();
  expect(new Set((await lastAnswer(panel)).sources.map(({ url }) => url))).toEqual(new Set([`${stage.site.url}/essays/fresnel-lens`]));
  expect(await panel.getByText(/^What to ask of “/).count()).toBe(0);
});

test('The ledger has every call, sums them as one likes, and can be saved', async () => {
  await openView(panel, 'Settings');
  const table = spending().getByRole('table');
  await expect.poll(() => table.getByRole('row').count()).toBe(2);
  await spending().getByLabel('Sum by').selectOption('Model');
  await expect.poll(() => table.getByRole('rowheader').allInnerTexts()).toEqual([expect.stringContaining('test-chat at 127.0.0.1')]);
  await expect.poll(() => table.getByRole('cell').first().innerText()).toBe('5');
  await spending().getByLabel('Sum by').selectOption('Purpose');
  await expect
    .poll(async () => (await table.getByRole('rowheader').allInnerTexts()).toSorted())
    .toEqual(['Answers', 'Suggesting questions']);
  await spending()
    .getByRole('img', { name: /^Cost by day in / })
    .waitFor();
  const downloading = panel.waitForEvent('download');
  await spending().getByRole('button', { name: 'Save as CSV' }).click();
  const saved = await (await downloading).path();
  const lines = (await readFile(saved, 'utf8')).trimEnd().split('\r\n');
  expect(lines).toHaveLength(6);
  expect(lines[1]).toContain('test-chat,answer,');
});

test('There is no serious fault in Spending, in light or in dark', async () => {
  await openView(panel, 'Settings');
  await expectNoFaults(panel);
});

test('From 80 % of the limit on the person is warned, and nothing is stopped', async () => {
  const { spentUsd } = await sendFrom(panel)('spending/status', null);
  // The next question is expected to cost more than is left, were it not for such a limit.
  await setLimit(String(spentUsd * 1.2));
  await openView(panel, 'Ask');
  await panel.getByText(/ of your .* for this month is spent\./).waitFor();
  await setLimit('5');
  await openView(panel, 'Ask');
  await startConversation(panel);
  expect(await askQuestion(panel, question)).toMatchObject({ status: 'complete' });
});

test('A question that would pass the limit is not sent; it says why, and goes through when the limit is raised', async () => {
  const before = answersAsked();
  const { spentUsd } = await sendFrom(panel)('spending/status', null);
  await setLimit(String(spentUsd));
  await openView(panel, 'Ask');
  await startConversation(panel);
  const refused = await askQuestion(panel, question);
  expect(refused).toMatchObject({ status: 'failed', problem: { code: 'spending-cap' } });
  expect(refused.sources.length).toBeGreaterThan(0);
  expect(answersAsked()).toBe(before);
  const notice = panel.getByRole('article').last().getByRole('alert');
  expect(await notice.innerText()).toContain('That would pass your limit for this month, so it was not sent.');
  await panel.getByText(/is spent\. No call that costs anything is made/).waitFor();
  await notice.getByRole('button', { name: 'Open Settings' }).click();
  await setLimit('');
  await openView(panel, 'Ask');
  await startConversation(panel);
  expect(await askQuestion(panel, question)).toMatchObject({ status: 'complete' });
});

test('An embedding run that meets the limit stops with a reason, and goes on when it is raised', async () => {
  const { url, apiKey } = stage.models;
  const send = sendFrom(panel);
  const status = await send('spending/status', null);
  const host = new URL(url).host;
  const prices = [...status.prices, { host, model: 'test-embedding-small', usdPerMillionInput: 1_000 }];
  await send('spending/write', { settings: { capUsd: status.spentUsd + 0.000_001, prices } });
  await chooseModels(panel, { url, apiKey, chatModel: 'test-chat', embeddingModel: 'test-embedding-small' });
  await openView(panel, 'Settings');
  const meaning = panel.getByRole('region', { name: 'Search by meaning' });
  await meaning.getByText(/This would pass your limit/).waitFor();
  await meaning.getByRole('button', { name: 'Fetch vectors' }).click();
  await meaning.getByText('That would pass your limit for this month, so it was not sent.').waitFor();
  expect(stage.models.requests.some(({ path }) => path === '/embeddings')).toBe(false);
  await setLimit('100');
  await expect.poll(async () => (await send('embedding/status', null)).index?.name, { timeout: 10_000 }).toBe('test-embedding-small');
  const sums = await send('spending/sums', { month: (await send('spending/status', null)).month });
  expect(sums.map(({ purpose }) => purpose)).toContain('page-embedding');
});

test('A model that suggests questions can be stopped, and the keyboard goes on where it was', async () => {
  await panel.reload();
  await openView(panel, 'Ask');
  await startConversation(panel);
  const isFocused = (one: Locator) => one.evaluate((element) => element === document.activeElement);
  const suggest = panel.getByRole('button', { name: 'Suggest questions' });
  stage.models.tokensPerSecond = 1;
  await suggest.press('Enter');
  const stop = panel.locator('.suggested').getByRole('button', { name: 'Stop', exact: true });
  await stop.waitFor();
  expect(await isFocused(stop)).toBe(true);
  await stop.press('Enter');
  await suggest.waitFor();
  expect(await isFocused(suggest)).toBe(true);
  expect(await panel.locator('.suggested').getByRole('alert').count()).toBe(0);
  stage.models.tokensPerSecond = undefined;
  await suggest.press('Enter');
  await panel.getByText(/^Suggested by test-chat/).waitFor();
  await expect.poll(() => isFocused(panel.getByRole('list', { name: 'Questions about this page' }))).toBe(true);
});

test.runIf(requestsAreValidated)('Every request was as the protocol has it', () => {
  expect(stage.models.violations).toEqual([]);
});
