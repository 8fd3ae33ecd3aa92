import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openActions, openView } from '../support/panel';
import { bread, lens, openLibraryOfFour, paper, pools, shortTitle } from './support/four-pages';
import { openStage, type Stage } from './support/stage';

// Finding without asking: the search box over everything saved, from the first letter to the passage in the saved copy.

let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage();
  panel = await openLibraryOfFour(stage);
});

afterAll(() => stage?.close());

beforeEach(() => box().fill(''));

const box = () => panel.getByRole('searchbox', { name: 'Search your pages' });
const results = () => panel.getByRole('list', { name: 'Pages that match' });
const row = (title: string) => results().getByRole('listitem').filter({ hasText: title });
const marked = () => results().locator('.snippet mark').allInnerTexts();

/** Waits until these pages and no others are found, in whatever order. */
async function expectToFind(query: string, ...titles: string[]): Promise<void> {
  await box().fill(query);
  const found = async () => {
    const shown = await panel.locator('.found .page-title').allInnerTexts();
    return shown.map(shortTitle).sort();
  };
  await expect.poll(found, { message: query, timeout: 3_000 }).toEqual([...titles].sort());
}

describe('While a person types', () => {
  test('pages appear with the words they typed marked, and how many there are is said', async () => {
    await box().pressSequentially('separate prisms');
    await row(lens).locator('.snippet mark', { hasText: 'prisms' }).waitFor();
    expect(await marked()).toEqual(expect.arrayContaining(['separate', 'prisms']));
    expect(await row(lens).locator('.snippet').innerText()).toContain('1,014 separate prisms');
    await panel.getByRole('status').filter({ hasText: '1 page found' }).waitFor();
  });

  test('the beginning of a word is enough', async () => {
    await box().pressSequentially('ferment');
    await row(bread).waitFor();
    await box().fill('prism');
    await row(lens).locator('mark', { hasText: 'prisms' }).first().waitFor();
    await box().fill('lightho');
    await row(lens)
      .locator('mark', { hasText: /^lighthouse/i })
      .first()
      .waitFor();
  });

  test('titles count too', async () => {
    await box().fill('staircase');
    await row(lens).getByRole('button', { name: lens }).locator('mark', { hasText: 'staircase' }).waitFor();
  });

  test('Japanese is found and marked', async () => {
    await box().fill('戸田');
    await row(paper).locator('.snippet mark', { hasText: '戸田' }).first().waitFor();
  });

  test('results come though the worker is ended between two letters, and again once it is back', async () => {
    await box().fill('ferment');
    await row(bread).waitFor();
    await stage.extension.killWorker();
    await box().fill('prism');
    await row(lens).waitFor();
    await box().fill('ferment');
    await row(bread).waitFor();
  });

  test('an empty result says what could be tried', async () => {
    await box().fill('zeppelin xylophone');
    await panel.getByText('Try fewer words or other ones').waitFor();
    await panel.getByRole('status').filter({ hasText: 'No saved page has this.' }).waitFor();
  });
});

describe('With the keyboard', () => {
  test('Enter opens the saved copy at the passage', async () => {
    await box().fill('separate prisms');
    const [reader] = await Promise.all([stage.extension.context.waitForEvent('page'), panel.keyboard.press('Enter')]);
    const marks = reader.locator('mark');
    await marks.first().waitFor();
    expect((await marks.allInnerTexts()).join(' ')).toContain('1,014 separate prisms');
    await reader.close();
  });

  test('the arrow keys go through the results and back, and Escape clears', async () => {
    const focused = () => panel.evaluate(() => document.activeElement?.textContent || document.activeElement?.getAttribute('aria-label'));
    await box().fill('the water');
    await row(pools).waitFor();
    const titles = await panel.locator('.found .page-title').allInnerTexts();
    expect(titles.length).toBeGreaterThan(1);
    await panel.keyboard.press('ArrowDown');
    expect(await focused()).toBe(titles[0]);
    await panel.keyboard.press('ArrowDown');
    expect(await focused()).toBe(titles[1]);
    await panel.keyboard.press('ArrowUp');
    await panel.keyboard.press('ArrowUp');
    expect(await focused()).toBe('Search your pages');
    await panel.keyboard.press('ArrowDown');
    await panel.keyboard.press('Escape');
    expect(await focused()).toBe('Search your pages');
    expect(await box().inputValue()).toBe('');
    await expect.poll(() => panel.locator('.pages .page-title').count()).toBe(4);
  });
});

describe('A click', () => {
  test('anywhere on a result opens it, and on its buttons does what they say', async () => {
    await box().fill('separate prisms');
    const snippet = await row(lens).locator('.snippet').boundingBox();
    const click = () => panel.mouse.click((snippet?.x ?? 0) + 40, (snippet?.y ?? 0) + 10);
    const [reader] = await Promise.all([stage.extension.context.waitForEvent('page'), click()]);
    expect(reader.url()).toMatch(/reader\/index\.html\?page=.*&start=\d+&end=\d+$/);
    await reader.close();
    const tabs = stage.extension.context.pages().length;
    await openActions(panel, lens);
    await row(lens)
      .getByRole('button', { name: /^Delete/ })
      .waitFor();
    await row(lens)
      .getByRole('button', { name: /^More about/ })
      .click();
    await row(lens)
      .getByRole('button', { name: /^Delete/ })
      .waitFor({ state: 'detached' });
    expect(stage.extension.context.pages()).toHaveLength(tabs);
  });
});

