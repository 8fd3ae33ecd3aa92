import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerMessage, Source } from '../../src/core/conversation/conversation';
import { countTokens } from '../support/model-server/count-tokens';
import { askQuestion, chooseModels, lastAnswer, openView, savedPages, savePage, sendFrom, startConversation } from '../support/panel';
import { demoPages, demoQuestions } from '../support/site/demo-pages';
import { lastChat } from './support/last-chat';
import { findLiveWords } from './support/live-passage';
import { openStage, requestsAreValidated, type Stage } from './support/stage';

// Save, ask, and land on the passage that answers: without a model, then with one. The tests go on where the one before left off, as a person would.

const profile = mkdtempSync(join(tmpdir(), 'commonplace-main-job-'));
// Low, so that most passages are out of sight when a page opens.
const flags = ['--window-size=1280,700'];
let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage({ profile, flags });
});

afterAll(async () => {
  await stage?.close();
  rmSync(profile, { recursive: true, force: true });
});

const newestExchange = () => panel.getByRole('article').last();

/** Asks in a conversation of its own, so that no question before it has a say. */
async function askAnew(question: string): Promise<AnswerMessage> {
  await startConversation(panel);
  return askQuestion(panel, question);
}

/** Does what opens a tab, and gives the tab. */
async function tabOpenedBy(act: () => Promise<unknown>): Promise<Page> {
  const [opened] = await Promise.all([stage.extension.context.waitForEvent('page'), act()]);
  await opened.waitForLoadState();
  return opened;
}

function withoutSpaces(text: string): string {
  return text.replace(/\s+/g, '');
}

/** The words that a text fragment begins with. */
function fragmentStart(liveUrl: string): string {
  const [, parts = ''] = liveUrl.split(':~:text=');
  const [start = ''] = parts.split(',').filter((part) => !part.endsWith('-'));
  return decodeURIComponent(start);
}

function quotationWith(exchange: Locator, answer: AnswerMessage, words: string): { source: Source; figure: Locator } {
  const place = answer.sources.findIndex(({ quotation }) => withoutSpaces(quotation).includes(withoutSpaces(words)));
  const source = answer.sources[place];
  if (!source) throw new Error(`No quotation has “${words}”.`);
  return { source, figure: exchange.getByRole('figure').nth(place) };
}

/** Fails unless the browser has scrolled to the beginning of the passage and marked it as far as the words that answer. */
async function expectToStandAtPassage(
  live: Page,
  { liveUrl, quotation }: Pick<Source, 'liveUrl' | 'quotation'>,
  answerWords: string,
): Promise<void> {
  const opening = fragmentStart(liveUrl);
  expect(withoutSpaces(quotation)).toContain(withoutSpaces(opening));
  await expect.poll(async () => (await findLiveWords(live, opening)).marked).toBeGreaterThan(0.3);
  const { top, windowHeight, scrolled, scrollable } = await findLiveWords(live, opening);
  // Chromium puts the top of the target into the middle of the window, where the page is long enough for that.
  if (scrolled < scrollable - 1) expect(Math.abs(top - windowHeight / 2)).toBeLessThan(40);
  expect(top + scrolled, 'The passage was in view without scrolling: this page proves nothing.').toBeGreaterThan(windowHeight);
  await live.mouse.wheel(0, (await findLiveWords(live, answerWords)).top - windowHeight / 2);
  await expect.poll(async () => (await findLiveWords(live, answerWords)).marked).toBeGreaterThan(0.3);
}

const onePerPage = demoPages.flatMap(({ path }) => demoQuestions.find(({ pagePath }) => pagePath === path) ?? []);

