import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AnswerMessage } from '../../src/core/conversation/conversation';
import { mostAnswerCharacters } from '../../src/core/conversation/growing-answer';
import type { Misbehaviour } from '../support/model-server/misbehaviour';
import { askQuestion, lastAnswer, sendFrom, startConversation } from '../support/panel';
import { openAnsweringPanel } from './support/answering-panel';
import { lastChat } from './support/last-chat';
import { openStage, requestsAreValidated, type Stage } from './support/stage';

// A model that does not do as it is asked: each time the person is told in words, with one thing to do; what was good stays, and the panel goes on.

const question = 'When was the great lens at Skerrow Head lit for the last time?';
const answerWords = '3 March 1974';
const profile = mkdtempSync(join(tmpdir(), 'commonplace-misbehaving-'));
let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage({ profile });
  panel = await openAnsweringPanel(stage);
});

beforeEach(() => startConversation(panel));

afterEach(() => stage.models.recover());

afterAll(async () => {
  await stage?.close();
  await rm(profile, { recursive: true, force: true });
});

const exchange = () => panel.getByRole('article').last();

async function askOf(order: Misbehaviour): Promise<AnswerMessage> {
  stage.models.misbehave(order);
  return askQuestion(panel, question);
}

/** What is told, and that one thing can be done about it. */
async function expectTold(words: string): Promise<void> {
  const notice = exchange().getByRole('alert');
  expect(await notice.innerText()).toContain(words);
  expect(await notice.getByRole('button').allInnerTexts()).toEqual(['Try again']);
}

/** The conversation goes on from there: as it is, and with another question. */
async function expectGoesOn(): Promise<void> {
  const [conversation] = await sendFrom(panel)('conversations/list', null);
  if (!conversation) throw new Error('The conversation is gone.');
  const before = await sendFrom(panel)('conversation/read', { conversationId: conversation.id });
  const after = await askQuestion(panel, `Once more: ${question}`);
  expect(after).toMatchObject({ status: 'complete', text: expect.stringContaining(answerWords) });
  const messages = await sendFrom(panel)('conversation/read', { conversationId: conversation.id });
  expect(messages.slice(0, before.length)).toEqual(before);
  expect(await panel.getByRole('article').count()).toBe(messages.length / 2);
}

