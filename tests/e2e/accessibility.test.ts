import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  askQuestion,
  chooseModels,
  lastAnswer,
  openActions,
  openView,
  savedPages,
  savePage,
  sendFrom,
  startConversation,
} from '../support/panel';
import { expectNoFaults } from './support/axe';
import { openStage, type Stage } from './support/stage';

// The panel and the reader can be seen, heard and worked with the keyboard alone.

const question = 'When was the great lens at Skerrow Head lit for the last time?';
let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage();
  panel = await stage.openPanel('/essays/fresnel-lens');
});

afterAll(() => stage?.close());

describe('There is no serious fault, in light or in dark, in', () => {
  test('an empty panel', () => expectNoFaults(panel));

  test('an empty library', async () => {
    await openView(panel, 'Library');
    await expectNoFaults(panel);
    await openView(panel, 'Ask');
  });

  test('quotations', async () => {
    await savePage(panel);
    await askQuestion(panel, question);
    await expectNoFaults(panel);
  });

  test('a written answer, with the card of a citation open', async () => {
    const { url, apiKey } = stage.models;
    await stage.extension.acceptRequestFor(url);
    await chooseModels(panel, { url, apiKey, chatModel: 'test-chat', embeddingModel: '' });
    await startConversation(panel);
    await askQuestion(panel, question);
    await panel
      .getByRole('button', { name: /^Source \d+:/ })
      .first()
      .focus();
    await panel.getByRole('group', { name: /^Source \d+$/ }).waitFor();
    await expectNoFaults(panel);
  });

  test('an answer that failed', async () => {
    stage.models.fail({ kind: 'server-error' });
    await askQuestion(panel, question);
    await panel.getByRole('alert').waitFor();
    await expectNoFaults(panel);
  });

  test('the list of conversations', async () => {
    await panel.getByRole('button', { name: question, expanded: false }).click();
    await expectNoFaults(panel);
    await panel.keyboard.press('Escape');
  });

  test('the library, with its filter, a page chosen and its actions open, and a deletion that can be undone', async () => {
    await openView(panel, 'Library');
    await expectNoFaults(panel);
    await openActions(panel, '');
    await panel
      .getByRole('checkbox', { name: /^Select “/ })
      .first()
      .check();
    await panel.getByRole('button', { name: 'Filter', exact: true }).click();
    await panel.getByLabel('Saved from').fill('2020-01-01');
    await panel.getByRole('button', { name: /^Remove the filter/ }).waitFor();
    await expectNoFaults(panel);
    await panel.getByRole('button', { name: /^Remove the filter/ }).click();
    await panel.getByRole('button', { name: 'Filter', exact: true }).click();
    await panel.getByRole('button', { name: /^Delete “/ }).click();
    await panel.getByRole('button', { name: 'Undo' }).waitFor();
    await expectNoFaults(panel);
    await panel.getByRole('button', { name: 'Undo' }).click();
    await panel.getByRole('button', { name: /^More about/ }).waitFor();
  });

  test('what was found in the library, what was not, and the form for tags', async () => {
    const box = panel.getByRole('searchbox', { name: 'Search your pages' });
    await panel.getByText('How to search').click();
    await box.fill('lens light');
    await panel.getByRole('list', { name: 'Pages that match' }).waitFor();
    await expectNoFaults(panel);
    await openActions(panel, '');
    await panel.getByRole('button', { name: /^Edit the tags/ }).click();
    await panel.getByRole('textbox', { name: 'Tags, separated by commas' }).fill('optics');
    await expectNoFaults(panel);
    await panel.keyboard.press('Enter');
    await panel.getByRole('list', { name: 'Tags' }).waitFor();
    await expectNoFaults(panel);
    await box.fill('zeppelin');
    await panel.getByText('Try fewer words').waitFor();
    await expectNoFaults(panel);
    await box.press('Escape');
  });

  test('the settings, with rules for saving by itself', async () => {
    const rules = [
      { pattern: '*.lamps.example/essays', action: 'save' as const },
      { pattern: 'diary.example', action: 'never' as const },
    ];
    await sendFrom(panel)('auto-save/write', { isOn: true, readSeconds: 30, rules });
    await openView(panel, 'Settings');
    await panel.getByRole('button', { name: 'Ask the browser again' }).waitFor();
    await panel.getByRole('region', { name: 'Storage' }).waitFor();
    await panel.getByText('What is never saved by itself').click();
    await expectNoFaults(panel);
    await openView(panel, 'Ask');
  });

  test('what saving all tabs asks for', async () => {
    await openView(panel, 'Library');
    await panel.getByRole('button', { name: 'Save all tabs' }).click();
    await panel.getByText('Commonplace needs access to this site').waitFor();
    await expectNoFaults(panel);
    await panel.getByRole('button', { name: 'Cancel' }).click();
    await openView(panel, 'Ask');
  });

  test('what changed between two versions', async () => {
    panel = await stage.openPanel('/awkward/changing');
    await savePage(panel);
    await stage.tab.reload();
    await panel.getByRole('button', { name: 'Save it again' }).click();
    const changing = async () => (await savedPages(panel)).find(({ url }) => url.endsWith('/awkward/changing'));
    await expect.poll(async () => (await changing())?.version, { timeout: 15_000 }).toBe(2);
    const reader = await stage.extension.openExtensionPage(`src/reader/index.html?page=${(await changing())?.id}`);
    await reader.getByLabel('Changes against').selectOption({ index: 1 });
    await reader.locator('ins').first().waitFor();
    await expectNoFaults(reader);
    await reader.close();
  });

  test('the reader', async () => {
    const [page] = await savedPages(panel);
    const reader = await stage.extension.openExtensionPage(`src/reader/index.html?page=${page?.id}&start=0&end=400`);
    await reader.locator('mark').first().waitFor();
    await expectNoFaults(reader);
    await reader.close();
  });
});

