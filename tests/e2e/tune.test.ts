import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openView, sendFrom } from '../support/panel';
import { expectNoFaults } from './support/axe';
import { openStage, type Stage } from './support/stage';

// The examples to train on: from a file, through the check and the mends, to another file.

const profile = mkdtempSync(join(tmpdir(), 'commonplace-tune-'));
/** Where pictures go, if anybody wants to see. */
const pictures = process.env.COMMONPLACE_PICTURES;
let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage({ profile });
  panel = await stage.openPanel('/essays/fresnel-lens');
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

function file(name: string, lines: readonly string[]): string {
  const path = join(profile, name);
  writeFileSync(path, lines.join('\n'));
  return path;
}

const part = (name: string) => panel.getByRole('region', { name, exact: true });

async function choose(path: string): Promise<void> {
  const chooser = panel.waitForEvent('filechooser');
  await part('Import a file of examples').getByRole('button', { name: 'Import a file of examples' }).click();
  await (await chooser).setFiles(path);
}

const start = () => part('Import a file of examples').getByRole('button', { name: 'Import', exact: true }).click();
const close = () => part('Import a file of examples').getByRole('button', { name: 'Close' }).click();

const table = [
  'topic;what they ask;what we say',
  'opening;When do you open?;At nine.',
  'opening;"When do you close,\nin winter?";"At four.\nIn summer at six."',
  'payment;How can I pay?;With 4111 1111 1111 1111 or cash.',
  'payment;How can I pay;By card only.',
  ...Array.from({ length: 9 }, (_, index) => `other;Where is room ${index}?;On floor ${index}.`),
];