/** Questions whose answers stand in text of different makes, each further down its page than a window is high. */
const places = [
  { text: 'prose', question: 'When was the great lens at Skerrow Head lit for the last time?', answer: '3 March 1974' },
  { text: 'a numbered list', question: 'How deep should I cut the loaf before it goes into the pot?', answer: 'half a centimetre deep' },
  { text: 'a table', question: 'What should I see at the end of bulk fermentation?', answer: 'bubbles at the side of the bowl' },
  { text: 'text with code in it', question: 'Which table holds the dead letters of Tidewheel?', answer: 'the stack of the last error' },
  { text: 'Japanese', question: '戸田さんは一日に何枚の紙を漉きますか？', answer: '二百四十枚' },
  { text: 'Arabic', question: 'كم لترًا يجري في الفلج في الثانية؟', answer: 'خمسة وعشرون لترًا' },
];

describe('Without a model', () => {
  test('saves pages of many kinds', async () => {
    for (const { path } of demoPages) {
      panel = await stage.openPanel(path);
      await savePage(panel);
    }
    await openView(panel, 'Library');
    for (const { title } of demoPages) await panel.getByRole('button', { name: title }).first().waitFor();
    await openView(panel, 'Ask');
  });

  test.each(onePerPage)('quotes the right page first: $question', async ({ question, pagePath, answerContains }) => {
    const answer = await askAnew(question);
    expect(answer).toMatchObject({ kind: 'quoted', status: 'complete' });
    expect(answer.sources[0]?.url).toBe(stage.site.url + pagePath);
    expect(answer.sources.map(({ quotation }) => withoutSpaces(quotation)).join()).toContain(withoutSpaces(answerContains));
    const first = newestExchange().getByRole('figure').first();
    const quoted = await first.getByRole('blockquote').innerText();
    // A long passage is begun where it bears on the question.
    expect(withoutSpaces(answer.sources[0]?.quotation ?? '')).toContain(withoutSpaces(quoted.replace(/^… /, '')));
    expect(await first.locator('cite').innerText()).toContain(demoPages.find(({ path }) => path === pagePath)?.title);
  });

  test('says that these are quotations, and where a model can be chosen', async () => {
    await askAnew('What will the harbour tram line cost?');
    await newestExchange()
      .getByText(/quotations? from your pages/)
      .waitFor();
    await newestExchange().getByRole('button', { name: 'Choose a model in Settings' }).click();
    await panel.getByRole('form', { name: 'Models' }).waitFor();
    await openView(panel, 'Ask');
  });

  test.each(places)('opens the live page at the passage, in $text', async ({ question, answer: words }) => {
    const answer = await askAnew(question);
    const { source, figure } = quotationWith(newestExchange(), answer, words);
    const live = await tabOpenedBy(() => figure.getByRole('button', { name: 'Open at this passage' }).click());
    expect(new URL(live.url()).origin).toBe(stage.site.url);
    await expectToStandAtPassage(live, source, words);
    await live.close();
  });

  test.each(places)('opens the saved copy with the passage marked and in view, in $text', async ({ question, answer: words }) => {
    const answer = await askAnew(question);
    const { source, figure } = quotationWith(newestExchange(), answer, words);
    const reader = await tabOpenedBy(() => figure.getByRole('button', { name: 'Saved copy' }).click());
    const marks = reader.locator('mark');
    await marks.first().waitFor();
    expect(withoutSpaces((await marks.allInnerTexts()).join(''))).toBe(withoutSpaces(source.quotation));
    const box = await marks.first().boundingBox();
    const height = await reader.evaluate(() => innerHeight);
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect(box?.y).toBeLessThan(height);
    await reader.close();
  });

  test('says so when nothing in the pages bears on the question', async () => {
    const answer = await askAnew('Who composed the opera about the submarine?');
    expect(answer).toMatchObject({ kind: 'nothing-found', sources: [] });
    await newestExchange().getByText('Nothing in your pages bears on this question.').waitFor();
    expect(await newestExchange().getByRole('figure').count()).toBe(0);
  });

  test('has spoken to no model server', () => {
    expect(stage.models.requests).toEqual([]);
  });
});