describe('With the keyboard alone', () => {
  const focused = () =>
    panel.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');

  /** Presses Tab until what has this name has the focus. */
  async function tabTo(name: RegExp): Promise<void> {
    for (let presses = 0; presses < 40; presses += 1) {
      await panel.keyboard.press('Tab');
      if (name.test(await focused())) return;
    }
    throw new Error(`Tab does not lead to ${name}.`);
  }

  test('a page is saved, a question asked, and its citation looked at and opened', async () => {
    panel = await stage.openPanel('/kitchen/sourdough');
    await panel.getByRole('button', { name: 'Save this page' }).waitFor();
    await tabTo(/^Save this page$/);
    await panel.keyboard.press('Enter');
    await panel
      .getByRole('region', { name: 'This page' })
      .getByText(/^Saved /)
      .waitFor();
    await tabTo(/^New conversation$/);
    await panel.keyboard.press('Enter');
    await tabTo(/^Ask your pages$/);
    await panel.keyboard.type('At what temperature are the yeasts in a starter happiest?');
    await panel.keyboard.press('Enter');
    await panel.getByRole('article').locator('[aria-busy="false"]').waitFor();
    await tabTo(/^Source \d+: Sourdough/);
    const card = panel.getByRole('group', { name: /^Source \d+$/ });
    await card.getByText('26 degrees Celsius').waitFor();
    await expect
      .poll(async () => {
        await panel.keyboard.press('Escape');
        return card.count();
      })
      .toBe(0);
    const [live] = await Promise.all([stage.extension.context.waitForEvent('page'), panel.keyboard.press('Enter')]);
    expect(live.url()).toContain(`${stage.site.url}/kitchen/sourdough`);
    await live.close();
  });

  test('Escape stops an answer', async () => {
    await stage.tab.bringToFront();
    stage.models.tokensPerSecond = 8;
    await tabTo(/^Ask your pages$/);
    await panel.keyboard.type(question);
    await panel.keyboard.press('Enter');
    const exchange = panel.getByRole('article').last();
    await exchange.getByText('According').waitFor();
    await panel.keyboard.press('Escape');
    await exchange.getByText('Stopped. This is what had been written by then.').waitFor();
    stage.models.tokensPerSecond = undefined;
  });

  test('each view is one keystroke away', async () => {
    for (const [digit, view] of [
      ['2', 'Library'],
      ['3', 'Tune'],
      ['4', 'Settings'],
      ['1', 'Ask'],
    ] as const) {
      await panel.keyboard.press(`Alt+${digit}`);
      await panel.getByRole('heading', { level: 2, name: view }).waitFor({ state: 'attached' });
    }
  });

  test('what has the focus can be seen to have it', async () => {
    const unseen: string[] = [];
    for (let presses = 0; presses < 15; presses += 1) {
      await panel.keyboard.press('Tab');
      const seen = await panel.evaluate(() => {
        const element = document.activeElement;
        // After the last thing comes the browser's own frame, before the first one again; the document still names what had the focus then.
        if (!element?.matches(':focus') || element === document.body) return '';
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        // A field may leave it to the form around it.
        const around = getComputedStyle(element.closest('form') ?? element).outlineStyle !== 'none';
        return around || (outlineStyle !== 'none' && outlineWidth !== '0px') ? '' : element.outerHTML;
      });
      if (seen) unseen.push(seen);
    }
    expect(unseen).toEqual([]);
  });
});