describe('The Tune view', () => {
  test('says which way fits which need when there is nothing yet', async () => {
    await panel.getByText('No examples yet.').waitFor();
    await panel.getByText('Bring facts, with their sources.').waitFor();
    await expectNoFaults(panel);
    await picture('tune-empty');
    const focused = () => panel.evaluate(() => document.activeElement?.id);
    await panel.getByRole('button', { name: 'Draft examples' }).click();
    await expect.poll(focused).toBe('tune-drafts');
    await part('Draft from pages').getByLabel('Pairs from each page').waitFor();
    await part('Draft from pages').getByText('Draft from pages', { exact: true }).click();
    await panel.getByRole('button', { name: 'Tune search' }).click();
    await expect.poll(focused).toBe('tuned-search-heading');
    await openView(panel, 'Tune');
    await panel.getByRole('button', { name: 'Make an assistant' }).click();
    await expect.poll(focused).toBe('assistants-heading');
    await openView(panel, 'Tune');
    await panel.getByRole('button', { name: 'Keep answers in Ask' }).click();
    await panel.getByRole('heading', { level: 2, name: 'Ask' }).waitFor({ state: 'attached' });
    await openView(panel, 'Tune');
  });

  test('imports a table by the columns that are named, with cells of several lines', async () => {
    await choose(file('support.csv', table));
    const importing = part('Import a file of examples');
    await importing.getByLabel('Question').selectOption({ label: 'what they ask' });
    await importing.getByLabel('Answer', { exact: true }).selectOption({ label: 'what we say' });
    await importing.getByLabel('Tags').selectOption({ label: 'topic' });
    await importing.getByText('When do you open?').waitFor();
    await expectNoFaults(panel);
    await picture('tune-columns');
    await start();
    await importing.getByText('13 examples were imported.').waitFor();
    await close();
    await panel.getByRole('heading', { name: '13 examples' }).waitFor();
  });

  test('imports lines of JSON but for the one that is broken, and names its line', async () => {
    const line = (question: string) =>
      JSON.stringify({
        messages: [
          { role: 'user', content: question },
          { role: 'assistant', content: 'Yes.' },
        ],
      });
    await choose(file('chat.jsonl', [line('Is it open?'), '{"messages": [', line('Is it far?')]));
    await start();
    const importing = part('Import a file of examples');
    await importing.getByText('2 examples were imported.').waitFor();
    await importing.getByText('1 place in the file is not as it should be').click();
    expect(await importing.getByRole('listitem').innerText()).toMatch(/^line 2 This line is not JSON/);
    await close();
    await panel.getByRole('heading', { name: '15 examples' }).waitFor();
  });

  test('has each part under a heading of one look, the list under that of the examples', async () => {
    const headings = panel.locator('.tune-view').getByRole('heading', { level: 3 });
    expect(await headings.allInnerTexts()).toEqual([
      '15 examples',
      'Check, split and export',
      'Train at a service',
      'Judge a model',
      'Tuned search',
    ]);
    const looks = await headings
      .or(panel.getByText('Which way fits which need'))
      .evaluateAll((shown) => shown.map((one) => getComputedStyle(one).font));
    expect(new Set(looks).size).toBe(1);
    expect(await part('Examples').evaluate((list) => list.parentElement?.querySelector('h3')?.innerText)).toBe('15 examples');
  });

  test('says of a file without examples what it takes', async () => {
    await choose(file('words.txt', ['Nothing here.']));
    await part('Import a file of examples').getByText('No examples were found in this file.').waitFor();
  });

  test('finds what is wrong, mends it with a click, and says what training would cost', async () => {
    const check = part('Check the examples');
    await check.getByRole('button', { name: 'Check the examples' }).click();
    await check.getByText('The minimum.').waitFor();
    await check.getByText('Contradiction (1)').click();
    expect(await check.getByRole('listitem').filter({ visible: true }).innerText()).toMatch(
      /^example 4 The question of example 3, with another answer/,
    );
    await check.getByRole('row', { name: /^gpt-4\.1-nano/ }).waitFor();
    expect(await check.getByRole('img').count()).toBe(2);
    await expectNoFaults(panel);
    await picture('tune-check');
    await check.getByText('Card number (1)').click();
    await check.getByRole('button', { name: 'Mend it' }).click();
    await check.getByText('The minimum.').waitFor({ state: 'detached' });
    await check.getByRole('button', { name: 'Check the examples' }).click();
    await check.getByText('Contradiction (1)').waitFor();
    expect(await check.getByText('Card number').count()).toBe(0);
    await panel.getByText('With [card number] or cash.').waitFor();
  });

  test('suggests examples of not knowing, to be edited, which are found by their tag', async () => {
    const check = part('Check the examples');
    await check.getByRole('button', { name: 'Suggest three' }).click();
    const form = check.getByRole('form', { name: 'Examples of not knowing' });
    await expect.poll(() => form.getByLabel('Question').first().inputValue()).toMatch(/room/);
    await form.getByLabel('Good answer').nth(1).fill('I don’t know. Ask at the desk.');
    await form.getByRole('button', { name: 'Leave this one out' }).last().click();
    await expectNoFaults(panel);
    await picture('tune-denials');
    expect((await sendFrom(panel)('examples/find', { filter: {} })).total).toBe(15);
    await form.getByRole('button', { name: 'Add 2 examples' }).click();
    await part('Examples').getByText('2 examples are shown.').waitFor();
    await part('Examples')
      .getByRole('button', { name: /Ask at the desk/ })
      .waitFor();
    const { ids } = await sendFrom(panel)('examples/find', { filter: { tag: 'not known' } });
    await sendFrom(panel)('examples/delete', { ids });
    await openView(panel, 'Ask');
    await openView(panel, 'Tune');
    await part('Examples').getByRole('combobox', { name: 'Tag' }).selectOption('');
    await part('Examples').getByText('15 examples are shown.').waitFor();
  });

  test('finds an example by its words and its tag, and stores what is changed in place', async () => {
    const list = part('Examples');
    await list.getByRole('combobox', { name: 'Tag' }).selectOption('payment');
    await list.getByText('2 examples are shown.').waitFor();
    await list.getByRole('searchbox').fill('cash');
    await list.getByText('1 example is shown.').waitFor();
    await list.getByRole('button', { name: /How can I pay\?/ }).click();
    await list.getByLabel('Good answer').fill('By card or cash.');
    await list.getByLabel('Tags, with commas between them').fill('payment, money');
    await expectNoFaults(panel);
    await picture('tune-edit');
    await list.getByRole('button', { name: 'Save' }).click();
    await list.getByRole('button', { name: /By card or cash\./ }).waitFor();
    await list.getByRole('searchbox').fill('');
    await list.getByRole('combobox', { name: 'Tag' }).selectOption('money');
    await list.getByText('1 example is shown.').waitFor();
    await list.getByRole('combobox', { name: 'Tag' }).selectOption('');
    await list.getByText('15 examples are shown.').waitFor();
  });

  test('splits the same way for the same number, and exports what is shown', async () => {
    await panel.getByText('Set some apart for validation').click();
    await panel.getByLabel('Percent for validation').fill('30');
    await panel.getByRole('button', { name: 'Split', exact: true }).click();
    const list = part('Examples');
    await list.getByRole('combobox', { name: 'Side of the split' }).selectOption('validation');
    await expect.poll(() => list.getByRole('status').first().innerText()).not.toMatch(/^15 /);
    const { ids } = await sendFrom(panel)('examples/find', { filter: { split: 'validation' } });
    expect(ids.length).toBeGreaterThan(0);
    await panel.getByText('Export as a file').click();
    const [download] = await Promise.all([
      panel.waitForEvent('download'),
      panel.getByRole('button', { name: /^Export \d+ examples?$/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('validation.chat.jsonl');
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(ids.length);
    expect(Object.keys(JSON.parse(lines[0] ?? '') as object)).toEqual(['messages']);
    await panel.getByText('exported.').waitFor();
    await picture('tune-export');
    await list.getByRole('combobox', { name: 'Side of the split' }).selectOption('');
  });

  test('tags those that are chosen with Shift, and puts back those that are deleted together', async () => {
    const list = part('Examples');
    await list.getByText('15 examples are shown.').waitFor();
    const box = (number: number) => list.getByRole('checkbox', { name: `Select example ${number}`, exact: true });
    await box(2).click();
    await box(4).click({ modifiers: ['Shift'] });
    const chosen = list.getByRole('group', { name: 'Selected examples' });
    await chosen.getByText('3 examples selected').waitFor();
    await box(4).focus();
    await panel.keyboard.press('Shift+ArrowDown');
    await chosen.getByText('4 examples selected').waitFor();
    await expectNoFaults(panel);
    await picture('tune-selected');
    await chosen.getByRole('button', { name: 'Add tags' }).click();
    await list.getByLabel('Tags, with commas between them').fill('chosen');
    await panel.keyboard.press('Enter');
    await chosen.getByRole('combobox', { name: 'Set the side' }).selectOption({ label: 'Training' });
    await list.getByRole('combobox', { name: 'Tag' }).selectOption('chosen');
    await list.getByText('4 examples are shown.').waitFor();
    await box(1).focus();
    await panel.keyboard.press('Control+a');
    await chosen.getByText('4 examples selected').waitFor();
    await chosen.getByRole('button', { name: 'Remove tags' }).waitFor();
    await chosen.getByRole('button', { name: 'Delete' }).click();
    await list.getByText('4 examples were deleted.').waitFor();
    await list.getByText('0 examples are shown.').waitFor();
    await list.getByRole('button', { name: 'Undo' }).click();
    await list.getByText('4 examples are shown.').waitFor();
    const { ids } = await sendFrom(panel)('examples/find', { filter: { tag: 'chosen', split: 'train' } });
    expect(ids).toHaveLength(4);
    await sendFrom(panel)('examples/mark', { ids, mark: { remove: ['chosen'] } });
    await list.getByRole('combobox', { name: 'Tag' }).selectOption('');
    await list.getByText('15 examples are shown.').waitFor();
  });

  test('shows what is added elsewhere, and keeps what is typed into a row that scrolls out of sight', async () => {
    const more = Array.from({ length: 100 }, (_, index) => ({
      conversation: [{ role: 'user', content: `What is in box ${index}?` }],
      answer: { role: 'assistant', content: `Lamp ${index}.` },
    }));
    await sendFrom(panel)('examples/add', { examples: more, startedAt: Date.now(), first: 0 });
    const list = part('Examples');
    await list.getByText('115 examples are shown.').waitFor();
    await list.getByRole('button', { name: /^When do you open\?/ }).click();
    await list.getByLabel('Good answer').fill('At ten.');
    await list.getByRole('searchbox').focus();
    const scrollTo = (place: 'top' | 'end') =>
      panel.locator('.tune-rows').evaluate((view, to) => view.scrollTo(0, to === 'end' ? view.scrollHeight : 0), place);
    await scrollTo('end');
    await list.getByLabel('Good answer').waitFor({ state: 'detached' });
    await scrollTo('top');
    await expect.poll(() => list.getByLabel('Good answer').inputValue()).toBe('At ten.');
    // Bettered elsewhere in the meantime.
    const send = sendFrom(panel);
    const { ids } = await send('examples/find', { filter: { text: 'When do you open?' } });
    const [stored] = await send('examples/read', { ids });
    if (!stored) throw new Error('no example');
    const bettered = { ...stored.example, answer: { role: 'assistant', content: 'At eight.' } };
    await send('examples/change', { id: stored.id, revision: stored.revision ?? 0, example: bettered });
    await list.getByRole('button', { name: /At eight\./ }).waitFor();
    await list.getByRole('button', { name: 'Save' }).click();
    await list.getByRole('alert').getByText('changed or deleted elsewhere').waitFor();
    expect(await list.getByLabel('Good answer').inputValue()).toBe('At ten.');
    await expectNoFaults(panel);
    await picture('tune-changed');
    await list.getByRole('button', { name: 'Cancel' }).click();
    await list.getByRole('button', { name: /At eight\./ }).click();
    expect(await list.getByLabel('Good answer').inputValue()).toBe('At eight.');
    await list.getByRole('button', { name: 'Cancel' }).click();
  });

  test('lets a tag that no example has any more be given up', async () => {
    const list = part('Examples');
    await list.getByRole('combobox', { name: 'Tag' }).selectOption('money');
    await list.getByText('1 example is shown.').waitFor();
    const send = sendFrom(panel);
    for (const tag of (await send('examples/find', { filter: {} })).tags) {
      const { ids } = await send('examples/find', { filter: { tag } });
      await send('examples/delete', { ids });
    }
    await list.getByText('0 examples are shown.').waitFor();
    await list.getByRole('combobox', { name: 'Tag' }).selectOption('');
    await expect.poll(() => list.getByRole('combobox', { name: 'Tag' }).count()).toBe(0);
    await list.getByText('102 examples are shown.').waitFor();
  });
});
