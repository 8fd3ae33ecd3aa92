import type { Worker } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleForBrowser } from '../../scripts/harness/bundle-for-browser';
import type { CapturedPage } from '../../src/core/pages/page';
import type { Problem } from '../../src/core/problem';
import { type LaunchedExtension, launchExtension } from '../support/extension';
import { type Site, startSite } from '../support/site/server';

// The offscreen document, asked by the worker's own code in the worker itself.

let extension: LaunchedExtension;
let site: Site;
let script: string;

beforeAll(async () => {
  site = await startSite();
  extension = await launchExtension();
  script = await bundleForBrowser('src/background/offscreen-document.ts', 'offscreenRoom');
});

afterAll(async () => {
  await extension?.close();
  await site?.close();
});

interface Asked {
  readonly html: string | readonly number[];
  readonly contentType?: string;
  readonly url?: string;
}

async function readHtml({ html, contentType, url = 'https://lamps.example/history/oil' }: Asked): Promise<CapturedPage> {
  const bytes = typeof html === 'string' ? [...Buffer.from(html)] : html;
  const data = `{ html: Uint8Array.from(${JSON.stringify(bytes)}), url: ${JSON.stringify(url)}${contentType ? `, contentType: ${JSON.stringify(contentType)}` : ''} }`;
  const result = await evaluate<{ page: CapturedPage } | { problem: Problem }>(
    `offscreenRoom.askOffscreen()('offscreen/read-html', ${data}).then((page) => ({ page }), ({ problem }) => ({ problem }))`,
  );
  if ('problem' in result) throw new Error(`${result.problem.code} ${result.problem.detail ?? ''}`);
  return result.page;
}

function evaluate<Value>(expression: string): Promise<Value> {
  const [worker] = extension.context.serviceWorkers() as [Worker];
  return worker.evaluate(`(() => { ${script}; return (${expression}); })()`);
}

const sentence = (about: string) =>
  `The ${about} was lit at dusk, and whoever came along the shore road could tell from its colour how the night would go. `;
const article = (content: string, head = '<title>Oil lamps</title>') =>
  `<!doctype html><html lang="en"><head>${head}</head><body><nav><a href="/">Home</a></nav><article><h1>Oil lamps</h1>
   <p>${sentence('lantern').repeat(3)}</p>${content}<p>${sentence('wick').repeat(3)}</p></article></body></html>`;

test('HTML is read as a page in a tab is: its main content as Markdown, with whole links', async () => {
  const page = await readHtml({
    html: article('<h2>Early <em>days</em></h2><p>See <a href="../wicks">the wicks</a>.</p><pre>a\n  b</pre>'),
  });
  expect(page).toMatchObject({
    title: 'Oil lamps',
    site: 'lamps.example',
    language: 'en',
    canonicalUrl: 'https://lamps.example/history/oil',
  });
  expect(page.markdown).toContain('## Early *days*\n\nSee [the wicks](https://lamps.example/wicks).\n\n```\na\n  b\n```');
  expect(page.markdown).not.toContain('Home');
});

test('links are relative to the base that the file names', async () => {
  const page = await readHtml({
    html: article('<p>See <a href="wicks">the wicks</a>.</p>', '<base href="/shop/"><title>Oil lamps</title>'),
  });
  expect(page.markdown).toContain('[the wicks](https://lamps.example/shop/wicks)');
});

test('what its attributes hide is left out, with all that is in it', async () => {
  const page = await readHtml({
    html: article(`<p hidden>Unseen one. ${sentence('a')}</p><div style="color: red; display:none"><p>Unseen two.</p></div>
      <div style="VISIBILITY: hidden"><p>Unseen three.</p></div><template>Unseen four.</template><noscript>Unseen five.</noscript>`),
  });
  expect(page.markdown).not.toContain('Unseen');
});

test('nothing in it runs, and nothing it names is loaded', async () => {
  const { length } = site.requests;
  const at = (name: string) => `${site.url}/${name}`;
  const page = await readHtml({
    html: article(`<img src="${at('a.png')}" onerror="document.title='run'"><script src="${at('a.js')}"></script><script>document.body.textContent = 'run';</script>
      <iframe src="${at('frame')}"></iframe><link rel="stylesheet" href="${at('a.css')}"><video poster="${at('b.png')}" src="${at('a.mp4')}"></video>`),
    url: `${site.url}/page`,
  });
  expect(page.markdown).toContain('The wick was lit');
  expect(page.title).toBe('Oil lamps');
  expect(site.requests.slice(length)).toEqual([]);
});

