import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseModels } from '../support/panel';
import { openStage, type Stage } from './support/stage';

// One piece of work from the first page to the exported conversation, without a pointer.

let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage();
  panel = await stage.openPanel('/essays/fresnel-lens');
  const { url, apiKey } = stage.models;
  await stage.extension.acceptRequestFor(url);
  await chooseModels(panel, { url, apiKey, chatModel: 'test-chat', embeddingModel: '' });
  panel = await stage.openPanel('/kitchen/sourdough');
});

afterAll(() => stage?.close());

const focusedName = () =>
  panel.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');

/** Presses Tab (or Shift+Tab) until what has this name has the focus. */
async function tabTo(name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await panel.keyboard.press(key);
    if (name.test(await focusedName())) return;
  }
  throw new Error(`${key} does not lead to ${name}.`);
}

const answered = (count: number) =>
  panel
    .locator('.answer[aria-busy="false"]')
    .nth(count - 1)
    .waitFor();

/** Presses Enter on what opens a tab. @returns its address */
async function enterOpens(): Promise<Page> {
  const [opened] = await Promise.all([stage.extension.context.waitForEvent('page'), panel.keyboard.press('Enter')]);
  return opened;
}

test('Saving a page', async () => {
  await tabTo(/^Save this page$/);
  await panel.keyboard.press('Enter');
  await panel
    .getByRole('region', { name: 'This page' })
    .getByText(/^Saved /)
    .waitFor();
});

test('Asking about it', async () => {
  await tabTo(/^Ask your pages$/);
  await panel.keyboard.type('At what temperature are the yeasts in a starter happiest?');
  await panel.keyboard.press('Enter');
  await answered(1);
});

test('Going to a citation, whose card opens', async () => {
  await tabTo(/^Source \d+: Sourdough/);
  await panel
    .getByRole('group', { name: /^Source \d+$/ })
    .getByText('26 degrees Celsius')
    .waitFor();
});

test('Going into the card, and opening the saved copy from it', async () => {
  await tabTo(/^Saved copy$/);
  expect(await panel.getByRole('group', { name: /^Source \d+$/ }).count()).toBe(1);
  const reader = await enterOpens();
  await reader.locator('mark').first().waitFor();
  await reader.close();
});

test('Opening the live page from a citation', async () => {
  await stage.tab.bringToFront();
  await tabTo(/^Source \d+: Sourdough/, 'Shift+Tab');
  const live = await enterOpens();
  await live.waitForURL((url) => url.pathname === '/kitchen/sourdough');
  await live.close();
  await stage.tab.bringToFront();
});

test('Copying the answer with its sources', async () => {
  await stage.extension.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await tabTo(/^Copy the answer with its sources$/);
  await panel.keyboard.press('Enter');
  await panel.getByText('The answer has been copied.').waitFor({ state: 'attached' });
  const copied = await panel.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/26 degrees Celsius[\s\S]*\[1\][\s\S]*\n\n\[1\] Sourdough/);
});

test('Asking in other words', async () => {
  await tabTo(/^Edit the question$/);
  await panel.keyboard.press('Enter');
  await expect.poll(focusedName).toBe('Edit the question');
  await panel.keyboard.press('ControlOrMeta+A');
  await panel.keyboard.type('How deep should I cut the loaf before it goes into the pot?');
  await panel.keyboard.press('Enter');
  await panel.getByRole('heading', { level: 3, name: /How deep/ }).waitFor();
  await answered(1);
});

test('Changing what is asked, and getting back to the question', async () => {
  await panel.keyboard.press('Alt+s');
  await panel.getByRole('dialog', { name: 'What is asked' }).waitFor();
  await panel.keyboard.press('Home');
  await panel.keyboard.press('ArrowDown');
  await panel.keyboard.press('Home');
  await panel.keyboard.press('Enter');
  await panel.getByRole('dialog', { name: 'What is asked' }).waitFor({ state: 'detached' });
  await expect.poll(focusedName).toBe('Ask your pages');
  await panel.keyboard.type('A draft');
});

test('Looking into the Library and coming back to the draft', async () => {
  await panel.keyboard.press('Alt+2');
  await panel.getByRole('heading', { level: 2, name: 'Library' }).waitFor({ state: 'attached' });
  await panel.keyboard.press('Alt+1');
  await expect.poll(() => panel.getByRole('textbox', { name: 'Ask your pages' }).inputValue()).toBe('A draft');
});

test('Saving the conversation as a file', async () => {
  await tabTo(/^Save this conversation as a Markdown file$/);
  const [download] = await Promise.all([panel.waitForEvent('download'), panel.keyboard.press('Enter')]);
  expect(download.suggestedFilename()).toMatch(/\.md$/);
});