describe('With a model', () => {
  const chosen = { chatModel: 'test-chat', embeddingModel: '' };
  /** Slow enough to be watched, and to be stopped. */
  const watchable = { tokensPerSecond: 25 };
  const answerText = () => newestExchange().locator('.answer-text');
  const chip = () => newestExchange().getByRole('button', { name: /^Source \d+: A staircase for light/ });

  beforeAll(async () => {
    const { extension, models } = stage;
    await extension.acceptRequestFor(new URL(models.url).origin);
    await chooseModels(panel, { url: models.url, apiKey: models.apiKey, ...chosen });
  });

  test('offers the server’s models, keeps the key and never shows it again', async () => {
    await openView(panel, 'Settings');
    const form = panel.getByRole('form', { name: 'Models' });
    await form.getByRole('button', { name: 'Test connection' }).click();
    await form.getByText('Connected. The server offers 12 models.').waitFor();
    expect(
      await form
        .locator('datalist')
        .first()
        .locator('option')
        .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value)),
    ).toContain('test-chat');
    expect(await form.getByLabel('Key', { exact: true }).inputValue()).toBe('');
    expect(await form.getByLabel('Key', { exact: true }).getAttribute('placeholder')).toBe('A key is stored');
    expect(stage.models.requests.findLast(({ path }) => path === '/models')).toMatchObject({
      path: '/models',
      status: 200,
      headers: { authorization: `Bearer ${stage.models.apiKey}` },
    });
    await openView(panel, 'Ask');
  });

  test('writes an answer as it comes, with a chip at each citation', async () => {
    stage.models.tokensPerSecond = watchable.tokensPerSecond;
    await startConversation(panel);
    await panel.getByRole('textbox', { name: 'Ask your pages' }).fill('When was the great lens at Skerrow Head lit for the last time?');
    await panel.keyboard.press('Enter');
    await answerText().getByText('According to').waitFor();
    const beginning = await answerText().innerText();
    expect(await newestExchange().locator('[aria-busy="true"]').count()).toBe(1);
    await newestExchange().locator('[aria-busy="false"]').waitFor();
    const whole = await answerText().innerText();
    expect(beginning.length).toBeLessThan(whole.length);
    expect(whole).toContain('lit for the last time on 3 March 1974');
    expect(await lastAnswer(panel)).toMatchObject({ kind: 'written', status: 'complete' });
    await chip().first().waitFor();
    stage.models.tokensPerSecond = undefined;
  });

  test('says what was searched and used, in pages, passages, tokens and seconds', async () => {
    const { report, usage } = await lastAnswer(panel);
    expect(report.pagesSearched).toBe(demoPages.length);
    const prompt = lastChat(stage)?.body as { messages: { content: string }[] };
    expect(prompt.messages.at(-1)?.content.match(/<passage-\w+ /g)).toHaveLength(report.passagesUsed);
    const said = (await newestExchange().locator('.report').innerText()).replaceAll('\u00a0', ' ');
    const { pagesSearched, passagesUsed, pagesUsed } = report;
    const tokens = `${usage?.promptTokens.toLocaleString('en')} tokens read and ${usage?.completionTokens} written by test-chat`;
    expect(said).toMatch(`Searched ${pagesSearched} pages · used ${passagesUsed} passages from ${pagesUsed} pages · ${tokens} · `);
    expect(said).toMatch(/ · [\d.]+ s$/);
  });

  test('shows the passage when the pointer or the focus comes to a chip', async () => {
    const card = panel.getByRole('group', { name: /^Source \d+$/ });
    expect(await card.count()).toBe(0);
    await chip().first().hover();
    expect(await card.getByRole('blockquote').innerText()).toContain('3 March 1974');
    await panel.getByRole('textbox', { name: 'Ask your pages' }).hover();
    await card.waitFor({ state: 'detached' });
    await chip().first().focus();
    expect(await card.getByRole('blockquote').innerText()).toContain('3 March 1974');
    await expect
      .poll(async () => {
        await panel.keyboard.press('Escape');
        return card.count();
      })
      .toBe(0);
  });

  test('opens the live page at the very sentence from a chip', async () => {
    const { check } = await lastAnswer(panel);
    const support = check?.sentences.flatMap((sentence) => sentence.support).find(({ quote }) => quote.includes('3 March 1974'));
    if (!support) throw new Error('Nothing bears out when the lens was lit for the last time.');
    const live = await tabOpenedBy(() => chip().first().click());
    await expectToStandAtPassage(live, { liveUrl: support.liveUrl, quotation: support.quote }, '3 March 1974');
    await live.close();
  });

  test('takes a follow-up for what it means in the conversation', async () => {
    const answer = await askQuestion(panel, 'And how many kilograms of mercury did its trough hold?');
    expect(answer.text).toContain('310 kilograms');
    const { messages } = (lastChat(stage)?.body ?? {}) as { messages: { role: string; content: string }[] };
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(messages[1]?.content).toContain('lit for the last time');
    expect(messages[2]?.content).toContain('3 March 1974');
    expect(await panel.getByRole('article').count()).toBe(2);
  });

  test('stops at once when told to, and keeps what has been written', async () => {
    stage.models.tokensPerSecond = 8;
    await startConversation(panel);
    await panel.getByRole('textbox', { name: 'Ask your pages' }).fill('How many of the elms will be felled?');
    await panel.keyboard.press('Enter');
    await answerText().getByText('According').waitFor();
    const stoppedAt = Date.now();
    await panel.getByRole('button', { name: 'Stop' }).click();
    await newestExchange().getByText('Stopped. This is what had been written by then.').waitFor();
    await expect.poll(() => lastChat(stage)?.abandonedAt).toBeDefined();
    // 200 ms are promised; the rest is for the test's own way to the button on a busy machine.
    expect((lastChat(stage)?.abandonedAt ?? 0) - stoppedAt).toBeLessThan(1_000);
    const answer = await lastAnswer(panel);
    expect(answer.status).toBe('stopped');
    expect(answer.text).toMatch(/^According/);
    expect(answer.text).not.toContain('felled');
    expect(withoutSpaces(await answerText().innerText())).toBe(withoutSpaces(answer.text));
    stage.models.tokensPerSecond = undefined;
  });

  test('admits that the pages do not hold the answer', async () => {
    // Words of the tram page, so that passages are found; but it does not say this.
    const answer = await askAnew('Which harbour tram driver lost a glove?');
    expect(answer).toMatchObject({ kind: 'written', status: 'complete', text: 'The saved pages do not answer this question.' });
    expect(
      await newestExchange()
        .getByRole('button', { name: /^Source/ })
        .count(),
    ).toBe(0);
  });

  test('lists conversations, renames and deletes them', async () => {
    const [renamed, deleted] = ['Who composed the opera about the submarine?', 'Which harbour tram driver lost a glove?'];
    await panel.getByRole('button', { name: deleted, expanded: false }).click();
    const list = panel.getByRole('list', { name: 'Conversations' });
    await list.getByRole('button', { name: `Rename “${renamed}”` }).click();
    await panel.getByRole('textbox', { name: 'Title of the conversation' }).fill('An opera under water');
    await panel.keyboard.press('Enter');
    await list.getByRole('button', { name: /^An opera under water/ }).waitFor();
    await list.getByRole('button', { name: `Delete “${deleted}”` }).click();
    await panel.getByRole('button', { name: 'Delete now' }).click();
    await panel.getByText(`Deleted: ${deleted}`).waitFor({ state: 'detached' });
    await list.getByRole('button', { name: deleted }).waitFor({ state: 'detached' });
    expect(await panel.getByRole('article').count(), 'the deleted conversation is no longer shown').toBe(0);
    const titles = (await sendFrom(panel)('conversations/list', null)).map(({ title }) => title);
    expect(titles).toContain('An opera under water');
    expect(titles).not.toContain(renamed);
    expect(titles).not.toContain(deleted);
    await panel.getByRole('button', { name: 'Earlier conversations', expanded: false }).click();
    await list
      .getByRole('button', { name: /^How many of the elms/ })
      .first()
      .click();
    await newestExchange().getByText('Stopped. This is what had been written by then.').waitFor();
  });

  test('goes on with the conversation after the browser was started again', async () => {
    await stage.restart();
    panel = await stage.openPanel('/field/tide-pools');
    await newestExchange().getByText('Stopped. This is what had been written by then.').waitFor();
    const answer = await askQuestion(panel, 'And how many signatures did the petition for the elms gather?');
    expect(answer.text).toContain('11,800 signatures');
    expect(await panel.getByRole('article').count()).toBe(2);
  });

  describe('and one that finds passages by meaning', () => {
    const question = 'Did the doctor purchase a boat?';
    const path = '/notes/harbour';

    beforeAll(async () => {
      await stage.extension.context.route(`**${path}`, (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<!doctype html><html lang="en"><title>Harbour notes</title><main><article><h1>Harbour notes</h1>
            <p>Our physician acquired an old vessel last spring, and the sailors of the harbour smiled at it.</p></article></main>`,
        }),
      );
      panel = await stage.openPanel(path);
      await savePage(panel);
    });

    test('does not find it by words where the question and the page share none', async () => {
      expect((await askAnew(question)).sources.map(({ title }) => title)).not.toContain('Harbour notes');
    });

    test('says beforehand what fetching the vectors would send, and sends just that', async () => {
      stage.models.requests.length = 0;
      await chooseModels(panel, { url: stage.models.url, ...chosen, embeddingModel: 'test-embedding-small' });
      await openView(panel, 'Settings');
      const notice = panel.getByRole('region', { name: 'Search by meaning' });
      await notice.getByText(`${demoPages.length + 1} pages are searched by words only.`).waitFor();
      const estimate = /sends about ([\d,]+) tokens to (\S+)\.$/.exec(await notice.getByText(/^Fetching their vectors/).innerText());
      expect(estimate?.[2]).toBe(new URL(stage.models.url).host);
      expect(stage.models.requests.map(({ path }) => path)).toEqual(['/models']);
      await notice.getByRole('button', { name: 'Fetch vectors' }).click();
      const unembedded = async () => (await savedPages(panel)).filter(({ embeddedWith }) => !embeddedWith);
      await expect.poll(unembedded, { timeout: 20_000 }).toEqual([]);
      const sent = stage.models.requests
        .filter(({ path }) => path === '/embeddings')
        .flatMap(({ body }) => (body as { input: string[] }).input);
      expect(new Set(sent).size).toBe(sent.length);
      const tokens = sent.reduce((sum, text) => sum + countTokens(text), 0);
      expect(Math.abs(Number(estimate?.[1]?.replaceAll(',', '')) - tokens)).toBeLessThanOrEqual(tokens / 100);
      await openView(panel, 'Ask');
    });

    test('finds the page that says it in other words', async () => {
      const answer = await askAnew(question);
      expect(answer.sources.map(({ title }) => title)).toContain('Harbour notes');
      expect(answer.text).toContain('Our physician acquired an old vessel');
      expect(stage.models.requests.at(-2)).toMatchObject({ path: '/embeddings', body: { input: [question] } });
    });

    test('embeds a page that is saved from now on, at once', async () => {
      stage.models.requests.length = 0;
      panel = await stage.openPanel('/awkward/article?words=300');
      await savePage(panel);
      expect(stage.models.requests.map(({ path }) => path)).toEqual(['/embeddings']);
      expect((await savedPages(panel)).filter(({ embeddedWith }) => !embeddedWith)).toEqual([]);
    });
  });

  test('has sent nothing that OpenAI would not take', ({ skip }) => {
    expect(stage.models.violations).toEqual([]);
    skip(!requestsAreValidated, '../shared/openai/openapi.json is absent: only the fences of prompts were checked.');
  });
});