const encoded: readonly [name: string, asked: Asked, words: string][] = [
  [
    'by its mark, whatever else is said',
    { html: [0xef, 0xbb, 0xbf, ...Buffer.from('<p>ÄÖ lamp')], contentType: 'text/html; charset=latin1' },
    'ÄÖ lamp',
  ],
  [
    'by what the server says',
    { html: [...Buffer.from('<p>'), 0xcb, 0xe0, 0xec, 0xef, 0xe0], contentType: 'text/html; charset="Windows-1251"' },
    'Лампа',
  ],
  ['by what the file says', { html: [...Buffer.from('<meta charset="shift_jis"><p>'), 0x93, 0xfa, 0x96, 0x7b] }, '日本'],
  ['by what its bytes can only be', { html: '<p>Lämpchen — 日本' }, 'Lämpchen — 日本'],
];
test.each(encoded)('the encoding is told %s', async (_name, asked, words) => {
  expect((await readHtml(asked)).markdown).toBe(words);
});

test('a file without words is refused with the reason', async () => {
  await expect(readHtml({ html: '<script>1</script><img alt="x">' })).rejects.toThrow('page-empty');
});

test('there is one document for all who ask at once, and a malformed request is refused', async () => {
  const pages = await Promise.all(['a lamp', 'a wick', 'a flame'].map((words) => readHtml({ html: `<p>${words}</p>` })));
  expect(pages.map(({ markdown }) => markdown)).toEqual(['a lamp', 'a wick', 'a flame']);
  const contexts = await evaluate<number>(
    `chrome.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] }).then(({ length }) => length)`,
  );
  expect(contexts).toBe(1);
  await expect(readHtml({ html: '<p>lamp</p>', url: 'no address' })).rejects.toThrow('internal Malformed “offscreen/read-html”');
});

test('it is opened again when it was closed, even in the midst of a request', async () => {
  const page = await evaluate<CapturedPage>(`(async () => {
    const ask = offscreenRoom.askOffscreen();
    const data = { html: new TextEncoder().encode('<p>A lamp.</p>'), url: 'https://lamps.example/' };
    await ask('offscreen/read-html', data);
    const [page] = await Promise.all([ask('offscreen/read-html', data), chrome.offscreen.closeDocument()]);
    return page;
  })()`);
  expect(page.markdown).toBe('A lamp.');
});

test('a page of spaces that no pattern expects is read at once', async () => {
  const spaces = '\u00a0'.repeat(100_000);
  const page = await readHtml({
    contentType: 'text/html; charset=utf-8',
    html: article(`<h2>A${spaces}b</h2><p>The <b>c${spaces}d</b> and <a href="/e">e${spaces}f</a>.</p><p>Out${'<br>'.repeat(100_000)}in</p>
      <p>g${spaces}h</p><pre>i${spaces}j</pre>`),
  });
  for (const words of [`## A${spaces}b`, `**c${spaces}d**`, `[e${spaces}f](`, `g${spaces}h`, `i${spaces}j`])
    expect(page.markdown.includes(words)).toBe(true);
});

test('a page that takes too long is given up, and does not hold up the next', { timeout: 60_000 }, async () => {
  const asked = `offscreenRoom.askOffscreen({ longestSilenceMs: 1_000 })('offscreen/read-html', {
    html: new TextEncoder().encode('<div>'.repeat(400) + '<p>A lamp, a wick. </p>'.repeat(80_000)), url: 'https://lamps.example/' })`;
  expect(await evaluate<string>(`${asked}.then(() => 'read', ({ problem }) => problem.code)`)).toBe('page-too-slow');
  expect((await readHtml({ html: '<p>A lamp.</p>' })).markdown).toBe('A lamp.');
});

test('it closes by itself when it has nothing to do', { timeout: 60_000 }, async () => {
  await readHtml({ html: '<p>A lamp.</p>' });
  await expect
    .poll(() => evaluate<number>(`chrome.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] }).then(({ length }) => length)`), {
      timeout: 30_000,
      interval: 1_000,
    })
    .toBe(0);
});
