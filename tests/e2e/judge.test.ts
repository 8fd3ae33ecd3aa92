import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openView, sendFrom } from '../support/panel';
import { openAnsweringPanel } from './support/answering-panel';
import { expectNoFaults } from './support/axe';
import { openStage, requestsAreValidated, type Stage } from './support/stage';

// Two models judged blind over held-out examples, in the real panel.

const asked = [
  'When was the great lens at Skerrow Head lit for the last time?',
  'How many separate prisms does the lens from Skerrow Head hold?',
  'At what height did the great lens at Skerrow Head stand above the sea?',
];
const guess = 'Who would know such a thing.';
const [scripted, reading] = ['test-scripted', 'test-chat'];
let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage({}, { apiKey: null });
  panel = await openAnsweringPanel(stage);
  const example = (question: string, split: 'train' | 'validation') => ({
    conversation: [
      { role: 'system', content: 'You are Marv, factual and sarcastic.' },
      { role: 'user', content: question },
    ],
    answer: { role: 'assistant', content: `What the example says of: ${question}` },
    split,
  });
  const examples = [...asked.map((question) => example(question, 'validation')), example('What is a lens?', 'train')];
  await sendFrom(panel)('examples/add', { examples, startedAt: Date.now(), first: 0 });
});

afterAll(() => stage?.close());

const judge = () => panel.getByRole('region', { name: 'Judge a model' });
const side = (number: number) => judge().getByRole('group', { name: `Model ${number}` });
const model = (number: number) => side(number).getByLabel('Name', { exact: true });
const answer = (letter: 'A' | 'B') => judge().getByRole('region', { name: new RegExp(`^(Answer )?${letter}\\b`) });

/** Votes, by its key, for the answer that the library bears out. */
async function voteForTheReader(question: number): Promise<void> {
  await judge().getByText(`Question ${question} of 3`).waitFor();
  const isA = !(await answer('A').innerText()).includes(guess);
  await panel.keyboard.press(isA ? 'a' : 'B');
}

test('The price of both is said before anything is asked, and a model of which nothing but its name is known says what that tells', async () => {
  await openView(panel, 'Tune');
  await judge().getByRole('button', { name: 'Compare two models' }).click();
  await model(1).fill('ft:test-chat:acme:marv:x1');
  await side(1).getByText('Tuned from test-chat.').waitFor();
  await model(1).fill(scripted);
  await model(2).fill(reading);
  await side(2).getByLabel('Answers from the library').check();
  await judge().getByLabel('How many, at most').fill('10');
  stage.models.requests.length = 0;
  await judge().getByRole('button', { name: 'Find passages and estimate the cost' }).click();
  await judge().getByText('3 questions would be put to both.').waitFor();
  await judge().getByText('Together: free, your own server.').waitFor();
  expect(stage.models.requests).toEqual([]);
  await expectNoFaults(panel);
});

test('A run is held up by what no answer comes of, and nothing tells which answer is whose', async () => {
  // The third question finds no answer there.
  stage.models.script([guess, guess]);
  await judge().getByRole('button', { name: 'Ask both' }).click();
  await judge().getByText('Something went wrong at the model server.').waitFor();
  await voteForTheReader(1);
  await judge().getByText('Question 2 of 3').waitFor();
  await judge().getByText('1 of 3 voted on').waitFor();
  await judge().getByRole('button', { name: 'Reveal' }).click();
  const question = judge().getByRole('alertdialog', { name: 'Reveal with 2 questions left to vote on?' });
  await expectNoFaults(panel);
  await question.getByRole('button', { name: 'Go on voting' }).click();
  await question.waitFor({ state: 'detached' });
  expect(await panel.evaluate(() => document.activeElement?.textContent)).toContain('Question 2 of 3');
  // A key that is held down is no vote on what comes next.
  await judge().getByRole('heading', { name: 'Question 2 of 3' }).dispatchEvent('keydown', { key: 'a', repeat: true, bubbles: true });
  await judge().getByText('The answer in the example').click();
  await judge().getByText('What the example says of:').waitFor();
  expect(await judge().evaluate((section) => section.outerHTML)).not.toMatch(/test-(scripted|chat)/);
  expect(await judge().ariaSnapshot()).not.toMatch(/test-(scripted|chat)/);
  await expectNoFaults(panel);
});

