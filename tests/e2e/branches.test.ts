import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { askQuestion, chooseModels, sendFrom, startConversation } from '../support/panel';
import { openAnsweringPanel } from './support/answering-panel';
import { expectNoFaults } from './support/axe';
import { openStage, type Stage } from './support/stage';
import { takePictures } from './support/take-pictures';

// A conversation that branches: questions put in other words, answers asked for again, and the way back to each.

const profile = mkdtempSync(join(tmpdir(), 'commonplace-branches-'));
const lens = 'When was the great lens at Skerrow Head lit for the last time?';
const keeper = 'Who was the keeper at Skerrow Head?';
let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage({ profile });
  panel = await openAnsweringPanel(stage);
});

afterEach(() => {
  stage.models.recover();
  stage.models.tokensPerSecond = undefined;
});

afterAll(async () => {
  await stage?.close();
  rmSync(profile, { recursive: true, force: true });
});

const exchanges = () => panel.getByRole('article');
const exchange = (index: number) => exchanges().nth(index);
const headings = async () => (await panel.locator('.exchange h3').allInnerTexts()).map((words) => words.trim());
const pager = (index: number, kind: 'Questions asked here' | 'Answers to this question') =>
  exchange(index).getByRole('group', { name: kind });
const settled = (index: number) => exchange(index).locator('[aria-busy="false"]').waitFor();

/** What the model was last told was asked before, and is asked now. */
function lastPrompt(): string {
  const [request] = stage.models.requests.filter(({ path }) => path.endsWith('/chat/completions')).slice(-1);
  return JSON.stringify(request?.body);
}

/** Puts a question in other words, by the keyboard alone. */
async function editQuestion(index: number, words: string): Promise<void> {
  await exchange(index).getByRole('button', { name: 'Edit the question' }).focus();
  await panel.keyboard.press('Enter');
  await panel.getByRole('textbox', { name: 'Edit the question' }).fill(words);
  await panel.keyboard.press('Enter');
  await panel.getByRole('heading', { name: words }).waitFor();
  await settled(index);
}

