import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AssistantId } from '../../src/core/assistants/assistant';
import { askQuestion, openView, sendFrom } from '../support/panel';
import { openAnsweringPanel } from './support/answering-panel';
import { expectNoFaults } from './support/axe';
import { lastChat } from './support/last-chat';
import { openStage, type Stage } from './support/stage';
import { watchRequests } from './support/watch-requests';

// The walk through the Tune view with Marv: with a model that would answer, and that is never asked.

const profile = mkdtempSync(join(tmpdir(), 'commonplace-marv-'));
/** Where pictures go, if anybody wants to see. */
const pictures = process.env.COMMONPLACE_PICTURES;
let stage: Stage;
let panel: Page;
let asked: readonly string[];

beforeAll(async () => {
  stage = await openStage({ profile });
  panel = await openAnsweringPanel(stage);
  // The name is taken.
  await sendFrom(panel)('assistants/write', { assistant: { id: 'mine' as AssistantId, name: 'Marv', instructions: 'Mine.' } });
  stage.models.requests.length = 0;
  asked = await watchRequests(stage.extension, panel);
  await openView(panel, 'Tune');
});

afterAll(async () => {
  await stage?.close();
  rmSync(profile, { recursive: true, force: true });
});

async function picture(name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  const size = panel.viewportSize();
  for (const width of [400, 320]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await panel.setViewportSize({ width, height: 800 });
      await panel.emulateMedia({ colorScheme });
      await panel.screenshot({ path: join(pictures, `${name}-${width}-${colorScheme}.png`) });
    }
  }
  if (size) await panel.setViewportSize(size);
}

const card = () => panel.getByRole('region', { name: 'Marv, step by step' });
/** Wholly within the window. */
const isInSight = (element: Locator) =>
  element.evaluate((shown) => {
    const { top, bottom } = shown.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  });
const press = (name: string) => card().getByRole('button', { name }).click();
/** By the keys alone: the heading of each step is where the next Tab begins. */
async function next(heading: string): Promise<void> {
  await card().getByRole('button', { name: 'Next' }).focus();
  await panel.keyboard.press('Enter');
  const shown = card().getByRole('heading', { name: heading });
  await shown.waitFor();
  expect(await shown.evaluate((element) => element === document.activeElement)).toBe(true);
}

