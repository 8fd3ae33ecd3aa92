import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openView, savePage, sendFrom } from '../support/panel';
import { openAnsweringPanel } from './support/answering-panel';
import { expectNoFaults } from './support/axe';
import { openStage, type Stage } from './support/stage';
import { takePictures } from './support/take-pictures';

// Pairs that a model drafts from pages: chosen, priced, drafted, and decided about one by one.

const profile = mkdtempSync(join(tmpdir(), 'commonplace-drafts-'));
let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage({ profile });
  await openAnsweringPanel(stage);
  panel = await stage.openPanel('/kitchen/sourdough');
  await savePage(panel);
});

afterAll(async () => {
  expect(stage?.models.violations).toEqual([]);
  await stage?.close();
  rmSync(profile, { recursive: true, force: true });
});

const drafting = () => panel.getByRole('region', { name: 'Draft from pages', exact: true });
const deciding = () => panel.getByRole('region', { name: 'Drafted pairs', exact: true });
const decided = (words: string) => deciding().getByText(words, { exact: true }).waitFor();

describe('Pairs drafted from pages', () => {
  test('are begun from the pages that are chosen in the Library, and priced before anything is sent', async () => {
    await openView(panel, 'Library');
    const boxes = panel.locator('.library-view').getByRole('checkbox');
    await expect.poll(() => boxes.count()).toBe(2);
    for (const box of await boxes.all()) await box.check();
    await panel.getByRole('group', { name: 'Selected pages' }).getByRole('button', { name: 'Draft examples' }).click();
    await drafting().getByText('2 chosen pages').waitFor();
    await drafting().getByText('test-chat is sent passages of 2 pages').waitFor();
    await drafting().getByLabel('In the manner of').selectOption({ label: 'Critic' });
    await drafting().getByRole('button', { name: 'Draft up to 6 pairs' }).waitFor();
    await expectNoFaults(panel);
    await takePictures(panel, 'tune-drafts-form');
    expect(stage.models.requests.filter(({ path }) => path === '/chat/completions')).toEqual([]);
  });

  test('come page by page, and wait to be decided about, though the worker dies', async () => {
    await drafting().getByRole('button', { name: 'Draft up to 6 pairs' }).click();
    await drafting().getByText('6 pairs were drafted.').waitFor();
    const asked = stage.models.requests.filter(({ path }) => path === '/chat/completions');
    expect(asked.map(({ body }) => (body as { response_format?: unknown }).response_format)).toEqual(
      asked.map(() => ({ type: 'json_object' })),
    );
    expect(asked).toHaveLength(2);
    await drafting().getByText('6 drafted pairs wait for you.').waitFor();
    await stage.extension.killWorker();
    await openView(panel, 'Ask');
    await openView(panel, 'Tune');
    await drafting().getByRole('button', { name: 'Decide' }).click();
    await decided('0 of 6 decided');
    await deciding()
      .getByRole('heading', { name: /^What is said of/ })
      .waitFor();
    await deciding().locator('.quotation').first().waitFor();
    await expectNoFaults(panel);
    await takePictures(panel, 'tune-drafts');
    const { total } = await sendFrom(panel)('examples/find', { filter: {} });
    expect(total).toBe(0);
  });

  test('are approved, edited and rejected by keys, and the last decision is taken back', async () => {
    await panel.keyboard.press('a');
    await decided('1 of 6 decided');
    await panel.keyboard.press('e');
    await deciding().getByLabel('Good answer').fill('It is told in my own words.');
    await expectNoFaults(panel);
    await takePictures(panel, 'tune-drafts-edit');
    await panel.keyboard.press('Control+Enter');
    await decided('2 of 6 decided');
    await deciding().getByText('Nothing on the page bears this answer out.').waitFor();
    await deciding().getByText('Not on the page: 1955').waitFor();
    await takePictures(panel, 'tune-drafts-doubt');
    await panel.keyboard.press('r');
    await decided('3 of 6 decided');
    await panel.keyboard.press('u');
    await decided('2 of 6 decided');
    await deciding().getByText('Not on the page: 1955').waitFor();
    await panel.keyboard.press('ArrowLeft');
    await deciding().getByText('Approved', { exact: true }).waitFor();
    await panel.keyboard.press('ArrowRight');
    await deciding().getByText('Not on the page: 1955').waitFor();
    const send = sendFrom(panel);
    const { ids } = await send('examples/find', { filter: {} });
    const made = await send('examples/read', { ids });
    expect(made.map(({ example }) => example.answer?.content.slice(0, 4))).toEqual(['Oh, ', 'It i']);
    expect(made[0]?.example.conversation[0]?.role).toBe('system');
    expect(made[0]?.example.passages?.length).toBeGreaterThan(0);
  });

  test('wait on when the panel is closed, and the rest is approved but for what the page does not bear out', async () => {
    await panel.close();
    panel = await stage.openPanel('/kitchen/sourdough');
    await openView(panel, 'Tune');
    await drafting().getByText('4 drafted pairs wait for you.').waitFor();
    await drafting().getByRole('button', { name: 'Decide' }).click();
    await decided('2 of 6 decided');
    await deciding().getByRole('button', { name: 'Approve the rest (2)' }).click();
    await decided('4 of 6 decided');
    await deciding().getByRole('button', { name: 'Reject the rest (2)' }).click();
    await deciding().getByText('All are decided. Approved: 4.').waitFor();
    await deciding().getByRole('button', { name: 'Done' }).click();
    await panel.getByRole('heading', { name: '4 examples' }).waitFor();
    expect(await sendFrom(panel)('drafts/list', null)).toEqual([]);
  });

  test('are previewed as the file will have them, with the system prompt and without, and what each costs', async () => {
    await panel.getByText('Export as a file').click();
    await panel.getByText('Preview with and without the system prompt').click();
    const withPrompt = panel.getByRole('region', { name: 'With the system prompt' });
    const without = panel.getByRole('region', { name: 'Without it' });
    await withPrompt.locator('mark').getByText('Weigh what the pages claim.').waitFor();
    expect(await without.locator('pre').innerText()).not.toContain('Weigh what the pages claim.');
    const tokens = async (side: typeof without) => Number(/([\d,]+) tokens/.exec(await side.innerText())?.[1]?.replace(',', ''));
    expect(await tokens(withPrompt)).toBeGreaterThan((await tokens(without)) + 40);
    await without.getByText(/learned by the model’s name alone/).waitFor();
    await expectNoFaults(panel);
    await withPrompt.scrollIntoViewIfNeeded();
    await takePictures(panel, 'tune-preview');
    await panel.getByRole('button', { name: 'Next example' }).click();
    await withPrompt.getByText('It is told in my own words.').waitFor();
  });
});