describe('A conversation', () => {
  test('branches where a question is edited, and the model is told of the new branch only', async () => {
    await askQuestion(panel, lens);
    await askQuestion(panel, keeper);
    expect(lastPrompt()).toContain(lens);
    await editQuestion(0, 'Who made the great lens at Skerrow Head?');
    expect(await headings()).toEqual(['Who made the great lens at Skerrow Head?']);
    expect(lastPrompt()).not.toContain(lens);
    expect(await pager(0, 'Questions asked here').innerText()).toContain('2 / 2');
    await takePictures(panel, 'edited');
    await expectNoFaults(panel);
  });

  test('shows the other branch, with all that followed there, by the keyboard', async () => {
    const previous = pager(0, 'Questions asked here').getByRole('button', { name: 'Previous branch' });
    await previous.focus();
    await panel.keyboard.press('Enter');
    await panel.getByRole('heading', { name: keeper }).waitFor();
    expect(await headings()).toEqual([lens, keeper]);
    // The focus stays where the way ends.
    expect(await previous.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(await previous.getAttribute('aria-disabled')).toBe('true');
  });

  test('takes another answer to the same question, with what is set now', async () => {
    await chooseModels(panel, { ...stage.models, chatModel: 'test-reasoner', embeddingModel: '' });
    await exchange(0).getByRole('button', { name: 'Answer again' }).click();
    await pager(0, 'Answers to this question').getByText('2 / 2').waitFor();
    expect(await headings()).toEqual([lens]);
    expect(await exchange(0).locator('.report').innerText()).toContain('test-reasoner');
    await takePictures(panel, 'answered-again');
    await expectNoFaults(panel);
    await pager(0, 'Answers to this question').getByRole('button', { name: 'Previous branch' }).click();
    await panel.getByRole('heading', { name: keeper }).waitFor();
    expect(await exchange(0).locator('.report').innerText()).toContain('test-chat');
  });

  test('opens at the branch that was shown last, when the panel is closed and opened', async () => {
    await panel.reload();
    await panel.getByRole('heading', { name: keeper }).waitFor();
    expect(await headings()).toEqual([lens, keeper]);
    await pager(0, 'Questions asked here').getByRole('button', { name: 'Next branch' }).click();
    await panel.getByRole('heading', { name: 'Who made' }).waitFor();
    await panel.reload();
    await panel.getByRole('heading', { name: 'Who made' }).waitFor();
    expect(await exchanges().count()).toBe(1);
  });
});

describe('From an older answer', () => {
  test('the next question begins a branch, and what had followed is a step away', async () => {
    await startConversation(panel);
    await askQuestion(panel, lens);
    await askQuestion(panel, keeper);
    await exchange(0).getByRole('button', { name: 'Ask from here' }).click();
    expect(await headings()).toEqual([lens]);
    await panel.getByText('Your next question begins a new branch here.').waitFor();
    await takePictures(panel, 'ask-from-here');
    await panel.getByRole('button', { name: 'Show what followed' }).click();
    expect(await headings()).toEqual([lens, keeper]);
    await exchange(0).getByRole('button', { name: 'Ask from here' }).click();
    // The focus comes to where the question is written.
    const composer = panel.getByRole('textbox', { name: 'Ask your pages' });
    await expect.poll(() => composer.evaluate((box) => box === document.activeElement)).toBe(true);
    await panel.keyboard.type('How far could the light be seen?');
    await panel.keyboard.press('Enter');
    await pager(1, 'Questions asked here').getByText('2 / 2').waitFor();
    await settled(1);
    expect(lastPrompt()).not.toContain(keeper);
    await expectNoFaults(panel);
  });
});

describe('Two branches', () => {
  test('are compared from where they part: words, sources, model and time, side by side where there is room', async () => {
    await pager(1, 'Questions asked here').getByRole('button', { name: 'Compare branches' }).focus();
    await panel.keyboard.press('Enter');
    const view = panel.getByRole('region', { name: 'Compare branches' });
    const [one, other] = [view.getByRole('article').nth(0), view.getByRole('article').nth(1)];
    expect(await one.getByRole('heading').innerText()).toBe(keeper);
    expect(await other.getByRole('heading').innerText()).toBe('How far could the light be seen?');
    expect(await one.innerText()).toMatch(/test-reasoner.+ s · .+tokens? written/);
    expect(await other.innerText()).toContain('Hardly a word is the same in the other.');
    expect(await other.getByRole('list', { name: 'Sources' }).innerText()).toMatch(/in both|only here/);
    await takePictures(panel, 'compared');
    await expectNoFaults(panel);
    const places = async (width: number) => {
      await panel.setViewportSize({ width, height: 800 });
      return Promise.all([one, other].map(async (cell) => (await cell.boundingBox()) ?? { x: 0, y: 0 }));
    };
    const [above, below] = await places(400);
    expect(above?.x).toBe(below?.x);
    expect(below?.y).toBeGreaterThan(above?.y ?? 0);
    const [left, right] = await places(700);
    expect(left?.y).toBe(right?.y);
    expect(right?.x).toBeGreaterThan(left?.x ?? 0);
    await places(400);
  });

  test('are left by Escape, or for one of them', async () => {
    await panel.keyboard.press('Escape');
    const compare = pager(1, 'Questions asked here').getByRole('button', { name: 'Compare branches' });
    // The focus is where it was.
    await expect.poll(() => compare.evaluate((button) => button === document.activeElement)).toBe(true);
    await compare.click();
    await panel.getByRole('button', { name: 'Use this one' }).first().click();
    expect(await headings()).toEqual([lens, keeper]);
    await pager(1, 'Questions asked here').getByRole('button', { name: 'Next branch' }).click();
    await panel.getByRole('heading', { name: 'How far' }).waitFor();
  });

  test('are previewed as they are shown', async () => {
    const composer = panel.getByRole('textbox', { name: 'Ask your pages' });
    const preview = panel.getByRole('region', { name: 'Preview' });
    await composer.press('Alt+P');
    await preview.getByText('How far could the light be seen?').waitFor();
    await pager(1, 'Questions asked here').getByRole('button', { name: 'Previous branch' }).click();
    await preview.getByText(keeper).waitFor();
    await pager(1, 'Questions asked here').getByRole('button', { name: 'Next branch' }).click();
    await preview.getByText('How far could the light be seen?').waitFor();
    await composer.press('Alt+P');
    await preview.waitFor({ state: 'detached' });
  });
});

describe('An answer', () => {
  const tool = (name: RegExp) => exchange(0).getByRole('button', { name });
  const said = () => exchange(0).getByRole('status').getByText('Kept as an example');
  const kept = async () => {
    const [conversation] = await sendFrom(panel)('conversations/list', null);
    return conversation ? await sendFrom(panel)('examples/verdicts', { conversationId: conversation.id }) : [];
  };

  test('is kept as an example when it is good, and no longer when that is taken back', async () => {
    await tool(/^Good answer/).click();
    await exchange(0)
      .getByRole('button', { name: /^Good answer/, pressed: true })
      .waitFor();
    await said().waitFor({ state: 'attached' });
    expect(await kept()).toMatchObject([{ verdict: 'good' }]);
    await takePictures(panel, 'judged');
    await expectNoFaults(panel);
    await tool(/^Good answer/).click();
    await exchange(0)
      .getByRole('button', { name: /^Good answer/, pressed: false })
      .waitFor();
    expect(await kept()).toEqual([]);
  });

  test('is kept beside a better one, by the keyboard', async () => {
    await tool(/^Write a better answer/).focus();
    await panel.keyboard.press('Enter');
    await panel.getByRole('textbox', { name: 'Write a better answer' }).fill('On 3 March 1974, and never again.');
    await takePictures(panel, 'better-answer');
    await expectNoFaults(panel);
    await panel.keyboard.press('Tab');
    await panel.keyboard.press('Enter');
    await exchange(0)
      .getByRole('button', { name: /^Write a better answer/, pressed: true })
      .waitFor();
    expect(await kept()).toMatchObject([{ verdict: 'edited', text: 'On 3 March 1974, and never again.' }]);
    await expect.poll(() => tool(/^Write a better answer/).evaluate((button) => button === document.activeElement)).toBe(true);
  });

  test('that was kept earlier is shown to be, and nothing is said of it', async () => {
    await panel.reload();
    await exchange(0)
      .getByRole('button', { name: /^Write a better answer/, pressed: true })
      .waitFor();
    expect(await said().count()).toBe(0);
  });

  test('is not what a better one was being written for, when it comes in the place of that one', async () => {
    const better = panel.getByRole('textbox', { name: 'Write a better answer' });
    await exchange(1)
      .getByRole('button', { name: /^Write a better answer/ })
      .click();
    await better.fill('As far as the Skerries.');
    await pager(1, 'Questions asked here').getByRole('button', { name: 'Previous branch' }).click();
    await panel.getByRole('heading', { name: keeper }).waitFor();
    await expect.poll(() => better.count()).toBe(0);
    await pager(1, 'Questions asked here').getByRole('button', { name: 'Next branch' }).click();
    await panel.getByRole('heading', { name: 'How far' }).waitFor();
  });
});

describe('The record of a conversation', () => {
  test('is saved as a Markdown file of the shown branch, with its sources as footnotes', async () => {
    const [download] = await Promise.all([
      panel.waitForEvent('download'),
      panel.getByRole('button', { name: 'Save this conversation as a Markdown file' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('When was the great lens at Skerrow Head lit for the last time.md');
    const file = readFileSync(await download.path(), 'utf8');
    expect(file).toMatch(/^---\ntitle: "When was the great lens/);
    expect(file.match(/^## .+/gm)).toEqual([`## ${lens}`, '## How far could the light be seen?']);
    expect(file).not.toContain(keeper);
    expect(file).toMatch(/3 March 1974\.\s?\[\^1\]/);
    const [footnote = ''] = file.match(/^\[\^1\]: .+/gm) ?? [];
    expect(footnote).toContain('lit for the last time on 3 March 1974');
    expect(footnote).toContain('[A staircase for light: how the Fresnel lens changed the coast](<');
    expect(footnote).toContain(`The Long Shore, Oct 8, 2023, <${stage.site.url}/essays/fresnel-lens>`);
    // Every mark leads to a footnote, and every footnote is led to.
    const marks = new Set(file.match(/\[\^\d+\](?!:)/g));
    expect([...marks].toSorted()).toEqual((file.match(/^\[\^\d+\](?=:)/gm) ?? []).toSorted());
  });

  test('is copied as the same text', async () => {
    await stage.extension.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await panel.getByRole('button', { name: 'Copy this conversation as Markdown' }).click();
    await panel.getByText('The conversation has been copied.').waitFor({ state: 'attached' });
    expect(await panel.evaluate(() => navigator.clipboard.readText())).toContain('3 March 1974');
  });
});

describe('A worker that dies in the middle of another answer', () => {
  test('leaves what had come, shown as cut off, and trying again answers in its place', async () => {
    await startConversation(panel);
    await askQuestion(panel, lens);
    await askQuestion(panel, keeper);
    stage.models.tokensPerSecond = 5;
    await exchange(0).getByRole('button', { name: 'Answer again' }).click();
    await exchange(0).locator('.being-written').waitFor();
    // Stored once a second.
    await panel.waitForTimeout(1_500);
    await stage.extension.killWorker();
    const notice = exchange(0).getByRole('alert');
    await notice.waitFor();
    expect(await exchange(0).locator('.answer-text').innerText()).toContain('According');
    expect(await pager(0, 'Answers to this question').innerText()).toContain('2 / 2');
    stage.models.tokensPerSecond = undefined;
    await notice.getByRole('button', { name: 'Try again' }).click();
    await pager(0, 'Answers to this question').getByText('3 / 3').waitFor();
    expect(await headings()).toEqual([lens]);
    await exchange(0).getByText('3 March 1974').first().waitFor();

    const [conversation] = await sendFrom(panel)('conversations/list', null);
    const messages = conversation ? await sendFrom(panel)('conversation/read', { conversationId: conversation.id }) : [];
    expect(messages.map((message) => (message.role === 'answer' ? message.status : message.text))).toEqual([
      lens,
      'complete',
      keeper,
      'complete',
      'failed',
      'complete',
    ]);
  });
});