describe('Tags', () => {
  test('are given to a page in its row, and taken away there', async () => {
    await openActions(panel, lens);
    await panel.getByRole('button', { name: `Edit the tags of “${lens}` }).click();
    await panel.getByRole('textbox', { name: 'Tags, separated by commas' }).fill('Optics, to read, optics');
    await panel.keyboard.press('Enter');
    const tags = panel.getByRole('listitem').filter({ hasText: lens }).getByRole('list', { name: 'Tags' }).getByRole('listitem');
    await expect.poll(() => tags.allInnerTexts()).toEqual(['optics', 'to read']);
    expect(await panel.evaluate(() => document.activeElement?.textContent)).toContain(lens);
    await openActions(panel, bread);
    await panel.getByRole('button', { name: `Edit the tags of “${bread}` }).click();
    await panel.getByRole('textbox', { name: 'Tags, separated by commas' }).fill('kitchen');
    await panel.keyboard.press('Escape');
    expect(await panel.getByText('kitchen', { exact: true }).count()).toBe(0);
  });

  test('stay when the page is saved again', async () => {
    await openView(panel, 'Ask');
    panel = await stage.openPanel('/essays/fresnel-lens');
    await panel.getByRole('button', { name: 'Save it again' }).click();
    await openView(panel, 'Library');
    await expectToFind('tag:optics', lens);
  });
});

describe('What is typed can be narrowed', () => {
  test('to a site, or to all others', async () => {
    await expectToFind('site:localhost', pools);
    await expectToFind('-site:localhost tag:optics', lens);
    await expectToFind('water site:localhost', pools);
    await expectToFind('prisms site:localhost');
  });

  test('to a tag, or to pages without it', async () => {
    await expectToFind('tag:"to read"', lens);
    await expectToFind('tag:optics tag:kitchen');
    await expectToFind('prisms tag:optics', lens);
    await expectToFind('prisms -tag:optics');
  });

  test('to a time', async () => {
    const year = new Date().getFullYear();
    await expectToFind(`prisms after:${year}`, lens);
    await expectToFind(`prisms before:${year}`);
  });

  test('to words side by side', async () => {
    await expectToFind('"separate prisms"', lens);
    await expectToFind('"low water"', pools);
    await expectToFind('prisms', lens);
  });

  test('to passages without a word', async () => {
    await box().fill('separate prisms');
    await row(lens).locator('.snippet', { hasText: 'separate prisms' }).waitFor();
    await box().fill('prisms -separate');
    await row(lens).locator('.snippet', { hasText: 'separate' }).waitFor({ state: 'detached' });
    expect(await marked()).toContain('prisms');
    await expectToFind('staircase prisms -staircase -prisms');
  });
});

describe('In the address bar', () => {
  interface WorkerGlobal {
    readonly chrome: {
      readonly omnibox: {
        readonly onInputChanged: { dispatch(text: string, suggest: (list: Suggestion[]) => void): void };
        readonly onInputEntered: { dispatch(text: string, disposition: string): void };
        setDefaultSuggestion(suggestion: { readonly description: string }): Promise<void>;
      };
    };
  }
  interface Suggestion {
    readonly content: string;
    readonly description: string;
  }

  // Nobody can type there in a test, so the browser's events are sent by hand.
  const worker = () => {
    const [found] = stage.extension.context.serviceWorkers();
    if (!found) throw new Error('The worker is not running.');
    return found;
  };

  // Elsewhere the search would go on, several times as slowly, and no other test would notice.
  test('the browser lets the worker compile what the search has compiled', async () => {
    const isCompiled = await worker().evaluate(() => {
      const empty = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
      return empty instanceof WebAssembly.Module;
    });
    expect(isCompiled).toBe(true);
  });

  test('pages are suggested in a way the browser can read, and one opens at its passage', async () => {
    const [first] = await worker().evaluate(async () => {
      const { omnibox } = (globalThis as unknown as WorkerGlobal).chrome;
      const suggestions = await new Promise<Suggestion[]>((resolve) => omnibox.onInputChanged.dispatch('separate prisms', resolve));
      // Rejects when the markup is not well-formed.
      for (const { description } of suggestions) await omnibox.setDefaultSuggestion({ description });
      return suggestions;
    });
    expect(first?.description).toContain('<match>prisms</match>');
    const opening = stage.extension.context.waitForEvent('page');
    await worker().evaluate(
      (text) => (globalThis as unknown as WorkerGlobal).chrome.omnibox.onInputEntered.dispatch(text, 'newForegroundTab'),
      first?.content ?? '',
    );
    const reader = await opening;
    await reader.locator('mark', { hasText: '1,014 separate prisms' }).waitFor();
    await reader.close();
  });

  test('Enter on words that no page has opens the Library, which says so', async () => {
    const opening = stage.extension.context.waitForEvent('page');
    await worker().evaluate(() =>
      (globalThis as unknown as WorkerGlobal).chrome.omnibox.onInputEntered.dispatch('zeppelin xylophone', 'newForegroundTab'),
    );
    const library = await opening;
    expect(await library.getByRole('searchbox', { name: 'Search your pages' }).inputValue()).toBe('zeppelin xylophone');
    await library.getByRole('status').filter({ hasText: 'No saved page has this.' }).waitFor();
    await library.close();
  });

  test('Enter on the words alone opens the best page', async () => {
    const opening = stage.extension.context.waitForEvent('page');
    await worker().evaluate(() =>
      (globalThis as unknown as WorkerGlobal).chrome.omnibox.onInputEntered.dispatch('separate prisms', 'newForegroundTab'),
    );
    const reader = await opening;
    await reader.locator('mark', { hasText: '1,014 separate prisms' }).waitFor();
    await reader.close();
  });
});

test('a page that is deleted is no longer found', async () => {
  await box().fill('tide pool');
  await openActions(panel, pools);
  await row(pools)
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect.poll(() => row(pools).count()).toBe(0);
});
