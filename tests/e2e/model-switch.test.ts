import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { countTokens } from '../support/model-server/count-tokens';
import { askQuestion, openView, savedPages, savePage, sendFrom, startConversation } from '../support/panel';
import { demoPages } from '../support/site/demo-pages';
import { type Gateway, openGateway } from './support/gateway';
import { openStage, requestsAreValidated, type Stage } from './support/stage';

// Another embedding model takes the place of the one before: asked for first, in the background, with the old vectors answering till the end. The tests go on
// where the one before left off.

const [old, next] = ['test-embedding-small', 'test-embedding-large'];
/** Shares no word with the page that answers it. */
const question = 'Did the doctor purchase a boat?';
const answerWords = 'Our physician acquired an old vessel';
let stage: Stage;
let panel: Page;
/** Stands before the model server. */
let gateway: Gateway;

beforeAll(async () => {
  stage = await openStage();
  gateway = await openGateway(stage.models.url);
  await stage.extension.grantOrigin(gateway.url);
  await stage.extension.context.route('**/notes/harbour', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><title>Notes</title><main><article><h1>Notes</h1>
        <p>${answerWords}.</p></article></main>`,
    }),
  );
  panel = await stage.openPanel('/');
  await useModel(old);
  for (const path of [...demoPages.map((page) => page.path), '/notes/harbour']) {
    panel = await stage.openPanel(path);
    await savePage(panel);
  }
});

afterAll(async () => {
  await gateway?.close();
  await stage?.close();
});

beforeEach(() => {
  stage.models.requests.length = 0;
});

const totalPages = demoPages.length + 1;
/** Each passage that the new model was sent and has answered for. */
const sentToNext: string[] = [];
const notice = () => panel.getByRole('region', { name: 'Search by meaning' });
const status = () => sendFrom(panel)('embedding/status', null);

async function useModel(embeddingModel: string): Promise<void> {
  const settings = { baseUrl: gateway.url, chatModel: '', embeddingModel, contextTokens: 6_000 };
  await sendFrom(panel)('settings/write', { settings, apiKey: stage.models.apiKey ?? '' });
}

function embeddingRequests(): { model: string; input: string[] }[] {
  return stage.models.requests
    .filter(({ path, status }) => path === '/embeddings' && status === 200)
    .map(({ body }) => body as { model: string; input: string[] });
}

/** Moves what the new model was sent since the last time to `sentToNext`. */
function gatherSent(): void {
  sentToNext.push(
    ...embeddingRequests()
      .filter(({ model }) => model === next)
      .flatMap(({ input }) => input),
  );
  stage.models.requests.length = 0;
}

/** Asks what only vectors can find, and fails unless it was found by those of this model. */
async function expectAnswerBy(model: string): Promise<void> {
  gatherSent();
  await openView(panel, 'Ask');
  await startConversation(panel);
  const { sources, report } = await askQuestion(panel, question);
  expect(sources.map(({ quotation }) => quotation).join()).toContain(answerWords);
  expect(report.byWordsOnly).toBeUndefined();
  expect(embeddingRequests()).toMatchObject([{ model, input: [question] }]);
  stage.models.requests.length = 0;
  await openView(panel, 'Settings');
}

test('Another model is asked for nothing until the person has seen what it takes, and the old one goes on answering', async () => {
  await useModel(next);
  await panel.reload();
  await openView(panel, 'Settings');
  await notice().getByText(`“${next}” can take the place of “${old}” once every page has its vectors.`).waitFor();
  await notice()
    .getByText(new RegExp(`^${totalPages}\\spages lack them, with \\d+\\spassages\\.$`))
    .waitFor();
  await notice().getByText('The server is on this computer or its own network, so no provider charges for it.').waitFor();
  expect(stage.models.requests).toEqual([]);
  await expectAnswerBy(old);
});

test('A switch that is paused, and whose worker is killed, has the old vectors answer and keeps what it has', async () => {
  const estimate = /sends about ([\d,]+) tokens/.exec(
    await notice()
      .getByText(/^Fetching their vectors/)
      .innerText(),
  )?.[1];
  gateway.hold('/embeddings');
  await notice()
    .getByRole('button', { name: `Switch to ${next}` })
    .click();
  for (let pages = 0; pages < 3; pages += 1) {
    await expect.poll(() => gateway.held).toBe(1);
    gateway.letOneGo();
    await expect.poll(async () => (await status()).run?.pagesDone).toBe(pages + 1);
  }
  await expect.poll(() => gateway.held).toBe(1);
  await stage.extension.killWorker();
  await expect.poll(() => gateway.held).toBe(0);
  await panel.reload();
  await openView(panel, 'Settings');
  await expect.poll(() => gateway.held).toBe(1);
  await notice().getByRole('button', { name: 'Pause' }).click();
  await notice().getByText(`Paused: vectors from ${next}`).waitFor();
  gateway.letAllGo();
  // What was under way is paid for, and kept.
  const requestsToNext = () => embeddingRequests().filter(({ model }) => model === next).length;
  await expect.poll(requestsToNext).toBe(4);
  await expectAnswerBy(old);
  const { run } = await status();
  expect(run).toMatchObject({ state: 'paused', pagesDone: 3, totalPages });
  expect(run?.tokensSent).toBe(sentToNext.reduce((sum, text) => sum + countTokens(text), 0));
  expect(run?.tokensSent).toBeLessThan(Number(estimate?.replaceAll(',', '')));
});

test('A problem of the server stops it and is told, with the time at which it is tried again', async () => {
  stage.models.fail({ kind: 'server-error', path: '/embeddings', times: Number.POSITIVE_INFINITY });
  await notice().getByRole('button', { name: 'Go on' }).click();
  await notice().getByRole('alert').getByText('Something went wrong at the model server.').waitFor();
  await notice()
    .getByText(/^Tries again by itself at /)
    .waitFor();
  stage.models.recover();
  expect((await status()).run).toMatchObject({ state: 'stopped', pagesDone: 4 });
});

test('When every page has its vectors, the new model answers, the old vectors go, and each passage was sent once', async () => {
  gateway.hold('/embeddings');
  await notice().getByRole('button', { name: 'Go on' }).click();
  await expect.poll(() => gateway.held).toBe(1);
  await stage.extension.killWorker();
  await expect.poll(() => gateway.held).toBe(0);
  gateway.letAllGo();
  await panel.reload();
  await openView(panel, 'Settings');
  await expect.poll(async () => (await status()).run, { timeout: 20_000 }).toBeUndefined();
  await expect
    .poll(async () => (await status()).kept.map(({ name, pages }) => ({ name, pages })))
    .toEqual([{ name: next, pages: totalPages }]);
  await notice().waitFor({ state: 'detached' });
  await expectAnswerBy(next);
  const passages = (await savedPages(panel)).reduce((sum, page) => sum + page.passageCount, 0);
  expect(sentToNext.length).toBe(passages);
  expect(new Set(sentToNext).size).toBe(passages);
});

test('Without an embedding model the vectors are kept and asked nothing, until they are deleted', async () => {
  await useModel('');
  await panel.reload();
  await openView(panel, 'Ask');
  await startConversation(panel);
  expect((await askQuestion(panel, question)).sources.map(({ title }) => title)).not.toContain('Notes');
  expect(stage.models.requests).toEqual([]);
  await openView(panel, 'Settings');
  await notice()
    .getByText(new RegExp(`^Vectors of “${next}” at 127\\.0\\.0\\.1:\\d+ are kept for ${totalPages}\\spages and take [\\d.]+\\s\\wB\\.$`))
    .waitFor();
  await notice().getByRole('button', { name: 'Delete these vectors' }).click();
  await notice().getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await notice().waitFor({ state: 'detached' });
  await expect.poll(async () => (await savedPages(panel)).filter(({ embeddedWith }) => embeddedWith)).toEqual([]);
});

test('Nothing was sent that OpenAI would not take', ({ skip }) => {
  expect(stage.models.violations).toEqual([]);
  skip(!requestsAreValidated, '../shared/openai/openapi.json is absent: only the fences of prompts were checked.');
});
