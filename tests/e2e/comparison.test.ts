import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { askQuestion, openView, sendFrom } from '../support/panel';
import { openAnsweringPanel } from './support/answering-panel';
import { expectNoFaults } from './support/axe';
import { openStage, requestsAreValidated, type Stage } from './support/stage';

// One question to several models at once, and the server's models in a table, in the real panel.

const question = 'When was the great lens at Skerrow Head lit for the last time?';
const answerWords = '3 March 1974';
let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage({}, { apiKey: null });
  panel = await openAnsweringPanel(stage);
});

beforeEach(() => {
  stage.models.requests.length = 0;
  stage.models.tokensPerSecond = undefined;
});

afterAll(() => stage?.close());

const comparison = () => panel.getByRole('region', { name: 'Compare models' });
const candidate = (number: number) => comparison().getByRole('group', { name: `Model ${number}` });
const result = (number: number) => comparison().getByRole('region', { name: new RegExp(`^${number}: `) });
const written = () => stage.models.requests.filter(({ path }) => path.endsWith('/completions'));

async function prepare(models: readonly string[]): Promise<void> {
  await panel.getByRole('button', { name: 'Compare models' }).click();
  await comparison().getByRole('textbox', { name: 'Question' }).fill(question);
  for (const [index, model] of models.entries()) {
    if (index >= (await comparison().locator('fieldset').count())) await comparison().getByRole('button', { name: 'Add a model' }).click();
    await candidate(index + 1)
      .getByLabel('Name', { exact: true })
      .fill(model);
  }
  await comparison().getByRole('button', { name: 'Find passages and estimate the cost' }).click();
  await comparison()
    .getByText(/^Together: /)
    .waitFor();
}

test('Several models answer from the same passages, and what they take is told before and after', async () => {
  await panel.getByRole('textbox', { name: 'Ask your pages' }).fill(question);
  await prepare(['test-chat', 'test-completions', 'test-rolebound']);
  // Nothing that costs anything has been asked by then.
  expect(written()).toEqual([]);
  expect(await comparison().getByText('Together:').innerText()).toBe('Together: free, your own server.');
  await expectNoFaults(panel);
  await comparison().getByRole('button', { name: 'Ask 3 models' }).click();
  await comparison().getByText('3 of 3 have ended').waitFor();
  for (const number of [1, 2, 3]) {
    expect(await result(number).locator('.answer-text').innerText()).toContain(answerWords);
    const figures = (await result(number).locator('.figures').innerText()).replaceAll('\u00a0', ' ');
    expect(figures).toMatch(
      /First word\s+[\d.]+ s\s+Total time\s+[\d.]+ s\s+Tokens\s+[\d,]+ read, \d+ written\s+Cost\s+free, your own server\s+Supported\s+\d+ of \d+ sentences/,
    );
  }
  const passages = (text: string) => [...text.matchAll(/number="(\d+)" title="([^"]*)"/g)].map(([, number, title]) => `${number} ${title}`);
  const prompts = written()
    .filter(({ status }) => status === 200)
    .map(({ body }) => passages(JSON.stringify(body).replaceAll('\\"', '"')));
  expect(prompts).toHaveLength(3);
  expect(new Set(prompts.map((prompt) => prompt.join())).size).toBe(1);
  await expectNoFaults(panel);
});

test('“Use this one” sets the model and goes on with its answer in the conversation', async () => {
  await result(2).getByRole('button', { name: 'Use this one: 2: test-completions' }).click();
  const exchange = panel.getByRole('article').last();
  await exchange.getByText(answerWords).first().waitFor();
  await exchange.getByText('Branch 2 of 3').waitFor({ state: 'attached' });
  await exchange.getByText(/written by test-completions/).waitFor();
  expect(await sendFrom(panel)('settings/read', null)).toMatchObject({ chatModel: 'test-completions' });
  stage.models.requests.length = 0;
  await askQuestion(panel, 'At what height did the great lens at Skerrow Head stand above the sea?');
  expect(new Set(written().map(({ body }) => (body as { model: string }).model))).toEqual(new Set(['test-completions']));
});

test('Stopping stops all, and what was written is kept', async () => {
  stage.models.tokensPerSecond = 4;
  await prepare(['test-chat', 'test-rolebound']);
  await comparison()
    .getByRole('button', { name: 'Ask 3 models' })
    .or(comparison().getByRole('button', { name: 'Ask 2 models' }))
    .click();
  await result(1).locator('.answer-text').waitFor();
  await comparison().getByRole('button', { name: 'Stop' }).click();
  await comparison().getByRole('button', { name: 'Compare again' }).waitFor();
  expect(await result(1).getByText('Stopped. This is what had been written by then.').count()).toBe(1);
  await expect.poll(() => written().filter(({ status, abandonedAt }) => status === 200 && abandonedAt === undefined)).toEqual([]);
  await comparison().getByRole('button', { name: 'Close' }).click();
});

test('The server’s models stand in a table that can be searched, sorted and chosen from by keyboard', async () => {
  await openView(panel, 'Settings');
  const form = panel.getByRole('form', { name: 'Models' });
  await form.getByRole('button', { name: 'Test connection' }).click();
  await form.getByText('Compare the server’s models').click();
  const table = form.getByRole('table');
  expect(await table.getByRole('row').count()).toBe(13);
  await form.getByRole('searchbox', { name: 'Search the models' }).fill('reason');
  await form.getByText('1 model', { exact: true }).waitFor();
  expect(await table.getByRole('row').nth(1).innerText()).toContain('local, no bill');
  await table.getByRole('button', { name: 'test-reasoner: Answer with it' }).focus();
  await panel.keyboard.press('Enter');
  expect(await form.getByLabel('Model that writes answers').inputValue()).toBe('test-reasoner');
  await table.getByRole('button', { name: 'Price' }).focus();
  await panel.keyboard.press('Enter');
  expect(await table.getByRole('columnheader', { name: 'Price' }).getAttribute('aria-sort')).toBe('ascending');
  await expectNoFaults(panel);
});

test('Nothing was sent that OpenAI would not take', ({ skip }) => {
  expect(stage.models.violations).toEqual([]);
  skip(!requestsAreValidated, '../shared/openai/openapi.json is absent: only the fences of prompts were checked.');
});
