import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Envelope } from '../../src/protocol/send';
import { type LaunchedExtension, launchExtension } from '../support/extension';
import { type HostileAnswer, hostileAnswers } from '../support/hostile-answers';

/** A server that nobody should ever speak to. Notes requests, and connections opened ahead of any. */
interface Sink {
  readonly address: string;
  readonly heard: string[];
  close(): void;
}

let extension: LaunchedExtension;
let sink: Sink;
let answers: HostileAnswer[];

beforeAll(async () => {
  // The panel draws an answer frame by frame, and more than a hundred are drawn: there is no screen here whose frames must be waited for.
  [extension, sink] = await Promise.all([launchExtension({ flags: ['--disable-frame-rate-limit', '--disable-gpu-vsync'] }), openSink()]);
  answers = hostileAnswers(sink.address);
});

beforeEach(() => {
  sink.heard.length = 0;
});

afterAll(async () => {
  await extension?.close();
  sink?.close();
});

describe('Hostile Markdown', () => {
  it('loads nothing and runs nothing in an answer, while it streams and after, even without the page’s own policy', async () => {
    const { page, requested } = await openWithFakeWorker('src/sidepanel/index.html', { bypassPolicy: true });
    await page.getByRole('textbox', { name: 'Ask your pages' }).waitFor();
    await page.evaluate(
      askEach,
      answers.map(({ name }) => name),
    );
    expect(await page.getByRole('article').count()).toBe(answers.length);
    expect(await findForeignMarkup(page, '.answer-text')).toEqual([]);
    expect(requested).toEqual([]);
    expect(sink.heard).toEqual([]);

    await loadImage(page, `${sink.address}/control`);
    await expect.poll(() => sink.heard).toContain('/sink/control');
    await page.close();
  });

  it('loads nothing and runs nothing in a saved page', async () => {
    const { page, requested } = await openWithFakeWorker('src/reader/index.html?page=hostile&start=0&end=400', { bypassPolicy: true });
    await page.locator('mark').first().waitFor();
    expect(await findForeignMarkup(page, '.reader-text')).toEqual([]);
    expect(requested).toEqual([]);
    expect(sink.heard).toEqual([]);
    await page.close();
  });

  it.each(['src/sidepanel/index.html', 'src/reader/index.html?page=hostile'])(
    'would be held back by the policy of %s, if any got through',
    async (path) => {
      const { page } = await openWithFakeWorker(path, { bypassPolicy: false });
      await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
      await loadImage(page, `${sink.address}/image`);
      const refused = await page.evaluate(async (address) => {
        const made = { fetch: false, html: false };
        await fetch(address).catch(() => {
          made.fetch = true;
        });
        try {
          document.body.insertAdjacentHTML('beforeend', '<p>made of a string</p>');
        } catch {
          made.html = true;
        }
        return made;
      }, sink.address);
      expect(refused).toEqual({ fetch: true, html: true });
      expect(sink.heard).toEqual([]);
      await page.close();
    },
  );

  it('leaves links that say where they lead', async () => {
    const { page } = await openWithFakeWorker('src/reader/index.html?page=hostile', { bypassPolicy: false });
    const links = await page.locator('.reader-text a').evaluateAll((elements) =>
      elements.map((link) => ({
        leadsTo: new URL((link as HTMLAnchorElement).href).host,
        says: link.querySelector('.host')?.textContent,
        rel: (link as HTMLAnchorElement).rel,
      })),
    );
    expect(links.length).toBeGreaterThan(5);
    for (const { leadsTo, says, rel } of links) {
      expect(says).toBe(leadsTo);
      expect(rel).toBe('noopener noreferrer');
    }
    await page.close();
  });
});

