import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectNoFaults } from './support/axe';
import { openStage, type Stage } from './support/stage';

// What a slash at the beginning of a question offers.

let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage();
  panel = await stage.openPanel('/essays/fresnel-lens');
});

afterAll(() => stage?.close());

const box = () => panel.getByRole('textbox', { name: 'Ask your pages' });
const list = () => panel.getByRole('listbox', { name: 'Commands' });
const selected = () => list().getByRole('option', { selected: true });

test('A slash opens the commands, and what is typed after it narrows them', async () => {
  await box().focus();
  await panel.keyboard.type('/');
  await list().waitFor();
  expect(await list().getByRole('option').count()).toBe(8);
  await expectNoFaults(panel);
  await panel.keyboard.type('t');
  await expect.poll(() => list().getByRole('option').count()).toBe(3);
  expect(await list().getByRole('option').allInnerTexts()).toEqual([
    expect.stringContaining('/translate'),
    expect.stringContaining('/timeline'),
    expect.stringContaining('/table'),
  ]);
});

test('The arrows go round, and the text area says where they are', async () => {
  const namedOption = () =>
    box().evaluate((area) => document.getElementById(area.getAttribute('aria-activedescendant') ?? '')?.textContent ?? '');
  await expect.poll(() => selected().innerText()).toContain('/translate');
  await panel.keyboard.press('ArrowUp');
  await expect.poll(() => selected().innerText()).toContain('/table');
  expect(await namedOption()).toContain('/table');
  await panel.keyboard.press('ArrowDown');
  await panel.keyboard.press('ArrowDown');
  await expect.poll(namedOption).toContain('/timeline');
  expect(await panel.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
});

test('Escape closes the list for the word, and Enter or Tab write the command out', async () => {
  await panel.keyboard.press('Escape');
  await list().waitFor({ state: 'detached' });
  await panel.keyboard.type('i');
  expect(await list().count()).toBe(0);
  await box().fill('');
  await panel.keyboard.type('/ti');
  await selected().waitFor();
  await panel.keyboard.press('Tab');
  expect(await box().inputValue()).toBe('/timeline ');
  await list().waitFor({ state: 'detached' });
  await box().fill('');
  await panel.keyboard.type('/qu');
  await selected().waitFor();
  await panel.keyboard.press('Enter');
  expect(await box().inputValue()).toBe('/quiz ');
  expect(await panel.getByRole('article').count()).toBe(0);
});

test('A click chooses, and the focus stays where the question is written', async () => {
  await box().fill('');
  await panel.keyboard.type('/');
  await list().getByRole('option', { name: '/compare' }).click();
  expect(await box().inputValue()).toBe('/compare ');
  expect(await panel.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
});

test('A slash later in the question is only a slash', async () => {
  await box().fill('');
  await panel.keyboard.type('Is it and /');
  await panel.keyboard.type('or');
  expect(await list().count()).toBe(0);
  await box().fill('');
});
