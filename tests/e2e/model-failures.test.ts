import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startModelServer } from '../support/model-server';
import type { FailureKind } from '../support/model-server/failure';
import { askQuestion, chooseModels, lastAnswer, openView, savedPages, savePage, sendFrom, startConversation } from '../support/panel';
import { everythingStored } from './support/everything-stored';
import { openStage, requestsAreValidated, type Stage } from './support/stage';

// Whatever the model server does, it ends in words and one thing to do, with nothing lost; and the key stays where it belongs.

/** Like no other text, so that it can be looked for everywhere. */
const apiKey = 'a-key-that-nobody-may-see-7Qf2Lx9';
const question = 'When was the great lens at Skerrow Head lit for the last time?';
const answerWords = '3 March 1974';
const logged: string[] = [];
let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage({}, { apiKey });
  const { extension, models } = stage;
  const note = (message: { text(): string }) => logged.push(message.text());
  extension.context.on('console', note);
  for (const worker of extension.context.serviceWorkers()) worker.on('console', note);
  panel = await stage.openPanel('/essays/fresnel-lens');
  panel.on('console', note);
  await savePage(panel);
  await extension.acceptRequestFor(models.url);
  await chooseModels(panel, { url: models.url, apiKey, chatModel: 'test-chat', embeddingModel: '' });
});

beforeEach(() => openView(panel, 'Ask'));

afterEach(() => {
  stage.models.recover();
  stage.models.tokensPerSecond = undefined;
});

afterAll(() => stage?.close());

const newestExchange = () => panel.getByRole('article').last();

/** Lets the worker's timers run so many times as fast, so that silence need not be waited for. */
async function setWorkerClock(speed: number): Promise<void> {
  const [worker] = stage.extension.context.serviceWorkers();
  await worker?.evaluate((times) => {
    const clock = globalThis as unknown as { trueSetTimeout?: typeof setTimeout };
    const trueSetTimeout = clock.trueSetTimeout ?? globalThis.setTimeout;
    Object.assign(globalThis, { trueSetTimeout, setTimeout: (run: () => void, ms = 0) => trueSetTimeout(run, ms / times) });
  }, speed);
}

describe('While an answer is written, a server', () => {
  const failures: { kind: FailureKind; words: string; action: 'Try again' | 'Open Settings'; partial?: boolean }[] = [
    { kind: 'key-refused', words: 'The model server refused the key.', action: 'Open Settings' },
    { kind: 'key-echoed', words: 'The model server refused the key.', action: 'Open Settings' },
    { kind: 'rate-limited', words: 'The model server has too much to do just now.', action: 'Try again' },
    { kind: 'quota-exceeded', words: 'Your account with the model server has no credit left.', action: 'Open Settings' },
    { kind: 'server-error', words: 'Something went wrong at the model server.', action: 'Try again' },
    { kind: 'unknown-model', words: 'The model server does not know the chosen model.', action: 'Open Settings' },
    { kind: 'context-too-long', words: 'The question came with more text than the model can take.', action: 'Open Settings' },
    { kind: 'html', words: 'The model server answered in a way that could not be understood.', action: 'Try again' },
    { kind: 'drop', words: 'The model server could not be reached.', action: 'Try again' },
    { kind: 'drop-midway', words: 'The connection to the model server broke off.', action: 'Try again', partial: true },
    { kind: 'malformed', words: 'The model server answered in a way that could not be understood.', action: 'Try again', partial: true },
    { kind: 'cut-short', words: 'The connection to the model server broke off.', action: 'Try again', partial: true },
    { kind: 'error-midway', words: 'Something went wrong at the model server.', action: 'Try again', partial: true },
    { kind: 'silence', words: 'The model server took the question and then said nothing.', action: 'Try again' },
    { kind: 'silence-after-headers', words: 'The model server took the question and then said nothing.', action: 'Try again' },
    { kind: 'silence-midway', words: 'The model server took the question and then said nothing.', action: 'Try again', partial: true },
  ];
  test.each(failures)('that fails by $kind is told of in words, and the next answer comes', async ({ kind, words, action, partial }) => {
    await setWorkerClock(kind.startsWith('silence') ? 100 : 1);
    // As fast as it could, it would break the connection before the browser has read what came.
    if (partial) stage.models.tokensPerSecond = 200;
    // What was too long is sent shorter once more, unasked.
    stage.models.fail({ kind, times: kind === 'context-too-long' ? 2 : 1 });
    await startConversation(panel);
    const failed = await askQuestion(panel, question);
    expect(failed.status).toBe('failed');
    const exchange = newestExchange();
    const notice = exchange.getByRole('alert');
    expect(await notice.innerText()).toContain(words);
    expect(await notice.getByRole('button').allInnerTexts()).toEqual([action]);
    expect(await exchange.getByRole('heading').innerText()).toBe(question);
    expect(failed.sources.length).toBeGreaterThan(0);
    if (partial) {
      expect(failed.text).toMatch(/^According/);
      expect(await exchange.locator('.answer-text').innerText()).toContain('According');
    }

    await notice.getByRole('button').click();
    if (action === 'Open Settings') {
      await panel.getByRole('form', { name: 'Models' }).waitFor();
      await openView(panel, 'Ask');
      expect(await newestExchange().getByRole('heading').innerText()).toBe(question);
      await askQuestion(panel, question);
    }
    await newestExchange().getByText(answerWords).first().waitFor();
    // Tried again in its place, beside what had come.
    if (action === 'Try again') {
      expect(await panel.getByRole('article').count()).toBe(1);
      const answers = newestExchange().getByRole('group', { name: 'Answers to this question' });
      await expect.poll(() => answers.count()).toBe(partial ? 1 : 0);
    }
    expect(await lastAnswer(panel)).toMatchObject({ kind: 'written', status: 'complete' });
  });
});

