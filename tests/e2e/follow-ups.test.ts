import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { askQuestion, chooseModels, openView, savePage, startConversation } from '../support/panel';
import { lastChat } from './support/last-chat';
import { openStage, type Stage } from './support/stage';

// What a conversation makes of the next question: what it means, and how much of what was said before it is still told.

let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage({}, { contextTokens: { 'test-chat': 4_000 } });
  for (const path of ['/kitchen/sourdough', '/essays/fresnel-lens']) {
    panel = await stage.openPanel(path);
    await savePage(panel);
  }
  await stage.extension.acceptRequestFor(stage.models.url);
  await chooseModels(panel, { ...stage.models, chatModel: 'test-chat', embeddingModel: '' });
});

afterEach(() => expect(stage.models.violations).toEqual([]));

afterAll(() => stage?.close());

const report = () => panel.getByRole('article').last().locator('.report');

async function setContextTokens(tokens: number): Promise<void> {
  await openView(panel, 'Settings');
  const form = panel.getByRole('form', { name: 'Models' });
  await form.getByLabel('Tokens per question').fill(String(tokens));
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Settings are saved.').waitFor();
  await openView(panel, 'Ask');
}

describe('A question that leans on those before it', () => {
  test('is searched for in words that stand alone, which the panel shows', async () => {
    // Too few for all that is saved to be sent, which would need no search.
    await setContextTokens(1_500);
    await startConversation(panel);
    await askQuestion(panel, 'When was the great lens at Skerrow Head lit for the last time?');
    await askQuestion(panel, 'Who was the keeper there?');
    const { sources } = await askQuestion(panel, 'And how many prisms does it hold?');
    expect(sources[0]?.url).toBe(`${stage.site.url}/essays/fresnel-lens`);
    await report()
      .getByText(/searched for “And how many prisms does Skerrow Head hold\?”/)
      .waitFor();
  });

  test('is found without a model too, however far back the conversation named what it is about', async () => {
    await chooseModels(panel, { ...stage.models, chatModel: '', embeddingModel: '' });
    await startConversation(panel);
    await askQuestion(panel, 'When was the great lens at Skerrow Head lit for the last time?');
    await askQuestion(panel, 'And where is it now?');
    const { sources } = await askQuestion(panel, 'How much does it weigh?');
    expect(sources[0]?.url).toBe(`${stage.site.url}/essays/fresnel-lens`);
    await chooseModels(panel, { ...stage.models, chatModel: 'test-chat', embeddingModel: '' });
  });
});

describe('A long conversation', () => {
  test('is condensed when there is no room for all of it, and says so', async () => {
    await setContextTokens(1_000);
    await startConversation(panel);
    const asked = [
      'lit for the last time',
      'made',
      'lifted and set down again',
      'shown to visitors',
      'taken down',
      'cleaned',
      'sold',
      'insured',
    ];
    for (const words of asked) {
      await askQuestion(panel, `When was the great lens at Skerrow Head ${words}, and what did the people of the town say about it then?`);
    }
    const condensed = panel.getByText(/The first (question|\d+ questions) of the conversation (was|were) condensed/).last();
    await condensed.click();
    await panel
      .locator('details[open]')
      .getByText(/^Asked so far: .*When was the great lens/)
      .waitFor();
    const { messages } = (lastChat(stage)?.body ?? {}) as { messages: { role: string; content: string }[] };
    expect(messages[2]?.content).toMatch(/^Asked so far: /);
  });
});

describe('A prompt that the model finds too long', () => {
  test('is sent once more, shorter, and the answer says so', async () => {
    await setContextTokens(16_000);
    await startConversation(panel);
    const long = `When was the great lens at Skerrow Head lit for the last time? ${'It was a long day by the sea. '.repeat(350)}`;
    const refused = stage.models.requests.length;
    await askQuestion(panel, long);
    await panel.getByText('The model takes less at once than Settings allows, so it was sent less than was found.').waitFor();
    const sent = stage.models.requests.slice(refused).filter(({ path }) => path.endsWith('/chat/completions'));
    expect(sent.map(({ status }) => status)).toEqual([400, 200]);
  });
});
