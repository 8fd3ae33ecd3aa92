import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askQuestion, chooseModels, lastAnswer, openView, savePage, startConversation } from '../support/panel';
import { expectNoFaults } from './support/axe';
import { openStage, type Stage } from './support/stage';

// What a person opens is what search learns from, when they tell it to, and unlearns again.

let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage();
  panel = await stage.openPanel('/essays/fresnel-lens');
  await stage.extension.acceptRequestFor(stage.models.url);
  await chooseModels(panel, { ...stage.models, chatModel: '', embeddingModel: 'test-embedding-small' });
  await savePage(panel);
  panel = await stage.openPanel('/kitchen/sourdough');
  await savePage(panel);
});

afterAll(() => stage?.close());

/** It searches some three hundred times, which a busy machine takes its time for. */
const trainingMs = 45_000;

const tunedSearch = () => panel.getByRole('region', { name: 'Tuned search' });

test('A source that is opened makes its question one to learn from', async () => {
  await askQuestion(panel, 'When was the great lens at Skerrow Head lit for the last time?');
  await panel.getByRole('button', { name: 'Saved copy' }).first().click();
  await expect.poll(async () => (await lastAnswer(panel)).opened).toEqual([1]);
  await openView(panel, 'Settings');
  await tunedSearch()
    .getByText(/There is 1 question to learn from\. It takes at least 80/)
    .waitFor();
  expect(await tunedSearch().getByRole('button', { name: 'Train' }).isDisabled()).toBe(true);
});

test('What was learned is checked, used and undone with one click', async () => {
  await openView(panel, 'Ask');
  await startConversation(panel);
  await askQuestion(panel, 'How long does the sourdough rise?');
  await panel.evaluate(addMisleadingQuestions, 100);
  await openView(panel, 'Settings');
  await tunedSearch().getByText('There are 101 questions to learn from.').waitFor();
  await tunedSearch().getByRole('button', { name: 'Train' }).click();
  await tunedSearch()
    .getByText(/^On \d+ questions that were held back, nDCG@10 went from 0\.\d+ to [01]\.\d+\. Searches have used it since/)
    .waitFor({ timeout: trainingMs });
  await expectNoFaults(panel);
  await tunedSearch().getByRole('button', { name: 'Undo' }).click();
  await tunedSearch().getByRole('button', { name: 'Train', exact: true }).waitFor();
  expect(await tunedSearch().getByText('held back').count()).toBe(0);
  expect(stage.models.violations).toEqual([]);
});

/** Runs in the panel. Questions as if a model took what is asked of the first answer's source for what the second question asks. */
async function addMisleadingQuestions(count: number): Promise<void> {
  type Stored = { role: string; id: string; createdAt: number; opened?: number[]; asked?: object };
  const finished = <Value>(request: IDBRequest<Value>) =>
    new Promise<Value>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await finished(indexedDB.open('commonplace'));
  const store = database.transaction('messages', 'readwrite').objectStore('messages');
  const answers = ((await finished(store.getAll())) as Stored[]).filter(({ role }) => role === 'answer');
  const opened = answers.find((answer) => answer.opened);
  const other = answers.find((answer) => !answer.opened);
  if (!opened?.asked || !other?.asked) throw new Error('Nothing was asked by its vector.');
  for (let number = 0; number < count; number++) {
    const asked = { ...other.asked, text: `zq${number}` };
    store.put({ ...opened, id: `misleading-${number}`, asked });
  }
  await finished(store.count());
  database.close();
}