describe('While vectors are fetched, a server', () => {
  const failures: { kind: FailureKind; words: string }[] = [
    { kind: 'key-refused', words: 'The model server refused the key.' },
    { kind: 'rate-limited', words: 'The model server has too much to do just now.' },
    { kind: 'quota-exceeded', words: 'has no credit left' },
    { kind: 'server-error', words: 'Something went wrong at the model server.' },
    { kind: 'html', words: 'could not be understood' },
    { kind: 'drop', words: 'The model server could not be reached.' },
    { kind: 'malformed', words: 'could not be understood' },
  ];

  beforeAll(async () => {
    await setWorkerClock(1);
    await chooseModels(panel, { url: stage.models.url, chatModel: 'test-chat', embeddingModel: 'test-embedding-small' });
  });

  test.each(failures)(
    'that fails by $kind leaves the page searchable by words, and the vectors to be fetched later',
    async ({ kind, words }) => {
      const path = `/awkward/article?words=400&n=${failures.findIndex((failure) => failure.kind === kind)}`;
      stage.models.fail({ kind, path: '/embeddings', times: Number.POSITIVE_INFINITY });
      panel = await stage.openPanel(path);
      await panel.getByRole('button', { name: 'Save this page' }).click();
      const savedPage = async () => (await savedPages(panel)).find(({ url }) => url === stage.site.url + path);
      await expect.poll(savedPage).toMatchObject({ passageCount: expect.any(Number) });
      expect((await savedPage())?.embeddedWith).toBeUndefined();
      await startConversation(panel);
      const { sources } = await askQuestion(panel, `article of 400 words number ${path.at(-1)}`);
      expect(sources.map(({ url }) => url)).toContain(stage.site.url + path);

      await openView(panel, 'Library');
      const job = panel.getByRole('region', { name: 'Failed' });
      expect(await job.getByRole('alert').innerText()).toContain(words);
      stage.models.recover();
      await job.getByRole('button', { name: /^Try (again|now)$/ }).click();
      await job.waitFor({ state: 'detached' });
      await expect.poll(async () => (await savedPage())?.embeddedWith).toEqual([expect.stringContaining('test-embedding-small')]);
    },
  );

  test('that gives none for a question has it searched for by its words', async () => {
    stage.models.fail({ kind: 'server-error', path: '/embeddings', times: Number.POSITIVE_INFINITY });
    await startConversation(panel);
    expect((await askQuestion(panel, question)).text).toContain(answerWords);
  });
});