describe('Honest Markdown', () => {
  it('has its code coloured, its formulas set and its tables framed in an answer, and loads nothing from elsewhere', async () => {
    const { page, requested } = await openWithFakeWorker('src/sidepanel/index.html', { bypassPolicy: false });
    await page.getByRole('textbox', { name: 'Ask your pages' }).waitFor();
    await page.evaluate(askEach, ['honest']);
    const text = page.locator('.answer-text');
    await text.locator('math').nth(2).waitFor();
    expect(await text.locator('math').evaluateAll((formulas) => formulas.map(({ textContent }) => textContent))).toEqual([
      'x2',
      'a<b',
      expect.stringContaining('∑'),
    ]);
    expect(await text.locator('.formula').count()).toBe(1);
    await text.locator('pre .code-keyword').first().waitFor();
    expect(await text.locator('pre').first().textContent()).toBe('const tide = "$5";\n');
    expect(await text.locator('pre').first().locator('.code-keyword').textContent()).toBe('const');
    expect(await text.locator('pre').nth(1).locator('span').count()).toBe(0);
    expect(await text.locator('p').last().textContent()).toBe('It costs $5 and $10, not $x.');
    expect(await text.locator('.table-frame table').count()).toBe(1);
    expect(await findForeignMarkup(page, '.answer-text')).toEqual([]);
    expect(requested).toEqual([]);
    await page.close();
  });

  it('keeps its structure', async () => {
    const { page } = await openWithFakeWorker('src/reader/index.html?page=plain', { bypassPolicy: false });
    const html = await page.locator('.reader-text').innerHTML();
    expect(html.replace(/ dir="auto"|\n/g, '')).toBe(
      '<h2>A part</h2><p>A <strong>strong</strong> word, <code>code</code> and what a picture shows.</p>' +
        '<ol start="3"><li>three<ul><li>☑ done</li></ul></li></ol>' +
        '<div class="table-frame" tabindex="0"><table><thead><tr><th>Sea</th><th class="align-right">Tide</th></tr></thead>' +
        '<tbody><tr><td>North</td><td class="align-right">3</td></tr></tbody></table></div>',
    );
    await page.close();
  });
});

/** Made to hold up whoever draws it, by name. Those that begin with “Heavy” are too much to be drawn at once. */
const bombs: Record<string, string> = {
  'Heavy table': `|${'a|'.repeat(300)}\n|${'-|'.repeat(300)}\n${`|${'b|'.repeat(300)}\n`.repeat(60)}`,
  'Heavy emphasis': 'a*'.repeat(20_000),
  Brackets: '['.repeat(20_000) + ']'.repeat(20_000),
  'Heavy citations': '[1] '.repeat(20_000),
  'Quotations within each other': `${'> '.repeat(10_000)}deep`,
  'Lists within each other': `${'- '.repeat(10_000)}deep`,
  'Half links': '[a]('.repeat(8_000),
  'Unfinished emphasis': '**a _b '.repeat(5_000),
  Paragraphs: 'a\n\n'.repeat(2_000),
};

describe('Markdown made to hold up the panel', () => {
  it('is drawn in part, and whole when that is asked for, and the panel goes on', async () => {
    const { page } = await openWithFakeWorker('src/sidepanel/index.html', { bypassPolicy: false });
    await page.getByRole('textbox', { name: 'Ask your pages' }).waitFor();
    const names = Object.keys(bombs);
    await page.evaluate(askEach, names);
    for (const [index, name] of names.entries()) {
      const answer = page.getByRole('article').nth(index);
      await answer.locator('.answer-text').waitFor();
      if (name === 'Paragraphs') await expect.poll(() => answer.locator('.answer-text > p').count(), { timeout: 15_000 }).toBe(2_000);
      else expect(await answer.locator('.answer-text *').count(), name).toBeLessThan(2_500);
      expect(await answer.getByRole('button', { name: 'Draw all of it' }).count(), name).toBe(name.startsWith('Heavy') ? 1 : 0);
    }
    const first = page.getByRole('article').first();
    await first.getByRole('button', { name: 'Draw all of it' }).click();
    await expect.poll(() => first.locator('td').count(), { timeout: 15_000 }).toBe(18_000);
    // The button is gone, and who pressed it by the keyboard goes on from there.
    expect(await first.locator('div:focus table').count()).toBe(1);
    await page.evaluate(askEach, ['honest']).catch(() => {});
    await page.getByRole('article').last().locator('math').first().waitFor();
    await page.close();
  });

  it('is drawn whole as it grows, when that is asked for before it has ended', async () => {
    const { page } = await openWithFakeWorker('src/sidepanel/index.html', { bypassPolicy: false });
    await page.getByRole('textbox', { name: 'Ask your pages' }).waitFor();
    await page.evaluate(pressWhenThere, '.being-written .shortened button');
    await page.evaluate(askEach, ['growing']);
    const answer = page.getByRole('article');
    await expect.poll(() => answer.locator('td').count(), { timeout: 15_000 }).toBe(6_000);
    expect(await answer.locator('.shortened').count()).toBe(0);
    await page.close();
  });
});

