import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerMessage } from '../../src/core/conversation/conversation';
import { askQuestion, chooseModels, savePage, sendFrom, startConversation } from '../support/panel';
import { lastChat } from './support/last-chat';
import { findLiveWords } from './support/live-passage';
import { openStage, type Stage } from './support/stage';

// From what was found to what is read: each thing once, neighbours as one, and only from where the person wants it.

const filler = (name: string, paragraphs: number) =>
  Array.from(
    { length: paragraphs },
    (_, index) => `<p>The ${name} entry number ${index} is about weather, rope and the price of coal.</p>`,
  ).join('');

/** Two passages long, with half of the answer in each. */
const chapter = `<h2>The keeper of Orrin Rock</h2>
  <p>Marta Quill became keeper of Orrin Rock in the autumn of 1891. ${'She wrote down each ship that passed and the colour of its sails. '.repeat(15)}</p>
  <p>${'In winter the boat with the bread did not come for weeks, and she lived on limpets. '.repeat(6)}
  Marta Quill left Orrin Rock in the spring of 1934, and nobody was keeper after her.</p>`;

const pages: Readonly<Record<string, string>> = {
  '/logbook': `<h1>A logbook</h1>${filler('early', 60)}${chapter}<h2>Afterwards</h2>${filler('late', 60)}`,
  // A number of its own makes it another page, however alike the rest is.
  '/print/logbook': `<h1>A logbook</h1>${filler('early', 60)}${chapter}<h2>Afterwards</h2>${filler('late', 61)}`,
  '/letters': '<h1>Letters</h1><p>My aunt, the keeper of Orrin Rock, could not abide herring, whatever the boats brought her.</p>',
};

const question = 'How long was Marta Quill keeper of Orrin Rock?';
const site = createServer(({ url = '' }, response) => {
  response.setHeader('content-type', 'text/html');
  response.end(`<!doctype html><html lang="en"><title>${url}</title><main><article>${pages[url] ?? ''}</article></main></html>`);
});
let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage({ flags: ['--window-size=1280,700'] });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const { port } = site.address() as AddressInfo;
  // The letters stand on another host of the same server.
  for (const address of [`127.0.0.1:${port}/logbook`, `127.0.0.1:${port}/print/logbook`, `localhost:${port}/letters`]) {
    panel = await stage.openPanel(`http://${address}`);
    await savePage(panel);
  }
});

afterAll(async () => {
  await stage?.close();
  site.close();
});

const exchange = () => panel.getByRole('article').last();
const report = async () => (await exchange().locator('.report').innerText()).replaceAll('\u00a0', ' ');

async function askAnew(words: string): Promise<AnswerMessage> {
  await startConversation(panel);
  return askQuestion(panel, words);
}

describe('An answer that stands in two neighbouring passages, on two pages', () => {
  test('has one source, which holds both and says where else it stands', async () => {
    const { sources } = await askAnew(question);
    const ofLogbook = sources.filter(({ url }) => url.endsWith('/logbook'));
    const [source] = ofLogbook;
    expect(ofLogbook).toHaveLength(1);
    expect(source?.quotation).toMatch(/in the autumn of 1891[\s\S]*in the spring of 1934/);
    expect(source).toMatchObject({ otherPages: 1 });
    await exchange()
      .getByText(/ · also on 1 other page$/)
      .waitFor();
    const { version } = await sendFrom(panel)('page/read', { pageId: source?.pageId as NonNullable<typeof source>['pageId'] });
    expect(version.text.slice(source?.start, source?.end)).toContain('## The keeper of Orrin Rock');
  });

  test('opens from its chip at the very sentence that bears the answer out', async () => {
    const { models, extension } = stage;
    await extension.acceptRequestFor(new URL(models.url).origin);
    await chooseModels(panel, { url: models.url, apiKey: models.apiKey, chatModel: 'test-chat' });
    const answer = await askAnew(question);
    const source = answer.sources.find(({ url }) => url.endsWith('/logbook'));
    const chip = exchange().getByRole('button', { name: `Source ${source?.number}:` });
    const [live] = await Promise.all([extension.context.waitForEvent('page'), chip.first().click()]);
    await live.waitForLoadState();
    const supports = answer.check?.sentences.flatMap(({ support }) => support) ?? [];
    const quote = supports.find((one) => one.source === source?.number)?.quote ?? '';
    expect(quote).toMatch(/in the autumn of 1891|in the spring of 1934/);
    await expectMarkedInTheMiddle(live, quote.slice(0, 30));
    await live.close();
  });
});

async function expectMarkedInTheMiddle(live: Page, words: string): Promise<void> {
  await expect.poll(async () => (await findLiveWords(live, words)).marked).toBeGreaterThan(0.3);
  const { top, windowHeight, scrolled } = await findLiveWords(live, words);
  expect(scrolled).toBeGreaterThan(windowHeight);
  expect(Math.abs(top - windowHeight / 2)).toBeLessThan(60);
}

describe('An operator in the question', () => {
  test('narrows what is read, which the report says and the model is not asked about', async () => {
    const answer = await askAnew('What did the keeper of Orrin Rock do? site:localhost');
    expect(answer.sources.map(({ url }) => new URL(url).hostname)).toEqual(['localhost']);
    expect(await report()).toMatch(/^Read all of 1 page on localhost · used 1 passage from 1 page · /);
    const { messages } = (lastChat(stage)?.body ?? {}) as { messages: { content: string }[] };
    expect(messages.at(-1)?.content).toContain('>\nWhat did the keeper of Orrin Rock do?\n<');
  });

  test('asks the question before again, elsewhere, when it is typed alone', async () => {
    const answer = await askQuestion(panel, 'site:127.0.0.1');
    expect(new Set(answer.sources.map(({ url }) => new URL(url).hostname))).toEqual(new Set(['127.0.0.1']));
    expect(await report()).toMatch(/^Searched 2 pages on 127\.0\.0\.1 · /);
  });

  test('takes passages with a word out', async () => {
    const answer = await askAnew('What did the keeper of Orrin Rock write down? -herring');
    expect(answer.sources.length).toBeGreaterThan(0);
    expect(answer.sources.filter(({ quotation }) => quotation.includes('herring'))).toEqual([]);
  });

  test('that leaves no page says so', async () => {
    await askAnew('What did the keeper of Orrin Rock do? site:nowhere.example');
    await exchange().getByText('Nothing in the pages searched bears on this question.').waitFor();
    expect(await report()).toMatch(/^Searched 0 pages on nowhere\.example/);
  });
});
