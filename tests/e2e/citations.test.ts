import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerMessage, Source } from '../../src/core/conversation/conversation';
import { askQuestion, chooseModels, savedPages, savePage, startConversation } from '../support/panel';
import { bridgeSentence } from '../support/site/awkward-pages';
import { expectNoFaults } from './support/axe';
import { openStage, type Stage } from './support/stage';

// What a model wrote is compared with the pages, in the real panel: what bears it out is shown, what nothing bears out is said to be so.

const question = 'When was the great lens lit at Cordouan, and how far could its light be seen?';
const lit = 'The first great lens was lit in July 1823 at Cordouan, on a rock at the mouth of the Gironde.';
const seen = 'The keepers reported that the light could be seen from 32 kilometres away, and that it hurt to look at.';
let stage: Stage;
let panel: Page;
/** The number of the source that says when the lens was lit, and of one that does not. */
let right: number;
let wrong: number;

beforeAll(async () => {
  stage = await openStage();
  for (const path of ['/kitchen/sourdough', '/essays/fresnel-lens']) {
    panel = await stage.openPanel(path);
    await savePage(panel);
  }
  const { url, apiKey } = stage.models;
  await stage.extension.acceptRequestFor(new URL(url).origin);
  await chooseModels(panel, { url, apiKey, chatModel: 'test-scripted', embeddingModel: '' });
  const { sources } = await answerWith('Nothing yet.');
  const holds = ({ quotation }: Source) => quotation.includes(lit);
  right = sources.find(holds)?.number ?? 0;
  wrong = sources.find((source) => !holds(source))?.number ?? 0;
  expect(Math.min(right, wrong)).toBeGreaterThan(0);
});

afterAll(() => stage?.close());

async function answerWith(text: string): Promise<AnswerMessage> {
  stage.models.script([text]);
  await startConversation(panel);
  return askQuestion(panel, question);
}

const exchange = () => panel.getByRole('article').last();
const answerText = () => exchange().locator('.answer-text');
const chips = () => answerText().getByRole('button', { name: /^Source \d+:/ });
const doubts = () => answerText().getByRole('button', { name: 'not from your pages' });

async function openCard(): Promise<string[]> {
  await chips().first().focus();
  const card = panel.getByRole('group', { name: /^Source \d+$/ });
  await card.waitFor();
  return card.locator('mark').allInnerTexts();
}

describe('A sentence of an answer', () => {
  test('in the words of a page has a chip that shows the very quotation', async () => {
    const { check } = await answerWith(`${lit} [${right}]`);
    expect(check?.sentences).toMatchObject([{ verdict: 'supported', unknown: [], support: [{ source: right, quote: lit }] }]);
    expect(await openCard()).toEqual([lit]);
    expect(await doubts().count()).toBe(0);
  });

  test('in other words has it too', async () => {
    await answerWith(`At Cordouan, the first of the great lenses began to shine in July 1823 [${right}].`);
    expect(await openCard()).toEqual([lit]);
  });

  test('that no page bears out says so, seen and heard', async () => {
    const { check } = await answerWith(`${lit} [${right}] Its architect had three daughters who all became painters [${right}].`);
    expect(check?.sentences.map(({ verdict }) => verdict)).toEqual(['supported', 'unsupported']);
    expect(await doubts().count()).toBe(1);
    await doubts().focus();
    await panel.getByRole('tooltip').getByText('does not say it in so many words').waitFor();
  });

  test('with a wrong number has the number flagged, and is not taken for borne out', async () => {
    await answerWith(`The first great lens was lit in July 1832 at Cordouan [${right}].`);
    expect(await doubts().count()).toBe(1);
    const flagged = answerText().getByRole('button', { name: '1832, not in the cited passages' });
    expect(await flagged.innerText()).toBe('1832');
    await flagged.focus();
    await panel.getByRole('tooltip').getByText('none of the passages cited here').waitFor();
  });

  test('loses a mark that the model made up', async () => {
    const answer = await answerWith(`${lit} [99]`);
    expect(answer.text).not.toContain('99');
    expect(await answerText().innerText()).not.toContain('99');
    expect(await chips().allInnerTexts()).toEqual([String(right)]);
  });

  test('without a mark gets the one of the page that bears it out', async () => {
    await answerWith(seen);
    expect(await openCard()).toEqual([seen]);
  });

  test('with the mark of another page gets the right one', async () => {
    await answerWith(`${lit} [${wrong}]`);
    expect(await chips().allInnerTexts()).toEqual([String(right)]);
  });

  test('that rests on two sentences shows both', async () => {
    await answerWith(
      `The great lens was lit in July 1823 at Cordouan, and the keepers reported that it could be seen from 32 kilometres away [${right}].`,
    );
    expect((await openCard()).sort()).toEqual([lit, seen].sort());
  });

  test('in another language keeps its mark, and only its numbers are held against the page', async () => {
    const { check } = await answerWith(
      `Die große Linse wurde im Juli 1823 auf dem Felsen von Cordouan zum ersten Mal angezündet und war 45 Kilometer weit zu sehen [${right}].`,
    );
    expect(check?.sentences.map(({ verdict }) => verdict)).toEqual(['unchecked']);
    expect(await chips().allInnerTexts()).toEqual([String(right)]);
    expect(await doubts().count()).toBe(0);
    expect(await answerText().locator('.flagged').allInnerTexts()).toEqual(['45']);
  });

  test.each([
    'The saved pages do not answer this question.',
    'Sure, here is what I found:',
    '## The lens of Cordouan in 1999',
    'Would you like to know more?',
  ])('that claims nothing is left alone: %s', async (text) => {
    const { check } = await answerWith(text);
    expect(check?.sentences).toEqual([]);
    expect(await doubts().count()).toBe(0);
  });
});