/** A table whose first third is too much already. */
const growing = `|${'a|'.repeat(100)}\n|${'-|'.repeat(100)}\n${`|${'b|'.repeat(100)}\n`.repeat(60)}`;

const honest = [
  'A square is $x^2$, and \\(a<b\\).',
  '$$\n\\sum_{n=1}^{N} n\n$$',
  '```js\nconst tide = "$5";\n```',
  '```of-no-language\nlet x;\n```',
  '| Sea | Tide |\n|---|--:|\n| North | 3 |',
  'It costs $5 and $10, not $x.',
].join('\n\n');

async function openSink(): Promise<Sink> {
  const heard: string[] = [];
  const server: Server = createServer((request, response) => {
    heard.push(request.url ?? '');
    response.end();
  });
  server.on('connection', () => heard.push('a connection'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/sink`, heard, close: () => server.closeAllConnections() ?? server.close() };
}

/** Opens a built page of the extension with a worker that gives the hostile answers in the place of the real one. */
async function openWithFakeWorker(path: string, { bypassPolicy }: { bypassPolicy: boolean }) {
  const page = await extension.context.newPage();
  if (bypassPolicy) {
    const session = await extension.context.newCDPSession(page);
    await session.send('Page.setBypassCSP', { enabled: true });
  }
  const requested: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(`chrome-extension://${extension.extensionId}/`)) requested.push(request.url());
  });
  await page.addInitScript(installFakeWorker, [
    ...answers.map(({ name, markdown }) => ({ name, markdown })),
    { name: 'honest', markdown: honest },
    { name: 'growing', markdown: growing },
    ...Object.entries(bombs).map(([name, markdown]) => ({ name, markdown })),
  ]);
  await page.goto(`chrome-extension://${extension.extensionId}/${path}`);
  return { page, requested };
}

/** Runs in the page before its own scripts, so it can use nothing from outside itself. */
function installFakeWorker(answers: readonly { readonly name: string; readonly markdown: string }[]) {
  const { chrome } = globalThis as unknown as { chrome: Record<string, Record<string, unknown>> };
  const source = { number: 1, passageId: 1, pageId: 'p', version: 1, start: 0, end: 1, title: 'A page', site: 'example.org', url: 'x:' };
  const cited = [{ ...source, capturedAt: 0, headingPath: [], quotation: 'A passage.', liveUrl: 'x:' }];
  const report = { pagesSearched: 1, passagesUsed: 1, pagesUsed: 1 };
  const conversation = { id: 'c', title: 'Hostile', createdAt: 0, updatedAt: 0 };
  const page = { canonicalUrl: 'https://example.org/', url: 'https://example.org/', title: 'A page', site: 'example.org', passageCount: 1 };
  const readPage = ({ pageId }: { readonly pageId: string }) => ({
    page: { ...page, id: pageId, savedAt: 0, capturedAt: 0, version: 1, shareRead: 1 },
    version: { pageId, version: 1, text: texts[pageId], contentHash: '', capturedAt: 0 },
  });
  const texts: Record<string, string> = {
    hostile: answers.map(({ markdown }) => markdown).join('\n\n'),
    plain: [
      '# A part',
      'A **strong** word, `code` and ![what a picture shows](x.png).',
      '3. three\n   - [x] done',
      '| Sea | Tide |\n|---|--:|\n| North | 3 |',
    ].join('\n\n'),
  };
  const replies: Record<string, unknown> = {
    'conversations/list': [conversation],
    'conversations/deleted': [],
    'library/overview': { pages: 0, inProgress: [], jobs: { working: 0, failed: 0 }, deletions: [] },
    'tab/status': { tabId: 1 },
    'assistants/list': [],
    'scope/describe': { pages: 0, named: [] },
  };
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  let asked = 0;

  const connect = ({ name }: { readonly name: string }) => {
    const listeners: ((part: unknown) => void)[] = [];
    const tell = (part: unknown) => {
      for (const listener of listeners) listener(part);
    };
    const answer = async ({ question }: { readonly question: string }) => {
      const markdown = answers.find((one) => one.name === question)?.markdown ?? '';
      const place = { conversationId: 'c', createdAt: 2 * ++asked };
      const parentId = asked > 1 ? `a${asked - 1}` : null;
      tell({ type: 'question-stored', conversation, question: { ...place, id: `q${asked}`, parentId, role: 'question', text: question } });
      const stored = {
        ...place,
        createdAt: place.createdAt + 1,
        id: `a${asked}`,
        parentId: `q${asked}`,
        role: 'answer',
        kind: 'written',
        status: 'complete',
        text: markdown,
      };
      tell({ type: 'sources', sources: cited, report });
      const third = Math.ceil(markdown.length / 3);
      for (let from = 0; from < markdown.length; from += third) {
        tell({ type: 'text-delta', text: markdown.slice(from, from + third) });
        await nextFrame();
        await nextFrame();
      }
      tell({ type: 'answer-end', answer: { ...stored, sources: cited, report, durationMs: 1 } });
    };
    return {
      postMessage: (message: { readonly type: string; readonly question: string }) => {
        if (name === 'answer' && message.type === 'ask') void answer(message);
      },
      disconnect: () => {},
      onMessage: { addListener: (listener: (part: unknown) => void) => listeners.push(listener) },
      onDisconnect: { addListener: () => {} },
    };
  };
  const runtime = {
    id: 'fake',
    connect,
    sendMessage: async ({ request, data }: Envelope) => ({
      ok: true,
      value: request === 'page/read' ? readPage(data as { pageId: string }) : replies[request],
    }),
  };
  Object.defineProperty(globalThis, 'browser', {
    value: { runtime, i18n: chrome.i18n, tabs: chrome.tabs, windows: chrome.windows, permissions: chrome.permissions },
  });
}