describe('The key', () => {
  /** Notes what reaches it, and answers as told. */
  async function openListener(answer: Parameters<typeof createServer>[1]): Promise<{ server: Server; url: string; heard: string[] }> {
    const heard: string[] = [];
    const server = createServer((request, response) => {
      heard.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
      request.on('data', (part: Buffer) => heard.push(part.toString()));
      answer?.(request, response as never);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, heard };
  }

  test('is not carried to another origin by a redirect, and neither are passages', async () => {
    const elsewhere = await openListener((_request, response) => response.end('{}'));
    const redirecting = await openListener((_request, response) => {
      response.writeHead(307, { location: elsewhere.url, 'access-control-allow-origin': '*' }).end();
    });
    const settings = await sendFrom(panel)('settings/read', null);
    await sendFrom(panel)('settings/write', { settings: { ...settings, baseUrl: redirecting.url }, apiKey });
    await startConversation(panel);
    expect((await askQuestion(panel, question)).status).toBe('failed');
    await newestExchange().getByRole('alert').waitFor();
    expect(redirecting.heard.join()).toContain(apiKey);
    expect(elsewhere.heard).toEqual([]);
    await sendFrom(panel)('settings/write', { settings, apiKey });
    for (const { server } of [elsewhere, redirecting]) server.close();
  });

  test('stays behind when another server is set without one', async () => {
    const other = await startModelServer({ apiKey: null });
    await chooseModels(panel, { url: other.url, chatModel: 'test-chat', embeddingModel: '' });
    await startConversation(panel);
    expect((await askQuestion(panel, question)).text).toContain(answerWords);
    expect(other.requests.length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(other.requests)).not.toContain(apiKey);
    await other.close();
    await chooseModels(panel, { url: stage.models.url, apiKey, chatModel: 'test-chat', embeddingModel: '' });
  });

  test('can be had by no content script', async () => {
    panel = await stage.openPanel('/kitchen/sourdough');
    const session = await stage.extension.context.newCDPSession(stage.tab);
    const worlds: { id: number; name: string }[] = [];
    session.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context));
    await session.send('Runtime.enable');
    await savePage(panel);
    const world = worlds.find(({ name }) => name === 'Commonplace');
    const { result } = await session.send('Runtime.evaluate', {
      ...(world ? { contextId: world.id } : {}),
      expression: 'chrome.storage.local.get(null).then((all) => JSON.stringify(all), (error) => "refused: " + error.message)',
      awaitPromise: true,
    });
    expect(result.value).toMatch(/^refused: /);
    await session.detach();
  });

  test('is nowhere but in its own entry of the storage, and on its way to its own server', async () => {
    stage.models.fail({ kind: 'key-echoed' });
    await startConversation(panel);
    await askQuestion(panel, question);
    await openView(panel, 'Settings');
    await panel.getByRole('button', { name: 'Forget the key' }).waitFor();
    const shown = await panel.evaluate(() => [
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll('input, textarea, select')].map((field) => (field as HTMLInputElement).value),
    ]);
    expect(shown.join()).not.toContain(apiKey);
    await openView(panel, 'Ask');
    expect(await panel.content()).not.toContain(apiKey);
    const places = Object.entries(await everythingStored(panel)).filter(([, value]) => value.includes(apiKey));
    expect(places).toEqual([['storage.local modelApiKey', JSON.stringify(apiKey)]]);
    expect(logged.join()).not.toContain(apiKey);
    expect(stage.models.requests.some(({ headers }) => headers.authorization === `Bearer ${apiKey}`)).toBe(true);
    expect(JSON.stringify(stage.models.requests.map(({ body, path, query }) => ({ body, path, query })))).not.toContain(apiKey);
    expect(JSON.stringify(stage.site.requests)).not.toContain(apiKey);
  });
});

test('Nothing was sent that OpenAI would not take', ({ skip }) => {
  expect(stage.models.violations).toEqual([]);
  skip(!requestsAreValidated, '../shared/openai/openapi.json is absent: only the fences of prompts were checked.');
});