describe('Marv', () => {
  test('comes with examples and an assistant of his own when he is asked for', async () => {
    await panel.getByText('Nothing is sent, nothing is spent').waitFor();
    await expectNoFaults(panel);
    await picture('marv-offer');
    await panel.getByRole('button', { name: 'See how it works with Marv' }).click();
    await card().getByText('Step 1 of 7').waitFor();
    await panel.getByRole('heading', { name: '12 examples' }).waitFor();
    const assistants = await sendFrom(panel)('assistants/list', null);
    expect(
      assistants.filter(({ name }) => name.startsWith('Marv')).map(({ name, instructions }) => [name, instructions.slice(0, 12)]),
    ).toEqual([
      ['Marv', 'Mine.'],
      ['Marv 2', 'You are Marv'],
    ]);
    await expectNoFaults(panel);
    await picture('marv-meet');
  });

  test('leads through the check, the mend, the split and the price', async () => {
    await next('Look at the examples');
    await press('Show Marv’s examples');
    await panel.getByText('12 examples are shown.').waitFor();
    const first = panel.getByRole('button', { name: /^How many bones does an adult have\?/ });
    await expect.poll(() => first.evaluate((row) => row === document.activeElement)).toBe(true);
    expect(await isInSight(first)).toBe(true);
    expect(await isInSight(panel.getByRole('button', { name: /^At what temperature does water boil\?/ }))).toBe(true);
    expect(await isInSight(panel.getByRole('navigation', { name: 'Views' }))).toBe(true);
    expect(await first.evaluate((row) => (row as HTMLElement).tabIndex)).toBe(0);
    await next('Check and mend');
    await press('Check the examples now');
    await card().getByText('Found, in example 11.').waitFor();
    await picture('marv-check');
    await press('Take the address out');
    await card().getByText('The address is out.').waitFor();
    await next('Keep some to judge by');
    await press('Keep two to judge by');
    await card().getByText('Kept: 2 to judge by, 10 to train on.').waitFor();
    await next('See the price first');
    await press('Work it out');
    await card()
      .getByText(/would be the cheapest: [\d,]+ tokens, shown 10 times, come to/)
      .waitFor();
    await panel.getByText('The minimum.').waitFor();
    expect(await panel.getByText('Refused').count()).toBe(0);
    await expectNoFaults(panel);
    await picture('marv-price');
  });

  test('goes on where he was when the panel was closed', async () => {
    await panel.reload();
    await openView(panel, 'Tune');
    await card().getByRole('heading', { name: 'See the price first' }).waitFor();
    await press('Work it out');
    await card().getByText('would be the cheapest').waitFor();
  });

  test('shows the file, compares the three ways and saves what he is', async () => {
    await next('Look at the file');
    const [told, bare] = await card().locator('pre').allInnerTexts();
    const rolesOf = (line = '') => (JSON.parse(line) as { messages: { role: string }[] }).messages.map(({ role }) => role);
    expect([rolesOf(told), rolesOf(bare)]).toEqual([
      ['system', 'user', 'assistant'],
      ['user', 'assistant'],
    ]);
    await picture('marv-file');
    await next('Which way for Marv?');
    await expectNoFaults(panel);
    await picture('marv-ways');
    await press('Begin a training');
    await panel.getByLabel('Model to begin with').waitFor();
    expect(await isInSight(panel.getByRole('heading', { name: 'Train at a service' }))).toBe(true);
    await panel.locator('summary', { hasText: 'Begin a training' }).click();
    await panel.getByLabel('Model to begin with').waitFor({ state: 'hidden' });
    const [download] = await Promise.all([panel.waitForEvent('download'), press('Save Marv as a file')]);
    const saved = readFileSync(await download.path(), 'utf8');
    expect(saved.trimEnd().split('\n').map(rolesOf)).toEqual(Array.from({ length: 12 }, () => ['system', 'user', 'assistant']));
    expect(saved).not.toContain('@');
  });

  test('exports him with his system prompt, or without it when the tick is taken away', async () => {
    await panel.getByText('Export as a file').click();
    const withPrompt = panel.getByRole('checkbox', { name: 'With the system prompt' });
    expect(await withPrompt.isChecked()).toBe(true);
    const exported = async () => {
      const [download] = await Promise.all([
        panel.waitForEvent('download'),
        panel.getByRole('button', { name: /^Export \d+ examples?$/ }).click(),
      ]);
      return readFileSync(await download.path(), 'utf8');
    };
    expect(await exported()).toContain('"role":"system"');
    await withPrompt.uncheck();
    expect(await exported()).not.toContain('"role":"system"');
  });

  test('has asked no model and no server for anything on the way; a question in Ask does', async () => {
    expect([asked, stage.models.requests]).toEqual([[], []]);
    await openView(panel, 'Ask');
    await panel.getByRole('combobox', { name: 'Assistant' }).selectOption({ label: 'Marv 2' });
    await askQuestion(panel, 'Who built the lens of Skerrow Head?');
    expect(asked.length).toBeGreaterThan(0);
    expect(JSON.stringify(lastChat(stage)?.body)).toContain('You are Marv');
    await openView(panel, 'Tune');
  });

  test('can be left, and is taken away with one click that touches nothing else', async () => {
    const mine = { conversation: [{ role: 'user', content: 'Mine?' }], answer: { role: 'assistant', content: 'Mine.' }, tags: ['Marv'] };
    await sendFrom(panel)('examples/add', { examples: [mine], startedAt: Date.now(), first: 0 });
    expect(await card().getByRole('button', { name: 'Leave for now' }).count()).toBe(0);
    await press('Done');
    await panel.getByText('Marv’s examples are still here.').waitFor();
    await panel.getByRole('button', { name: 'Go on with Marv' }).click();
    await press('Take Marv away');
    await card().waitFor({ state: 'detached' });
    await panel.getByRole('heading', { name: '1 example' }).waitFor();
    const send = sendFrom(panel);
    const { ids } = await send('examples/find', { filter: {} });
    expect((await send('examples/read', { ids })).map(({ example }) => example)).toEqual([mine]);
    const assistants = await send('assistants/list', null);
    expect(assistants.filter(({ name }) => name.startsWith('Marv')).map(({ id }) => id)).toEqual(['mine']);
    await panel.reload();
    await openView(panel, 'Tune');
    await panel.getByRole('heading', { name: '1 example' }).waitFor();
    expect(await card().count()).toBe(0);
  });
});
