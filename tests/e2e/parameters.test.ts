import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AnswerMessage } from '../../src/core/conversation/conversation';
import { askQuestion, chooseModels, openView, savePage, sendFrom, startConversation } from '../support/panel';
import { expectNoFaults } from './support/axe';
import { openStage, requestsAreValidated, type Stage } from './support/stage';

// How a model is asked, in the real panel, with models that refuse part of it.

const question = 'When was the great lens at Skerrow Head lit for the last time?';
const answerWords = '3 March 1974';
let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage({}, { apiKey: null });
  panel = await stage.openPanel('/essays/fresnel-lens');
  await savePage(panel);
  await stage.extension.acceptRequestFor(stage.models.url);
});

beforeEach(() => {
  stage.models.requests.length = 0;
});

afterAll(() => stage?.close());

const writing = () => panel.getByRole('form', { name: 'How it writes' });
const parameter = (name: string) => writing().locator('details', { has: panel.locator('summary', { hasText: new RegExp(`^${name}`) }) });
const newestExchange = () => panel.getByRole('article').last();
const chats = () =>
  stage.models.requests.filter(({ path }) => path.endsWith('/completions')).map(({ body }) => body as Record<string, unknown>);

async function choose(chatModel: string): Promise<void> {
  await chooseModels(panel, { url: stage.models.url, chatModel, embeddingModel: '' });
}

async function setParameters(set: () => Promise<void>): Promise<void> {
  await openView(panel, 'Settings');
  await set();
  await writing().getByRole('button', { name: 'Save' }).click();
  await writing().getByText('Settings are saved.').waitFor();
  await openView(panel, 'Ask');
}

test('What is set is asked of the model, and its example follows the value', async () => {
  await choose('test-chat');
  await setParameters(async () => {
    await parameter('Temperature').locator('summary').click();
    const likeliest = parameter('Temperature').getByRole('listitem').first();
    expect(await likeliest.innerText()).toContain('42%');
    await parameter('Temperature').getByRole('spinbutton', { name: 'Temperature' }).fill('0');
    expect(await likeliest.innerText()).toContain('100%');
    await parameter('Temperature').getByRole('slider').focus();
    await panel.keyboard.press('ArrowRight');
    await expectNoFaults(panel);
  });
  await startConversation(panel);
  expect((await askQuestion(panel, question)).text).toContain(answerWords);
  expect(chats()).toMatchObject([{ temperature: 0.05 }]);
});

test('A number out of its range is not taken', async () => {
  await openView(panel, 'Settings');
  await parameter('Temperature').locator('summary').click();
  const field = parameter('Temperature').getByRole('spinbutton', { name: 'Temperature' });
  await field.fill('3');
  await writing().getByRole('button', { name: 'Save' }).click();
  await parameter('Temperature').getByText('Enter a number from 0 to 2.').waitFor();
  await expect.poll(async () => (await sendFrom(panel)('settings/read', null)).parameters).toEqual({ temperature: 0.05 });
  await field.fill('0.05');
});

test('A model that refuses it is asked once more without, which is told under the answer, and then no longer offered', async () => {
  await choose('test-reasoner');
  await startConversation(panel);
  const answer = await askQuestion(panel, question);
  expect(answer.text).toContain(answerWords);
  expect(answer.leftOut).toEqual(['temperature']);
  await newestExchange().getByText('This model does not take: Temperature. Asked without.').waitFor();
  expect(chats().map(({ temperature }) => temperature)).toEqual([0.05, undefined]);

  await startConversation(panel);
  await askQuestion(panel, 'Where did the great lens at Skerrow Head stand?');
  expect(chats()).toHaveLength(3);

  await setParameters(async () => {
    await parameter('Temperature').locator('summary').click();
    await parameter('Temperature').getByText('The chosen model does not take this').waitFor();
    await parameter('Temperature').getByRole('button', { name: 'Leave to the server: Temperature' }).click();
    expect(await parameter('Temperature').count()).toBe(0);
    await writing().getByText('Not offered, because the model does not take it: Temperature').waitFor();
  });
  await openView(panel, 'Settings');
  await writing().getByRole('button', { name: 'Offer again what the model refused' }).click();
  await parameter('Temperature').waitFor();
});

test('A model that only goes on with a text answers too', async () => {
  await choose('test-completions');
  await startConversation(panel);
  const answer = await askQuestion(panel, question);
  expect(answer).toMatchObject({ status: 'complete', leftOut: ['chat'], usage: { counted: false } });
  expect(answer.text).toContain(answerWords);
  await newestExchange().getByText('This model does not chat.').waitFor();
  await startConversation(panel);
  await askQuestion(panel, 'Where did the great lens at Skerrow Head stand?');
  expect(stage.models.requests.map(({ path }) => path).filter((path) => path !== '/models')).toEqual([
    '/chat/completions',
    '/completions',
    '/completions',
  ]);
});

test('Several answers stand beside each other, also from a server that gives one at a time', async () => {
  await choose('test-single');
  await setParameters(async () => {
    await parameter('Answers').locator('summary').click();
    await parameter('Answers').getByRole('spinbutton').fill('3');
    await parameter('Answers').getByText('costs 3 × as much').first().waitFor();
  });
  const answers = ['It was lit in 1823 [1].', 'In 1823, says the essay [1].', 'Eighteen twenty-three [1].'];
  stage.models.script(answers);
  await startConversation(panel);
  await askQuestion(panel, question);
  expect(chats().map(({ n }) => n)).toEqual([3, undefined, undefined]);
  const exchange = newestExchange();
  const shown: string[] = [];
  for (const place of [1, 2, 3]) {
    await exchange.getByText(`Branch ${place} of 3`).waitFor();
    shown.push(await exchange.locator('.answer-text').innerText());
    if (place < 3) await exchange.getByRole('button', { name: 'Next branch' }).click();
  }
  expect(new Set(shown).size).toBe(3);
  for (const { text } of await storedAnswers()) expect(answers).toContain(text);
  expect((await storedAnswers()).filter(({ usage }) => usage)).toHaveLength(1);
  await setParameters(async () => {
    await parameter('Answers').locator('summary').click();
    await parameter('Answers').getByRole('button', { name: 'Leave to the server: Answers' }).click();
  });
});

async function storedAnswers(): Promise<AnswerMessage[]> {
  const [conversation] = await sendFrom(panel)('conversations/list', null);
  const messages = conversation ? await sendFrom(panel)('conversation/read', { conversationId: conversation.id }) : [];
  return messages.filter((message) => message.role === 'answer');
}

test('Nothing was sent that OpenAI would not take', ({ skip }) => {
  expect(stage.models.violations).toEqual([]);
  skip(!requestsAreValidated, '../shared/openai/openapi.json is absent: only the fences of prompts were checked.');
});
