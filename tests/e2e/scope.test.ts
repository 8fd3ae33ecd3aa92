import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerMessage } from '../../src/core/conversation/conversation';
import {
  askQuestion,
  chooseModels,
  deleteConversationForGood,
  lastAnswer,
  openView,
  savedPages,
  savePage,
  sendFrom,
  startConversation,
} from '../support/panel';
import { expectNoFaults } from './support/axe';
import { lastChat } from './support/last-chat';
import { openStage, type Stage } from './support/stage';

// What is asked: chosen in one control, by the keyboard too, kept with the conversation, and obeyed by the search.

/** Every page of the site has something to say to it. */
const question = 'How many hours, days or years?';
const paths = ['/essays/fresnel-lens', '/kitchen/sourdough', '/docs/retries', '/field/tide-pools'];

let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage();
  for (const path of paths) {
    panel = await stage.openPanel(path);
    await savePage(panel);
  }
  // The same server under another name is another site.
  await stage.tab.goto(`${stage.site.url.replace('127.0.0.1', 'localhost')}/news/harbour-tram`);
  await stage.extension.clickAction(stage.tab);
  await savePage(panel);
});

afterAll(() => stage?.close());

const control = () => panel.locator('.scope-opener');
/** How many pages that are is said when they have been counted. */
const expectAsked = (words: RegExp) => expect.poll(() => control().innerText()).toMatch(words);
const menu = () => panel.getByRole('dialog', { name: 'What is asked' });
const box = () => panel.getByRole('textbox', { name: 'Ask your pages' });
const choose = async (kind: string) => {
  await control().click();
  await menu().getByRole('button', { name: kind }).click();
};
const pathsOf = ({ sources }: AnswerMessage) => [...new Set(sources.map(({ url }) => new URL(url).pathname))].sort();

async function askAnew(kind: () => Promise<unknown>, asked = question): Promise<AnswerMessage> {
  await startConversation(panel);
  await kind();
  return askQuestion(panel, asked);
}