test('An answer full of doubts has no serious fault, in light or in dark', async () => {
  await answerWith(`${lit} [${right}] It was lit again in 1907 by Aurelia Sandström. Its keeper played the violin on Sundays [${wrong}].`);
  await doubts().first().focus();
  await panel.getByRole('tooltip').waitFor();
  await expectNoFaults(panel);
  await chips().first().focus();
  await panel.getByRole('group', { name: /^Source \d+$/ }).waitFor();
  await expectNoFaults(panel);
});

describe('A citation is opened', () => {
  const bridge = 'When was the bridge at Ostrava Mill opened to carts?';
  const openedTab = async (act: () => Promise<unknown>): Promise<Page> => {
    const [opened] = await Promise.all([stage.extension.context.waitForEvent('page'), act()]);
    return opened;
  };

  async function askAboutBridge(): Promise<void> {
    stage.models.script([bridgeSentence]);
    await startConversation(panel);
    await askQuestion(panel, bridge);
  }

  test('live, at the very sentence, where it may not be looked at: the card then says how to see the saved copy', async () => {
    panel = await stage.openPanel('/awkward/rewritten');
    await savePage(panel);
    await askAboutBridge();
    const live = await openedTab(() => chips().first().click());
    await live.waitForLoadState();
    expect(live.url()).toContain('/awkward/rewritten');
    await live.close();
    await chips().first().focus();
    await panel
      .getByRole('group', { name: /^Source \d+$/ })
      .getByText('no longer says this')
      .waitFor();
  });

  test('in the saved copy, which says why, where the live page was looked at and says it no longer', async () => {
    await stage.extension.grantOrigin(new URL(stage.site.url).origin);
    await askAboutBridge();
    const opened = await openedTab(() => chips().first().click());
    await opened.waitForURL(/src\/reader\/index\.html/);
    await opened.getByText('The live page no longer holds the marked passage.').waitFor();
    expect(await opened.locator('mark').allInnerTexts()).toEqual([bridgeSentence]);
    await opened.close();
  });

  test('live where it was looked at and says it still', async () => {
    stage.models.script([lit]);
    await startConversation(panel);
    await askQuestion(panel, question);
    const live = await openedTab(() => chips().first().click());
    await live.waitForLoadState();
    // Longer than it is looked for.
    await live.waitForTimeout(5_000);
    expect(live.url()).toContain('/essays/fresnel-lens');
    await live.close();
  });

  test('in the copy that was quoted, without asking the site, where a newer one lacks it', async () => {
    await askAboutBridge();
    await stage.tab.bringToFront();
    await stage.tab.goto(`${stage.site.url}/awkward/rewritten`);
    await panel.getByRole('button', { name: 'Save it again' }).click();
    await expect.poll(async () => (await savedPages(panel)).find(({ title }) => title.startsWith('The bridge'))?.version).toBe(2);
    const before = stage.site.requests.length;
    const opened = await openedTab(() => chips().first().click());
    await opened.getByText('When this page was saved again, it no longer held the marked passage.').waitFor();
    expect(await opened.locator('mark').allInnerTexts()).toEqual([bridgeSentence]);
    expect(stage.site.requests.length).toBe(before);
    await opened.close();
  });
});
