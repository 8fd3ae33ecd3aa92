import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendFrom } from '../support/panel';
import { expectNoFaults } from './support/axe';
import { openStage, type Stage } from './support/stage';
import { picturesFolder, takePictures } from './support/take-pictures';

// A thousand conversations of ten messages, each answer with its sources: to be looked through, searched, and opened at the place.

const conversations = 1_000;
const turns = 5;
let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage();
  panel = await stage.openPanel('/essays/fresnel-lens');
  await panel.evaluate(inventConversations, { conversations, turns });
  await panel.reload();
});

afterAll(() => stage?.close());

/** Runs in the panel: stores what the worker would have stored. The 412th has a word that no other has. */
async function inventConversations({ conversations, turns }: { conversations: number; turns: number }): Promise<void> {
  const places = ['Skerrow', 'Cordouan', 'Gannet', 'Elmsworth', 'Ansel', 'Tamm', 'Sedra', 'Harrow'];
  const things = ['lens', 'tram', 'oven', 'channel', 'queue', 'petition', 'dough', 'tide', 'prism', 'signature', 'well', 'pump', 'harbour'];
  const sentence = (seed: number) => {
    const pick = (list: readonly string[], salt: number) => list[(seed * 31 + salt * 17) % list.length];
    return `The ${pick(things, 1)} of ${pick(places, 2)} was measured against the ${pick(things, 3)} in ${1700 + (seed % 300)}, and nobody who had seen it work would part with it.`;
  };
  const sentences = (count: number, seed: number, between: string) =>
    Array.from({ length: count }, (_, at) => sentence(seed + at)).join(between);
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('commonplace');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const transaction = database.transaction(['conversations', 'messages'], 'readwrite');
  for (let number = 0; number < conversations; number++) {
    const conversationId = `conversation-${String(number).padStart(4, '0')}`;
    const title = `About ${sentence(number).slice(4, 60)}`;
    transaction.objectStore('conversations').put({ id: conversationId, title, createdAt: number, updatedAt: number });
    for (let turn = 0; turn < turns; turn++) {
      const common = (index: number) => ({ id: `${conversationId}-${index}`, conversationId, createdAt: number * 1_000 + index });
      const text = `What of the ${things[(number + turn) % things.length]}, number ${number}?`;
      transaction.objectStore('messages').put({ ...common(2 * turn), role: 'question', text });
      const lone = turn === 3 && number === 412 ? ' A lone **xylophonist** played there [2].' : '';
      const sources = Array.from({ length: 8 }, (_, place) => ({
        number: place + 1,
        pageId: `page-${place}`,
        version: 1,
        passageId: place,
        start: 0,
        end: 900,
        title: 'A page of some title',
        site: 'pages.example',
        url: 'https://pages.example/one',
        capturedAt: 1,
        headingPath: ['One', 'Two'],
        quotation: sentences(8, number + place, ' '),
        liveUrl: 'https://pages.example/one#:~:text=The,it',
      }));
      transaction.objectStore('messages').put({
        ...common(2 * turn + 1),
        role: 'answer',
        kind: 'written',
        status: 'complete',
        text: `${sentences(7, number * 7 + turn, ' [1] ')}${lone}`,
        sources,
        report: { pagesSearched: 10, passagesUsed: 8, pagesUsed: 3 },
        durationMs: 900,
      });
    }
  }
  await new Promise((resolve) => {
    transaction.oncomplete = resolve;
  });
  database.close();
}

const opener = () => panel.locator('.conversation-opener');
const box = () => panel.getByRole('searchbox', { name: 'Search conversations' });
const results = () => panel.getByRole('list', { name: 'Conversations that match' });

describe('A thousand conversations', () => {
  test('are listed at once, of which only those in sight are drawn', async () => {
    await opener().click();
    const list = panel.getByRole('list', { name: 'Conversations', exact: true });
    await list.getByRole('listitem').first().waitFor();
    expect(await list.getByRole('listitem').count()).toBeLessThan(60);
    expect(await list.getByRole('listitem').first().getAttribute('aria-setsize')).toBe('1000');
    await panel.locator('.conversation-list').evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
    await list.locator('[aria-posinset="1000"]').waitFor();
    await takePictures(panel, 'conversations');
    await expectNoFaults(panel);
    await panel.keyboard.press('Escape');
  });

  test('are searched for words of a title, a question and an answer, marked in a few lines of where they stand', async () => {
    await opener().click();
    // The focus is in the box.
    await panel.keyboard.type('xylophon');
    const found = results().getByRole('button');
    await found.filter({ hasText: 'xylophonist' }).waitFor();
    expect(await found.count()).toBe(1);
    expect(await found.locator('mark').allInnerTexts()).toContain('xylophonist');
    expect(await found.innerText()).toContain('Answer:');
    expect(await found.innerText()).not.toContain('[2]');
    await takePictures(panel, 'found-conversations');
    await expectNoFaults(panel);
  });

  test('open at the message that was found', async () => {
    await panel.keyboard.press('Enter');
    const word = panel.locator('.answer-text').getByText('xylophonist');
    await word.waitFor();
    expect(await panel.getByRole('article').count()).toBe(turns);
    const top = await panel
      .getByRole('article')
      .nth(3)
      .locator('.answer')
      .evaluate((answer) => answer.getBoundingClientRect().top);
    const view = await panel.locator('.conversation').evaluate((scroller) => scroller.getBoundingClientRect().top);
    expect(Math.abs(top - view)).toBeLessThan(8);
  });

  test('say so when nothing is found, and are all there again when the words go', async () => {
    await opener().click();
    await box().fill('zeppelin xylophonist');
    await panel.getByText('No conversation has all of these words.').waitFor();
    await box().fill('');
    await panel.getByRole('list', { name: 'Conversations', exact: true }).waitFor();
    await panel.keyboard.press('Escape');
    expect(await opener().evaluate((button) => button === document.activeElement)).toBe(true);
  });

  test('are found by a worker that has just begun as by one that has read them', async () => {
    const send = sendFrom(panel);
    const timed = async (text: string) => {
      const begun = performance.now();
      const found = await send('conversations/find', { text, limit: 30 });
      return { text, ms: Math.round(performance.now() - begun), found: found.map(({ conversation }) => conversation.id) };
    };
    const texts = ['xylophonist', 'x', 'pri', 'prism skerrow', 'petitions measured 1812', 'the'];
    const warm = [];
    for (const text of texts) warm.push(await timed(text));
    const cold = [];
    for (const text of ['xylophonist', 'prism skerrow']) {
      await stage.extension.killWorker();
      cold.push(await timed(text));
    }
    if (picturesFolder) console.log('search over conversations', JSON.stringify({ cold, warm }));
    expect(warm[0]?.found).toHaveLength(1);
    for (const { text, found } of cold) expect(found, text).toEqual(warm.find((one) => one.text === text)?.found);
  });
});