/** Runs in the panel: asks one question after another, each when the answer before has ended. */
async function askEach(questions: readonly string[]) {
  const composer = document.querySelector('textarea');
  for (const [index, question] of questions.entries()) {
    if (!composer) throw new Error('There is nowhere to ask.');
    composer.value = question;
    composer.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await new Promise(requestAnimationFrame);
    composer.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    while (document.querySelectorAll('[aria-busy="false"]').length <= index) await new Promise(requestAnimationFrame);
  }
}

/** Runs in the panel: presses a button as soon as it is drawn, once. */
function pressWhenThere(selector: string) {
  const observer = new MutationObserver(() => {
    const button = document.querySelector<HTMLElement>(selector);
    if (!button) return;
    observer.disconnect();
    button.click();
  });
  observer.observe(document.body, { childList: true, subtree: true });
}

function loadImage(page: Page, address: string): Promise<unknown> {
  return page.evaluate(
    (source) =>
      new Promise((resolve) => {
        const image = new Image();
        image.onload = resolve;
        image.onerror = resolve;
        image.src = source;
      }),
    address,
  );
}

/** The elements and attributes inside the rendered text that are not plain structure of text. */
function findForeignMarkup(page: Page, container: string): Promise<string[]> {
  return page.locator(container).evaluateAll((roots) => {
    const elements =
      'a abbr b bdi blockquote br button caption cite code dd del div dl dt em h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q s samp span strong sub sup table tbody td tfoot th thead tr u ul';
    const formulas =
      'math menclose merror mfrac mi mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover';
    const allowed = new Set([...elements.split(' '), ...formulas.split(' ')]);
    const attributes = new Set(['aria-label', 'class', 'dir', 'href', 'rel', 'start', 'tabindex', 'target', 'type']);
    const ofFormulas = new Set(
      'accent accentunder columnalign columnlines columnspacing depth display displaystyle fence form frame height largeop linethickness lspace mathbackground mathcolor mathvariant maxsize minsize movablelimits notation rowlines rowspacing rspace scriptlevel separator stretchy symmetric voffset width'.split(
        ' ',
      ),
    );
    const foreign: string[] = [];
    for (const element of roots.flatMap((root) => [...root.querySelectorAll('*')])) {
      if (!allowed.has(element.localName)) foreign.push(`<${element.localName}>`);
      for (const { name, value } of element.attributes) {
        if (!attributes.has(name) && !(element instanceof MathMLElement && ofFormulas.has(name)))
          foreign.push(`${element.localName} ${name}`);
        if (name === 'href' && !/^(https?|mailto):/i.test(value)) foreign.push(value);
      }
    }
    return foreign;
  });
}