describe('The question is put to', () => {
  test('the whole library, unless something else is chosen', async () => {
    await startConversation(panel);
    await expectAsked(/Whole library\s*5\spages/);
    const answer = await askQuestion(panel, question);
    expect(answer.report).toMatchObject({ pagesSearched: 5 });
    expect(pathsOf(answer).length).toBeGreaterThan(1);
  });

  test('a site', async () => {
    const answer = await askAnew(async () => {
      await choose('A site');
      await menu().getByRole('combobox', { name: 'Find a site' }).fill('local');
      await menu()
        .getByRole('option', { name: /^localhost/ })
        .click();
      await menu().waitFor({ state: 'detached' });
    });
    await expectAsked(/localhost\s*1\spage/);
    expect(answer.report).toMatchObject({ pagesSearched: 1, scope: { sites: ['localhost'] } });
    expect(pathsOf(answer)).toEqual(['/news/harbour-tram']);
  });

  test('a tag', async () => {
    const lens = (await savedPages(panel)).find(({ url }) => url.endsWith('/fresnel-lens'));
    if (lens) await sendFrom(panel)('page/tag', { pageId: lens.id, tags: ['optics'] });
    const answer = await askAnew(async () => {
      await choose('Tags');
      await menu()
        .getByRole('option', { name: /#optics/ })
        .click();
      await menu().getByRole('button', { name: 'Done' }).click();
    }, 'How many prisms does the lens hold?');
    await expectAsked(/#optics\s*1\spage/);
    expect(pathsOf(answer)).toEqual(['/essays/fresnel-lens']);
  });

  test('pages chosen by their titles, with the keyboard alone', async () => {
    const answer = await askAnew(async () => {
      await panel.keyboard.press('Alt+s');
      await menu().waitFor();
      await panel.keyboard.press('End');
      await panel.keyboard.press('ArrowUp');
      await panel.keyboard.press('Enter');
      for (const title of ['Retries', 'Life between']) {
        await panel.keyboard.press('Control+a');
        await panel.keyboard.type(title);
        // The best of what is typed, though it may not be there yet.
        await panel.keyboard.press('Enter');
        await menu().getByRole('option', { selected: true, name: title }).waitFor();
      }
      await panel.keyboard.press('Escape');
      await panel.keyboard.press('Escape');
      await menu().waitFor({ state: 'detached' });
    }, 'Tidewheel, Gannet Ledge or sourdough?');
    await expectAsked(/2\schosen pages/);
    expect(answer.report.pagesSearched).toBe(2);
    expect(pathsOf(answer)).toEqual(['/docs/retries', '/field/tide-pools']);
  });

  test('a span of time', async () => {
    await askAnew(async () => {
      await choose('A time span');
      await menu().getByLabel('Read until').fill('2020-01-01');
      await menu().getByRole('button', { name: 'Ask these days' }).click();
    });
    await expectAsked(/Until .*2020\s*0\spages/);
    const today = await askAnew(async () => {
      await choose('A time span');
      await menu().getByRole('button', { name: 'Today' }).click();
    });
    expect(today.report.pagesSearched).toBe(5);
    await expectAsked(/Since /);
  });

  test('a site, a tag and a span of time together, each of which can be taken away again', async () => {
    const bread = (await savedPages(panel)).find(({ url }) => url.endsWith('/sourdough'));
    if (bread) await sendFrom(panel)('page/tag', { pageId: bread.id, tags: ['slow'] });
    const answer = await askAnew(async () => {
      await choose('A site');
      await menu()
        .getByRole('option', { name: /^127\.0\.0\.1/ })
        .click();
      await choose('A time span');
      await menu().getByRole('button', { name: 'Today' }).click();
      await control()
        .getByText(/^127\.0\.0\.1, Since /)
        .waitFor();
      await expectAsked(/4\spages/);
      await box().pressSequentially('#slow');
      await panel.getByRole('listbox', { name: 'Tags' }).getByRole('option').waitFor();
      await panel.keyboard.press('Tab');
      await expectAsked(/1\spage$/);
      await control().click();
      expect(await menu().locator('[aria-current="true"]').allInnerTexts()).toEqual([
        expect.stringMatching(/^A site\s*127\.0\.0\.1/),
        expect.stringMatching(/^Tags\s*#slow/),
        expect.stringMatching(/^A time span\s*Since/),
      ]);
      await expectNoFaults(panel);
      await panel.keyboard.press('Escape');
    });
    expect(answer.report.scope).toMatchObject({ sites: ['127.0.0.1'], tags: ['slow'], after: expect.any(Number) });
    expect(pathsOf(answer)).toEqual(['/kitchen/sourdough']);
    expect(await box().evaluate((area) => document.getElementById(area.getAttribute('aria-describedby') ?? '')?.textContent)).toMatch(
      /^Asked of:.*127\.0\.0\.1, #slow, Since/,
    );
    await panel.getByRole('button', { name: 'Do not ask “#slow”' }).click();
    expect(await box().evaluate((element) => element === document.activeElement)).toBe(true);
    await panel.getByRole('button', { name: /^Do not ask “Since/ }).click();
    await control()
      .getByText(/^127\.0\.0\.1$/)
      .waitFor();
    await expectAsked(/4\spages$/);
  });

  test('this page, which is the one in the tab when the question is asked', async () => {
    const answer = await askAnew(async () => {
      await choose('This page');
      await expectAsked(/This page/);
      await stage.openPanel('/kitchen/sourdough');
      await expectAsked(/This page/);
      await panel.getByText('Sourdough fermentation').first().waitFor();
    });
    expect(pathsOf(answer)).toEqual(['/kitchen/sourdough']);
    // From now on the conversation is about that page, whichever is in the tab.
    await stage.openPanel('/docs/retries');
    await expectAsked(/Sourdough fermentation/);
    expect(pathsOf(await askQuestion(panel, question))).toEqual(['/kitchen/sourdough']);
  });
});

describe('A page that is not saved', () => {
  const lineCost = 'What will the harbour tram line cost?';
  const address = () => `${stage.site.url}/news/harbour-tram`;

  test('is read to be asked, and does not get into the library', async () => {
    panel = await stage.openPanel('/news/harbour-tram');
    const before = (await savedPages(panel)).map(({ id }) => id);
    await startConversation(panel);
    await choose('This page');
    await panel.getByText('This page is not saved.').waitFor();
    const answer = await askQuestion(panel, lineCost);
    expect(answer.sources[0]).toMatchObject({ url: address(), isUnsaved: true });
    expect(answer.sources.map(({ quotation }) => quotation).join()).toContain('£187 million');
    expect((await savedPages(panel)).map(({ id }) => id)).toEqual(before);
    expect(await sendFrom(panel)('library/overview', null)).toMatchObject({ pages: before.length, inProgress: [] });
    await panel.getByRole('region', { name: 'This page' }).getByRole('button', { name: 'Save this page' }).waitFor();
    // Nor is it found there, by whoever asks the whole library.
    const { pages } = await sendFrom(panel)('library/find', { text: '£187 million', limit: 10 });
    expect(pages.map(({ page }) => page.url)).not.toContain(address());
  });

  test('goes on being asked, from the text that was read, when the tab shows another and the panel was closed', async () => {
    await stage.openPanel('/docs/retries');
    await panel.reload();
    await expectAsked(/Harbour tram to open/);
    const answer = await askQuestion(panel, 'How many of the elms will be felled?');
    expect(new Set(answer.sources.map(({ url, isUnsaved }) => `${url} ${isUnsaved}`))).toEqual(new Set([`${address()} true`]));
  });

  test('opens at the quotation in the text as it was read', async () => {
    const figure = panel.getByRole('article').last().getByRole('figure').first();
    const [reader] = await Promise.all([
      stage.extension.context.waitForEvent('page'),
      figure.getByRole('button', { name: 'Text as it was read' }).click(),
    ]);
    await reader.locator('mark').first().waitFor();
    expect((await reader.locator('mark').allInnerTexts()).join('')).toContain('elms');
    await reader.close();
  });

  test('is gone when the conversation is deleted', async () => {
    const [conversation] = await sendFrom(panel)('conversations/list', null);
    const messages = conversation ? await sendFrom(panel)('conversation/read', { conversationId: conversation.id }) : [];
    const pageId = messages.flatMap((message) => (message.role === 'answer' ? message.sources : [])).at(-1)?.pageId;
    if (!conversation || !pageId) throw new Error('There is no such conversation.');
    expect((await sendFrom(panel)('page/read', { pageId })).version.text).toContain('elms');
    await deleteConversationForGood(sendFrom(panel), conversation.id);
    await expect(sendFrom(panel)('page/read', { pageId })).rejects.toThrow('not-found');
    await panel.reload();
  });

  test('that may not be read is not asked, in the words of the page card, and the question stays', async () => {
    await stage.tab.goto('about:blank');
    await startConversation(panel);
    await choose('This page');
    await box().fill(lineCost);
    await panel.keyboard.press('Enter');
    await panel.getByRole('alert').waitFor();
    expect(await box().inputValue()).toBe(lineCost);
    expect(await panel.getByRole('article').count()).toBe(0);
    await box().fill('');
    await choose('Whole library');
    panel = await stage.openPanel('/docs/retries');
  });
});

describe('In the question itself', () => {
  test('@ picks pages and # tags, which become chips', async () => {
    await startConversation(panel);
    await box().pressSequentially('How many barnacles are there? @Life');
    await panel.getByRole('option', { name: /^Life between the tides/ }).waitFor();
    await panel.keyboard.press('Enter');
    await panel.getByRole('button', { name: /^Do not ask “Life between/ }).waitFor();
    expect(await box().inputValue()).toBe('How many barnacles are there? ');
    await panel.keyboard.press('Enter');
    await panel.getByRole('article').last().locator('[aria-busy="false"]').waitFor();
    expect((await lastAnswer(panel)).report.pagesSearched).toBe(1);
    expect(pathsOf(await lastAnswer(panel))).toEqual(['/field/tide-pools']);
    await startConversation(panel);
    await box().pressSequentially('#opt');
    await panel.getByRole('option', { name: /^#optics/ }).waitFor();
    await panel.keyboard.press('Enter');
    await box().pressSequentially('How many prisms does the lens hold?');
    await panel.getByRole('button', { name: 'Do not ask “#optics”' }).waitFor();
    await panel.keyboard.press('Enter');
    await panel.getByRole('article').last().locator('[aria-busy="false"]').waitFor();
    expect(pathsOf(await lastAnswer(panel))).toEqual(['/essays/fresnel-lens']);
  });
});

describe('Enter that comes before the menu', () => {
  test('chooses what the menu would have had first', async () => {
    await startConversation(panel);
    await box().pressSequentially('How many barnacles are there? @Life');
    await panel.keyboard.press('Enter');
    await panel.getByRole('button', { name: /^Do not ask “Life between/ }).waitFor();
    expect(await box().inputValue()).toBe('How many barnacles are there? ');
    expect(await panel.getByRole('article').count()).toBe(0);
    await panel.keyboard.press('Enter');
    await panel.getByRole('article').last().locator('[aria-busy="false"]').waitFor();
    expect(pathsOf(await lastAnswer(panel))).toEqual(['/field/tide-pools']);
  });

  test('asks when there is nothing to choose', async () => {
    await startConversation(panel);
    await box().pressSequentially('How many prisms does the lens hold? #5');
    await panel.keyboard.press('Enter');
    await panel.getByRole('article').last().locator('[aria-busy="false"]').waitFor();
    expect(pathsOf(await lastAnswer(panel))).toContain('/essays/fresnel-lens');
  });
});

describe('What is chosen', () => {
  test('is narrowed further by what the question says', async () => {
    await startConversation(panel);
    await choose('A site');
    await menu()
      .getByRole('option', { name: /^127\.0\.0\.1/ })
      .click();
    const answer = await askQuestion(panel, 'How many prisms does the lens hold? tag:optics');
    expect(pathsOf(answer)).toEqual(['/essays/fresnel-lens']);
  });

  test('is still chosen when the panel is closed and opened again, asked or not', async () => {
    await startConversation(panel);
    await choose('A site');
    await menu()
      .getByRole('option', { name: /^localhost/ })
      .click();
    await panel.reload();
    await expectAsked(/localhost/);
    await askQuestion(panel, question);
    await panel.reload();
    await expectAsked(/localhost/);
    await startConversation(panel);
    await expectAsked(/Whole library/);
  });

  test('can be taken away piece by piece', async () => {
    await startConversation(panel);
    await choose('Tags');
    await menu()
      .getByRole('option', { name: /#optics/ })
      .click();
    await menu().getByRole('button', { name: 'Done' }).click();
    await panel.getByRole('button', { name: 'Do not ask “#optics”' }).click();
    await expectAsked(/Whole library/);
  });

  test('says before it is asked that nothing is in it, and what can be done', async () => {
    await startConversation(panel);
    await choose('A time span');
    await menu().getByLabel('Read until').fill('2020-01-01');
    await menu().getByRole('button', { name: 'Ask these days' }).click();
    await panel.getByText('No saved page is in what is asked.').waitFor();
    await panel.getByRole('button', { name: 'Ask the whole library' }).click();
    await expectAsked(/Whole library/);
  });

  test('in the Library is what a new conversation is about', async () => {
    await openView(panel, 'Library');
    for (const title of ['Life between', 'Retries']) await panel.getByRole('checkbox', { name: new RegExp(`^Select “${title}`) }).check();
    await expectNoFaults(panel);
    await panel.getByRole('button', { name: 'Ask these pages' }).click();
    await control()
      .getByText(/2\schosen pages/)
      .waitFor();
    await expect.poll(() => box().evaluate((element) => element === document.activeElement)).toBe(true);
    expect(pathsOf(await askQuestion(panel, 'Tidewheel, Gannet Ledge or sourdough?'))).toEqual(['/docs/retries', '/field/tide-pools']);
    await openView(panel, 'Library');
    await panel.getByRole('button', { name: 'More about “Sourdough' }).click();
    await panel.getByRole('button', { name: /^Ask “Sourdough/ }).click();
    await control()
      .getByText(/^Sourdough/)
      .waitFor();
    expect(await panel.getByRole('article').count()).toBe(0);
  });

  test('in the reader is asked in the panel of its window, which opens for it', async () => {
    await openView(panel, 'Library');
    const [reader] = await Promise.all([
      stage.extension.context.waitForEvent('page'),
      panel.getByRole('button', { name: /^A staircase for light/ }).click(),
    ]);
    const ask = reader.getByRole('button', { name: 'Ask this page' });
    await ask.waitFor();
    await expectNoFaults(reader);
    await ask.click();
    await control()
      .getByText(/^A staircase for light/)
      .waitFor();
    await startConversation(panel);
    await choose('Whole library');
    await panel.close();
    await ask.click();
    await expect
      .poll(async () => {
        const { targetInfos } = await stage.extension.cdp.send('Target.getTargets', { filter: [{}] });
        return targetInfos.filter(({ type, url }) => type === 'page' && url.includes('/sidepanel/')).length;
      })
      .toBe(1);
    panel = await stage.extension.openSidePanel(reader);
    await control()
      .getByText(/^A staircase for light/)
      .waitFor();
    await reader.close();
    panel = await stage.openPanel('/docs/retries');
    await startConversation(panel);
    await choose('Whole library');
  });

  test('leads back to where one writes', async () => {
    await choose('Whole library');
    await expect.poll(() => box().evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

describe('The open tabs', () => {
  const notice = () => panel.locator('.scope-notice');

  test('are asked as far as they are saved or can be read, and it is said why the others are not', async () => {
    panel = await stage.openPanel('/docs/retries');
    const other = await stage.extension.context.newPage();
    await other.goto(`${stage.site.url.replace('127.0.0.1', 'localhost')}/forum/thread/4182`);
    await stage.tab.bringToFront();
    await startConversation(panel);
    await choose('Open tabs');
    await notice().getByText('Saved: 1 of 2 open tabs.').waitFor();
    await notice()
      .getByText(/^1: Click the Commonplace icon/)
      .waitFor();
    await expectNoFaults(panel);
    const alone = await askQuestion(panel, 'How long does Tidewheel keep dead letters, and how does the heat pump hum?');
    expect(pathsOf(alone)).toEqual(['/docs/retries']);

    await stage.extension.clickAction(other);
    await startConversation(panel);
    await choose('Open tabs');
    await notice().getByText('1 more is read when you ask, and not saved.').waitFor();
    const before = (await savedPages(panel)).length;
    const both = await askQuestion(panel, 'Tidewheel letters, or a heat pump that hums?');
    expect(both.report.pagesSearched).toBe(2);
    expect(both.sources.filter(({ isUnsaved }) => isUnsaved).map(({ url }) => new URL(url).pathname)).toContain('/forum/thread/4182');
    expect((await savedPages(panel)).length).toBe(before);
    await other.close();
  });

  test('can be saved from here', async () => {
    const other = await stage.extension.context.newPage();
    await other.goto(`${stage.site.url.replace('127.0.0.1', 'localhost')}/forum/thread/4182`);
    await stage.tab.bringToFront();
    await startConversation(panel);
    await choose('Open tabs');
    await notice().getByRole('button', { name: 'Save them' }).click();
    await panel.getByRole('region', { name: 'Save all tabs in this window' }).waitFor();
    await panel.getByRole('button', { name: 'Cancel' }).click();
    await openView(panel, 'Ask');
    await choose('Whole library');
    await other.close();
  });
});

describe('With a model', () => {
  const systemPrompt = () => {
    const { messages } = (lastChat(stage)?.body ?? {}) as { messages?: { content: string }[] };
    return messages?.[0]?.content;
  };

  beforeAll(async () => {
    const { url, apiKey } = stage.models;
    await stage.extension.acceptRequestFor(new URL(url).origin);
    await chooseModels(panel, { url, apiKey, chatModel: 'test-chat', embeddingModel: '' });
  });

  test('all of what is asked is sent where it fits, and nothing is looked for', async () => {
    const answer = await askAnew(async () => {
      await choose('Tags');
      await menu()
        .getByRole('option', { name: /#optics/ })
        .click();
      await menu().getByRole('button', { name: 'Done' }).click();
    }, 'When was the great lens at Skerrow Head lit for the last time?');
    expect(answer.report).toMatchObject({ isWhole: true, pagesSearched: 1, scope: { tags: ['optics'] } });
    expect(answer.text).toContain('3 March 1974');
    const [lens] = await sendFrom(panel)('library/find', { text: 'prisms', limit: 1 }).then(({ pages }) => pages);
    expect(answer.report.passagesUsed).toBe(lens?.page.passageCount);
    await panel.getByText(/^Read all of 1.page tagged optics/).waitFor();
    await panel
      .getByRole('button', { name: /^Source \d+: A staircase for light/ })
      .first()
      .waitFor();
  });

  test('its own knowledge is kept out, unless the person lets it in, and is set apart then', async () => {
    const question = 'Who composed the opera about the submarine?';
    expect(await askAnew(() => choose('Whole library'), question)).toMatchObject({ kind: 'nothing-found' });
    const answer = await askAnew(async () => {
      await control().click();
      await menu()
        .getByRole('checkbox', { name: /^Also the model’s own knowledge/ })
        .check();
      await panel.keyboard.press('Escape');
    }, question);
    expect(answer).toMatchObject({ kind: 'written', report: { mayBeOwn: true } });
    expect(systemPrompt()).toContain('begins with [own]');
    await panel.getByRole('group', { name: 'From the model’s own knowledge, not from your pages' }).waitFor();
    await expectAsked(/with the model’s own knowledge/);
    await expectNoFaults(panel);
    await panel.reload();
    await expectAsked(/with the model’s own knowledge/);
    await askAnew(async () => {}, 'When was the great lens at Skerrow Head lit for the last time?');
    expect(systemPrompt()).not.toContain('[own]');
  });
});

describe('There is no serious fault, in light or in dark, in', () => {
  test('the control and its menu', async () => {
    await control().click();
    await expectNoFaults(panel);
    await panel.keyboard.press('Escape');
  });

  test('the list of pages to choose from', async () => {
    await choose('Chosen pages');
    await menu().getByRole('option').first().click();
    await expectNoFaults(panel);
    await menu().getByRole('button', { name: 'Done' }).click();
    await expectNoFaults(panel);
  });

  test('the spans of time', async () => {
    await choose('A time span');
    await expectNoFaults(panel);
    await panel.keyboard.press('Escape');
    await panel.keyboard.press('Escape');
  });
});
