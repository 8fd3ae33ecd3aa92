import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onePicture } from '../support/model-server/images';
import { askQuestion, deleteConversationForGood, lastAnswer, openView, sendFrom } from '../support/panel';
import { openAnsweringPanel } from './support/answering-panel';
import { expectNoFaults } from './support/axe';
import { openStage, requestsAreValidated, type Stage } from './support/stage';

// A picture is priced before it is asked for, shown with what it shows, and kept with the conversation.

const prompt = 'A lighthouse of white stone on a headland at dusk';
let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage();
  panel = await openAnsweringPanel(stage);
});

afterAll(() => stage?.close());

const form = () => panel.getByRole('form', { name: 'Picture' });
const box = () => panel.getByRole('textbox', { name: 'Ask your pages' });
const asked = () => stage.models.requests.filter(({ path }) => path === '/images/generations');

async function openForm(words: string): Promise<void> {
  await box().fill(`/image ${words}`);
  await panel.keyboard.press('Enter');
  await form().waitFor();
}

async function chooseModel(name: string): Promise<void> {
  const field = form().getByLabel('Model for pictures');
  await field.fill(name);
  await field.blur();
}

async function makePicture(): Promise<void> {
  const exchanges = panel.getByRole('article');
  const earlier = await exchanges.count();
  await form().getByRole('button', { name: 'Make picture' }).click();
  await exchanges.nth(earlier).locator('[aria-busy="false"]').waitFor();
}

test('The composer offers /image, and nothing is sent before the price was seen', async () => {
  await box().fill('/im');
  await panel.getByRole('option', { name: /^\/image/ }).waitFor();
  await openForm(prompt);
  expect(await form().getByLabel('What the picture shows').inputValue()).toBe(prompt);
  await chooseModel('gpt-image-test');
  await form().getByText('Cost: free, your own server').waitFor();
  expect(asked()).toEqual([]);
  await expectNoFaults(panel);
});

test('A picture that costs more than is left of the limit is not asked for', async () => {
  const host = new URL(stage.models.url).host;
  const prices = [{ host, model: 'gpt-image-test', usdPerImage: 0.04 }];
  await sendFrom(panel)('spending/write', { settings: { capUsd: 0.03, prices } });
  await form()
    .getByText(/Cost: ≈\s\$0\.04 This would pass your limit/)
    .waitFor();
  expect(await form().getByRole('button', { name: 'Make picture' }).isDisabled()).toBe(true);
  await sendFrom(panel)('spending/write', { settings: { capUsd: 1, prices } });
  await form()
    .getByText(/This would pass/)
    .waitFor({ state: 'detached' });
});

test('What is made is shown, described by its prompt, priced, and can be saved', async () => {
  await form().getByLabel('No text in the image').check();
  await makePicture();
  const picture = panel.getByRole('img', { name: prompt });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(64);
  expect(asked().at(-1)?.body).toMatchObject({ model: 'gpt-image-test', size: '1024x1024', quality: 'low', n: 1 });
  expect(asked().at(-1)?.body).toMatchObject({ prompt: expect.stringMatching(/^A lighthouse.*\n\nThe picture has no text in it/s) });
  const { usage, kind } = await lastAnswer(panel);
  expect({ kind, cost: usage?.cost }).toEqual({ kind: 'picture', cost: { kind: 'known', usd: 0.04 } });
  expect(await panel.getByRole('article').last().locator('.report').innerText()).toContain('≈\u00a0$0.04');
  const downloading = panel.waitForEvent('download');
  await panel.getByRole('button', { name: 'Save picture' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^A lighthouse of white stone.*\.png$/);
  expect(await readFile(await download.path())).toEqual(onePicture());
  await expectNoFaults(panel);
});

test('Making it again, or in other words, begins with the form and its price', async () => {
  const before = asked().length;
  const last = panel.getByRole('article').last();
  await last.getByRole('button', { name: 'Edit the question' }).click();
  expect(await form().getByLabel('What the picture shows').inputValue()).toBe(prompt);
  await form().getByRole('button', { name: 'Cancel' }).click();
  await last.getByRole('button', { name: 'Answer again' }).click();
  await form().getByText('Cost: ≈ $0.04').waitFor();
  expect(await form().getByLabel('No text in the image').isChecked()).toBe(true);
  await form().getByRole('button', { name: 'Cancel' }).click();
  expect(asked()).toHaveLength(before);
});

test('It is there after the panel was opened again, and goes with its conversation', async () => {
  await panel.reload();
  await panel.getByRole('img', { name: prompt }).waitFor();
  const send = sendFrom(panel);
  const { picture, conversationId } = await lastAnswer(panel);
  if (!picture) throw new Error('There is no picture.');
  await deleteConversationForGood(send, conversationId);
  await expect(send('picture/read', { pictureId: picture.id })).rejects.toMatchObject({ problem: { code: 'not-found' } });
  await panel.reload();
});

test('An answer can be condensed into a prompt, which is shown before it is sent', async () => {
  await askQuestion(panel, 'When was the great lens at Skerrow Head lit for the last time?');
  const before = asked().length;
  await openForm('');
  await form().getByRole('button', { name: 'From the answer above' }).click();
  await expect.poll(() => form().getByLabel('What the picture shows').inputValue()).not.toBe('');
  expect(asked()).toHaveLength(before);
  const sums = await sendFrom(panel)('spending/sums', { month: (await sendFrom(panel)('spending/status', null)).month });
  expect(
    sums
      .filter(({ purpose }) => purpose === 'picture')
      .map(({ model }) => model)
      .sort(),
  ).toEqual(['gpt-image-test', 'test-chat']);
});

test('A model that links unless told otherwise is told otherwise', async () => {
  await form().getByLabel('What the picture shows').fill(prompt);
  await chooseModel('test-image');
  await makePicture();
  await panel.getByRole('img', { name: prompt }).waitFor();
  expect(asked().at(-1)?.body).toMatchObject({ response_format: 'b64_json' });
});

test('A picture at another server is not fetched, and it is said why', async () => {
  await openForm(prompt);
  await chooseModel('test-image-elsewhere');
  await makePicture();
  const notice = panel.getByRole('article').last().getByRole('alert');
  expect(await notice.innerText()).toContain('a link to another site');
  expect(await notice.innerText()).toContain('pictures.example');
});

test('Escape closes the form, and nothing is asked', async () => {
  await openView(panel, 'Ask');
  const before = asked().length;
  await openForm(prompt);
  await form().getByLabel('What the picture shows').press('Escape');
  await form().waitFor({ state: 'detached' });
  expect(asked()).toHaveLength(before);
});

test.runIf(requestsAreValidated)('Every request was as the protocol has it', () => {
  expect(stage.models.violations).toEqual([]);
});