describe('A model that cites in its own way', () => {
  const forms = ['【$n】', '【$n†source】', '[^$n]', '[Source $n]', '(Source $n)', '<sup>$n</sup>', '($n)', '[$n][99]', '[99, $n]'];
  test.each(forms)('as %s has its marks made into the usual ones', async (form) => {
    const { text, sources } = await askOf({ kind: 'marks', form });
    expect(text).toMatch(/3 March 1974[^[]*\[\d\]/);
    expect(text).not.toMatch(/99|【|†|\^|source \d|<sup>|\(\d\)/i);
    const chip = exchange()
      .locator('.answer-text')
      .getByRole('button', { name: /^Source \d/ });
    expect(await chip.count()).toBeGreaterThan(0);
    expect(sources.length).toBeGreaterThan(0);
  });

  test('or not at all has its sentences traced to the pages all the same', async () => {
    const { text, check } = await askOf({ kind: 'marks', form: '' });
    expect(text).not.toMatch(/\[\d\]/);
    expect(check?.sentences.some(({ support }) => support.length > 0)).toBe(true);
    await exchange()
      .locator('.answer-text')
      .getByRole('button', { name: /^Source \d/ })
      .first()
      .waitFor();
  });

  test('by numbers that no source has cites nothing', async () => {
    const { text } = await askOf({ kind: 'says', text: `The lens fell silent [99]. ${'Nobody knows why [42][7].'}` });
    expect(text).toBe('The lens fell silent. Nobody knows why.');
    expect(
      await exchange()
        .locator('.answer-text')
        .getByRole('button', { name: /^Source (99|42|7)/ })
        .count(),
    ).toBe(0);
    await expectGoesOn();
  });
});

describe('A model that', () => {
  const german =
    'Die große Linse von Skerrow Head wurde am 3. März 1974 zum letzten Mal angezündet, und danach blieb sie für immer dunkel [1].';
  const empties: [string, Misbehaviour][] = [
    ['says nothing', { kind: 'empty' }],
    ['says nothing but white space', { kind: 'says', text: ' \n\n \t' }],
    ['thinks and says nothing', { kind: 'reasons-only' }],
    ['thinks aloud and says nothing', { kind: 'says', text: '<think>First I look at the passages, then' }],
  ];
  test.each(empties)('%s', async (_, order) => {
    expect(await askOf(order)).toMatchObject({ status: 'failed', text: '', problem: { code: 'model-empty' } });
    await expectTold('The model ended without a word.');
    await exchange().getByRole('button', { name: 'Try again' }).click();
    await exchange().locator('.answer-text').getByText(answerWords).first().waitFor();
    expect(await panel.getByRole('article').count()).toBe(1);
    await expectGoesOn();
  });

  test('thinks aloud before its answer has only the answer shown', async () => {
    const { text } = await askOf({ kind: 'says', text: '<think>The date is what counts.</think>\n\nOn 3 March 1974 [1].' });
    expect(text).toBe('On 3 March 1974 [1].');
  });

  test('refuses', async () => {
    const refused = await askOf({ kind: 'refuses', text: "I'm sorry, I can't help with that." });
    expect(refused).toMatchObject({ status: 'failed', text: "I'm sorry, I can't help with that.", problem: { code: 'model-refused' } });
    await expectTold('The model refused to answer this.');
    await expectGoesOn();
  });

  test('refuses in words alone, which nothing but itself can tell from an answer, is not shown as if the pages said so', async () => {
    const words = 'I cannot help with anything about lenses or lamps on a headland.';
    expect(await askOf({ kind: 'says', text: words })).toMatchObject({ status: 'complete', text: words });
    expect(await exchange().getByRole('list', { name: 'Sources' }).count()).toBe(0);
    expect(
      await exchange()
        .getByRole('button', { name: /^Source \d/ })
        .count(),
    ).toBe(0);
    expect(await exchange().getByRole('alert').count()).toBe(0);
  });

  test('is filtered in the middle', async () => {
    expect(await askOf({ kind: 'filtered' })).toMatchObject({ status: 'failed', text: expect.stringMatching(/^According/) });
    await expectTold('The model refused to answer this.');
    await expectGoesOn();
  });

  test('answers in another language', async () => {
    expect(await askOf({ kind: 'says', text: german })).toMatchObject({ status: 'complete', text: german });
    await expectTold('The answer is in another language than your question.');
    await exchange().getByRole('button', { name: 'Try again' }).click();
    await exchange().getByRole('group', { name: 'Answers to this question' }).waitFor();
    await exchange().locator('.answer-text').getByText(answerWords).first().waitFor();
  });

  const loops = ['The lamp was lit again. ', '\n- The lamp was lit again, and the keeper went home.', 'and then ', 'ha'];
  test.each(loops)('says %j for ever is stopped, and what was good is kept', async (text) => {
    const stopped = await askOf({ kind: 'loops', text });
    expect(stopped).toMatchObject({ status: 'failed', problem: { code: 'model-looped' }, usage: { cost: expect.anything() } });
    expect(stopped.text).toContain(answerWords);
    expect(stopped.text.split(text.trim()).length - 1).toBeLessThanOrEqual(2);
    await expectTold('The model had begun to repeat itself without end');
    // What little 'ha' takes has been sent before anyone could hang up.
    if (text.length > 5) await expect.poll(() => lastChat(stage)?.abandonedAt).toBeDefined();
    await expectGoesOn();
  });

  test('ends at its maximum of tokens', async () => {
    const cut = await askOf({ kind: 'cut-off' });
    expect(cut).toMatchObject({ status: 'failed', text: expect.stringMatching(/^According/), problem: { code: 'model-cut-off' } });
    await expectTold('The answer was cut off at the most that the model may write at once.');
    await expectGoesOn();
  });

  test('sends bytes that are no letters has the rest shown', async () => {
    const { status, text } = await askOf({ kind: 'broken-letters' });
    expect(status).toBe('complete');
    expect(text).toContain('\ufffd');
    expect(text).toContain(answerWords.slice(-4));
    await expectGoesOn();
  });

  test('sends a line without an end is hung up on', async () => {
    const { status, text, problem } = await askOf({ kind: 'endless-line' });
    expect({ status, problem }).toMatchObject({ status: 'failed', problem: { code: 'model-answer-too-long' } });
    expect(text).toMatch(/^According/);
    await expectTold('The model wrote more than an answer can hold');
    await expectGoesOn();
  });

  const wrong: [string, readonly string[]][] = [
    ['no JSON', ['hello']],
    ['null', ['null', '[DONE]']],
    ['JSON of other things', ['{"greeting":"hello"}', '[]', '7', '"text"', '[DONE]']],
    ['choices that are none', ['{"choices":"yes"}', '{"choices":{"0":1}}', '[DONE]']],
    ['nothing but an end', ['[DONE]']],
  ];
  test.each(wrong)('streams %s', async (_, events) => {
    expect(await askOf({ kind: 'events', events })).toMatchObject({ status: 'failed', text: '', problem: { code: 'model-malformed' } });
    await expectTold('The model server answered in a way that could not be understood.');
    await expectGoesOn();
  });

  test('sends contents of other types has them left out', async () => {
    const choices = [null, 7, { delta: null }, { delta: { content: { text: 'x' } } }, { delta: { content: 7 } }, { delta: 'x' }];
    const end = {
      choices: [{ index: 0, delta: { content: 'On 3 March 1974.' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 'many' },
    };
    const events = [...choices.map((choice) => JSON.stringify({ choices: [choice] })), JSON.stringify(end), '[DONE]'];
    expect(await askOf({ kind: 'events', events })).toMatchObject({ status: 'complete', text: 'On 3 March 1974.' });
    await expectGoesOn();
  });

  test('does not stream', async () => {
    expect(await askOf({ kind: 'not-streamed' })).toMatchObject({ status: 'failed', problem: { code: 'model-malformed' } });
    await expectTold('The model server answered in a way that could not be understood.');
    await expectGoesOn();
  });
});

describe('A model that sends a megabyte', () => {
  const flood: Misbehaviour = { kind: 'floods', characters: 1_000_000 };
  afterEach(() => {
    stage.models.tokensPerSecond = undefined;
  });

  async function ask(order: Misbehaviour): Promise<void> {
    stage.models.misbehave(order);
    await panel.getByRole('textbox', { name: 'Ask your pages' }).fill(question);
    await panel.keyboard.press('Enter');
  }

  /** How far down the conversation is scrolled, as the person does it. */
  async function scrolledBy(pixels: number): Promise<number> {
    const box = await exchange().boundingBox();
    await panel.mouse.move((box?.x ?? 0) + 100, 300);
    await panel.mouse.wheel(0, pixels);
    return panel.evaluate(() => Math.max(...[...document.querySelectorAll('*')].map(({ scrollTop }) => scrollTop)));
  }

  test('is ended at what an answer can hold, all of which is kept and can be read', async () => {
    await ask(flood);
    await exchange().locator('[aria-busy="false"]').waitFor({ timeout: 60_000 });
    const { status, problem, text } = await lastAnswer(panel);
    expect({ status, problem }).toEqual({ status: 'failed', problem: { code: 'model-answer-too-long' } });
    expect(text.length).toBe(mostAnswerCharacters);
    await expectTold('The model wrote more than an answer can hold');
    const before = await scrolledBy(0);
    await expect.poll(() => scrolledBy(500)).toBeGreaterThan(before);
    expect(await askQuestion(panel, question)).toMatchObject({ status: 'complete', text: expect.stringContaining(answerWords) });
  }, 120_000);

  test('can be followed and stopped while it comes', async () => {
    // A thousand letters a second.
    stage.models.tokensPerSecond = 10;
    await ask(flood);
    await exchange().locator('.answer-text').getByText('Lamp 60 of').waitFor();
    // Whoever goes to the end of it is taken along.
    let end = Number.POSITIVE_INFINITY;
    const isTakenAlong = async () => {
      const isFarther = (await scrolledBy(0)) > end + 50;
      end = await scrolledBy(100_000);
      return isFarther;
    };
    await expect.poll(isTakenAlong).toBe(true);
    await panel.getByRole('button', { name: 'Stop' }).click();
    await exchange().locator('[aria-busy="false"]').waitFor();
    const { status, text } = await lastAnswer(panel);
    expect(status).toBe('stopped');
    expect(text).toMatch(/^Lamp 1 of [\s\S]*Lamp 60 of/);
    stage.models.tokensPerSecond = undefined;
    await expectGoesOn();
  });
});

test('An answer whose connection breaks in the middle of a sentence has the part kept, and nothing said of the half sentence', async () => {
  stage.models.fail({ kind: 'cut-short' });
  const { status, problem, text, check } = await askOf({ kind: 'floods', characters: 6_000 });
  expect({ status, code: problem?.code }).toEqual({ status: 'failed', code: 'model-dropped' });
  expect(text).toMatch(/[^.\s]\s*$/);
  expect(check?.sentences.length).toBeGreaterThan(20);
  expect(check?.sentences.at(-1)?.end).toBeLessThanOrEqual(text.lastIndexOf('. ') + 2);
  await expectTold('The connection to the model server broke off.');
  await expectGoesOn();
});

test('What is too long for a model is sent once more, shorter, and that is said', async () => {
  stage.models.requests.length = 0;
  stage.models.fail({ kind: 'context-too-long' });
  const { status, report, text } = await askQuestion(panel, question);
  expect({ status, text, report }).toMatchObject({
    status: 'complete',
    text: expect.stringContaining(answerWords),
    report: { wasShortened: true },
  });
  const [first = 0, second = 0, ...more] = stage.models.requests.map(({ body }) => JSON.stringify(body).length);
  expect(more).toEqual([]);
  expect(second).toBeGreaterThan(0);
  expect(second).toBeLessThan(first);
  await exchange().getByText('The model takes less at once than Settings allows').waitFor();
  await expectGoesOn();
});

test('What a question came to is kept when the browser is started again', async () => {
  await askOf({ kind: 'refuses', text: 'No.' });
  await stage.restart();
  panel = await stage.openPanel('/essays/fresnel-lens');
  expect(await lastAnswer(panel)).toMatchObject({ status: 'failed', text: 'No.', problem: { code: 'model-refused' } });
});

test('Nothing was sent that OpenAI would not take', ({ skip }) => {
  expect(stage.models.violations).toEqual([]);
  skip(!requestsAreValidated, '../shared/openai/openapi.json is absent: only the fences of prompts were checked.');
});