describe('For those who hear the panel', () => {
  test('an answer is said once, in whole sentences, and no letter of it as it comes', async () => {
    await startConversation(panel);
    await panel.evaluate(listen);
    stage.models.tokensPerSecond = 40;
    await askQuestion(panel, question);
    stage.models.tokensPerSecond = undefined;
    const heard = () => panel.evaluate(() => (globalThis as unknown as Listener).heard);
    await expect.poll(heard).toContain('The answer is ready.');
    const said = (await lastAnswer(panel)).text.replace(/\s*\[\d+\]/g, '');
    await expect.poll(heard).toContain(said);
    expect((await heard()).toSorted()).toEqual([said, 'Searching your pages…', 'The answer is ready.', 'Writing the answer…'].toSorted());
  });

  test('what went wrong interrupts, with what to do about it', async () => {
    stage.models.fail({ kind: 'server-error' });
    await askQuestion(panel, question);
    const nodes = await accessibleNodes(panel);
    const alert = nodes.findLastIndex(({ role }) => role === 'alert');
    expect(nodes[alert]?.live).toBe('assertive');
    expect(nodes.slice(alert).find(({ role }) => role === 'button')?.name).toBe('Try again');
  });

  test('a conversation is read in the order in which it is seen', async () => {
    await startConversation(panel);
    await askQuestion(panel, question);
    const nodes = await accessibleNodes(panel);
    const places = [
      ['navigation', 'Views'],
      ['region', 'This page'],
      ['button', 'New conversation'],
      ['heading', question],
      ['button', /^Source \d+:/],
      ['list', 'Sources'],
      ['button', 'Copy the answer'],
      ['combobox', 'Assistant'],
      ['textbox', 'Ask your pages'],
    ] as const;
    const order = places.map(([role, name]) =>
      nodes.findIndex((node) => node.role === role && (typeof name === 'string' ? node.name === name : name.test(node.name))),
    );
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });
});

interface Listener {
  heard: string[];
}

/** Runs in the panel. Notes what its live regions come to say, each once. */
function listen(): void {
  const listener = globalThis as unknown as Listener;
  listener.heard = [];
  const said = new Map<Element, string>();
  new MutationObserver(() => {
    for (const region of document.querySelectorAll('[role="status"], [role="alert"], [role="log"], [aria-live]')) {
      const words = region.textContent?.trim() ?? '';
      if (words !== (said.get(region) ?? '') && words !== '') listener.heard.push(words);
      said.set(region, words);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

interface AccessibleNode {
  readonly role: string;
  readonly name: string;
  readonly live: string | undefined;
}

/** What a screen reader is given, in its order. */
async function accessibleNodes(page: Page): Promise<AccessibleNode[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const inOrder: AccessibleNode[] = [];
  const visit = (id: string) => {
    const node = byId.get(id);
    if (!node) return;
    const live = node.properties?.find(({ name }) => name === 'live')?.value.value;
    if (!node.ignored) inOrder.push({ role: node.role?.value, name: node.name?.value ?? '', live });
    for (const child of node.childIds ?? []) visit(child);
  };
  if (nodes[0]) visit(nodes[0].nodeId);
  return inOrder;
}