test('Votes survive the end of the panel and of the worker, and the run is gone on with', async () => {
  await panel.close();
  await stage.extension.killWorker();
  panel = await stage.openPanel('/essays/fresnel-lens');
  await openView(panel, 'Tune');
  await judge()
    .getByRole('button', { name: /^Open: / })
    .click();
  await judge().getByText('1 of 3 voted on').waitFor();
  stage.models.script([guess]);
  await judge().getByRole('button', { name: 'Go on asking' }).click();
  await voteForTheReader(2);
  await voteForTheReader(3);
  await judge().getByText('3 of 3 voted on').waitFor();
});

test('What is revealed names the models, counts the votes, and says how sure that is', async () => {
  await judge().getByRole('button', { name: 'Reveal' }).click();
  await judge()
    .getByText(`${reading}, with the library was better in 3 of 3 decided votes: 100%, and with a confidence of 95% between 44% and 100%.`)
    .waitFor();
  await judge().getByText('That leaves open which of the two is better: more votes are needed.').waitFor();
  expect(await judge().getByRole('button', { name: 'A is better' }).count()).toBe(0);
  const letter = (await answer('A').innerText()).includes(guess) ? 'B' : 'A';
  await judge()
    .getByRole('region', { name: `${letter}: ${reading}, with the library` })
    .waitFor();
  await expectNoFaults(panel);
  await judge().getByRole('button', { name: 'Close' }).click();
});

test('A tuned model that is no longer there is said to be, with the way on', async () => {
  await judge().getByRole('button', { name: 'Compare two models' }).click();
  await model(1).fill('ft:test-chat:acme:marv:gone');
  await model(2).fill(reading);
  await judge().getByLabel('Questions', { exact: true }).selectOption('Typed here');
  await judge().getByLabel('Questions, one a line').fill('Is it open?');
  await judge().getByRole('button', { name: 'Find passages and estimate the cost' }).click();
  await judge().getByRole('button', { name: 'Ask both' }).click();
  await judge().getByText('The server no longer knows this tuned model. Choose the model it was tuned from').waitFor();
  await judge().getByRole('button', { name: 'Close' }).click();
  for (const _ of [1, 2]) {
    await judge()
      .getByRole('button', { name: /^Delete: / })
      .first()
      .click();
    await judge().getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await judge().getByRole('alertdialog').waitFor({ state: 'detached' });
  }
  await expect
    .poll(() =>
      judge()
        .getByRole('button', { name: /^Open: / })
        .count(),
    )
    .toBe(0);
});

test('Ask warns once that the base of the tuned model that answers is switched off', async () => {
  const send = sendFrom(panel);
  const { hasKey: _, ...settings } = await send('settings/read', null);
  await send('settings/write', {
    settings: { ...settings, baseUrl: 'https://api.openai.com/v1', chatModel: 'ft:gpt-4o-mini-2024-07-18:acme:marv:x1' },
  });
  const notice = () => panel.getByText(/^The model that answers was tuned from gpt-4o-mini-2024-07-18\. /);
  await openView(panel, 'Ask');
  await notice().waitFor();
  await expectNoFaults(panel);
  await panel.getByRole('button', { name: 'Do not show this again' }).click();
  await notice().waitFor({ state: 'detached' });
  await panel.close();
  panel = await stage.openPanel('/essays/fresnel-lens');
  await openView(panel, 'Settings');
  await panel.getByText('Its base, and with it this model,').first().waitFor();
  await panel.getByText('A million tokens cost $0.30 read and $1.20 written.').first().waitFor();
  await openView(panel, 'Ask');
  await panel.getByRole('textbox', { name: 'Ask your pages' }).waitFor();
  expect(await notice().count()).toBe(0);
});

test.runIf(requestsAreValidated)('All that was asked is as the interface describes it', () => {
  expect(stage.models.violations).toEqual([]);
});
