import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaptureLaboratory, type CaptureTab, openCaptureLaboratory, type ServedPage } from '../../scripts/harness/capture-laboratory';
import type { Capture } from '../../src/content/capture-page';
import type { CapturedPage } from '../../src/core/pages/page';

let laboratory: CaptureLaboratory;
let tab: CaptureTab;

beforeAll(async () => {
  laboratory = await openCaptureLaboratory();
  tab = await laboratory.openTab();
});
afterAll(() => laboratory.close());

const sentence = (about: string) =>
  `The ${about} was lit at dusk, and whoever came along the shore road could tell from its colour, as the keepers wrote, how the night would go. `;
const paragraphs = (...about: string[]) => about.map((one) => `<p>${sentence(one).repeat(3)}</p>`).join('\n');

async function capture(served: string | Partial<ServedPage>): Promise<Capture> {
  const rest = typeof served === 'string' ? { body: served } : served;
  await tab.open({ url: 'https://lamps.example/history/oil', body: '', ...rest });
  return (await tab.capture()).capture;
}

async function captured(served: string | Partial<ServedPage>): Promise<CapturedPage> {
  const result = await capture(served);
  if ('problem' in result) throw new Error(`Refused: ${result.problem.code} ${result.problem.detail ?? ''}`);
  return result.page;
}

const article = (content: string, head = '<title>Oil lamps</title>') => `<!doctype html><html lang="en"><head>${head}</head><body>
  <article><h1>Oil lamps</h1>${paragraphs('lantern', 'beacon')}${content}${paragraphs('wick')}</article></body></html>`;

describe('the structure of a page is kept:', () => {
  const cases: Record<string, [html: string, markdown: string]> = {
    'headings below the title': ['<h2>Early days</h2><p>Clay, mostly.</p>', '## Early days\n\nClay, mostly.'],
    'nested lists and the number they start with': [
      '<ol start="3"><li>Trim<ul><li>the wick</li></ul></li><li>Fill</li></ol>',
      '3. Trim\n   - the wick\n4. Fill',
    ],
    'a table with its columns in place': [
      '<table><thead><tr><th>Oil</th><th>Hours</th></tr></thead><tr><td rowspan="2">Olive</td><td>5 | 6</td></tr><tr><td><b>7</b></td></tr></table>',
      '| Oil | Hours |\n| --- | --- |\n| Olive | 5 \\| 6 |\n|  | **7** |',
    ],
    'code to the last space, with its language': [
      '<pre><code class="language-python">def  light(lamp):\n\treturn `lamp` * 2\n\n\n# *done*  \n</code></pre>',
      '```python\ndef  light(lamp):\n\treturn `lamp` * 2\n\n\n# *done*\n```',
    ],
    'code that is shown with one element to a line': [
      '<pre><div><span class="lineno">1</span>one</div><div><span class="lineno">2</span>  two</div></pre>',
      '```\none\n  two\n```',
    ],
    quotations: ['<blockquote><p>A lamp is a promise.</p></blockquote>', '> A lamp is a promise.'],
    'links with whole addresses': [
      '<p>See <a href="../wicks?a=(b)">the wicks</a>.</p>',
      'See [the wicks](https://lamps.example/wicks?a=%28b%29).',
    ],
    'emphasis against its words': ['<p>It is <b>very </b>old and <em>smoky</em>.</p>', 'It is **very** old and *smoky*.'],
    'line breaks, and paragraphs parted by two of them': [
      '<div>Sea Road 1<br>Whitby<br><br>England, of old</div>',
      'Sea Road 1\nWhitby\n\nEngland, of old',
    ],
    definitions: ['<dl><dt>Wick</dt><dd>What burns.</dd></dl>', '**Wick**\nWhat burns.'],
    'captions without their pictures': [
      '<figure><img src="a.png" alt=""><figcaption>A lamp of the third century, found at Ephesus.</figcaption></figure>',
      'A lamp of the third century, found at Ephesus.',
    ],
    'formulas as TeX': [
      '<p>So <math><semantics><mi>E</mi><annotation encoding="application/x-tex">E = mc^2</annotation></semantics></math> holds.</p>',
      'So $E = mc^2$ holds.',
    ],
    'words as they are written': [
      '<p>5 * 3 = snake_case; [1] “é” e\u0301 A&amp;B 2 &lt; 3 #4.</p>',
      '5 * 3 = snake_case; [1] “é” e\u0301 A&B 2 < 3 #4.',
    ],
    'words that look like marks, behind a backslash': [
      '<p>- not a list,<br># nor a heading, &lt;b&gt; nor *this*</p>',
      '\\- not a list,\n\\# nor a heading, \\<b> nor \\*this\\*',
    ],
    'details that are closed': [
      '<details><summary>How wicks are made</summary><p>Cotton, woven flat.</p></details>',
      '**How wicks are made**\n\nCotton, woven flat.',
    ],
  };
  it.each(Object.entries(cases))('%s', async (_name, [html, markdown]) => {
    const page = await captured(article(html));
    expect(page.markdown).toContain(`\n\n${markdown}\n\n`);
    expect(page.shareRead).toBe(1);
  });

  it('in Arabic, right to left', async () => {
    const words = 'كان المصباح يوقد عند الغروب على الشاطئ، وكان الناس يعرفون منه حال الليل والبحر. '.repeat(4);
    const page = await captured(
      `<!doctype html><html lang="ar" dir="rtl"><body><nav><a href="/">الرئيسية</a></nav><main><p>${words}</p><p>${words}</p></main></body></html>`,
    );
    expect(page.markdown).toBe([words.trim(), words.trim()].join('\n\n'));
    expect(page.language).toBe('ar');
  });

  it('in Japanese, from Shift_JIS bytes', async () => {
    const bytes = Buffer.from([0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0x81, 0x42]);
    const body = Buffer.concat([
      Buffer.from('<!doctype html><meta charset="shift_jis"><body><main><p>'),
      ...Array<Buffer>(40).fill(bytes),
      Buffer.from('</p></main>'),
    ]);
    expect((await captured({ body })).markdown).toBe('日本語。'.repeat(40));
  });
});

describe('only what can be read is captured:', () => {
  it('what shadow roots show, with what is slotted into them', async () => {
    const page = await captured({
      runsScripts: true,
      body: article(`<lamp-card><p slot="body">${sentence('slotted lamp').repeat(2)}</p><p>Unassigned words.</p></lamp-card><script>
        document.querySelector('lamp-card').attachShadow({ mode: 'open' }).innerHTML =
          '<style>p { color: red }</style><h2>From the shadow</h2><slot name="body"></slot>';
      </script>`),
    });
    expect(page.markdown).toContain('## From the shadow\n\nThe slotted lamp was lit');
    expect(page.markdown).not.toContain('Unassigned');
    expect(page.markdown).not.toContain('color');
  });

  it('nothing that is hidden, but what is only waiting to be scrolled to', async () => {
    const page = await captured(
      article(`<p style="display:none">Unseen one. ${sentence('a')}</p><p hidden>Unseen two. ${sentence('b')}</p><p style="visibility:hidden">Unseen three. ${sentence('c')}</p>
        <noscript>Unseen four.</noscript><template>Unseen five.</template><p style="opacity:0">Fading in. ${sentence('faded lamp')}</p>`),
    );
    expect(page.markdown).not.toContain('Unseen');
    expect(page.markdown).toContain('Fading in.');
  });

  it('nothing that no eye can read, but what only a click or a pointer brings out', async () => {
    const away = [
      'color:#fff;background:#fff',
      'font-size:1px',
      'font-size:0',
      'position:absolute;left:-9999px',
      'position:fixed;top:-10000px;left:0',
      'position:absolute;width:1px;height:1px;overflow:hidden;margin:-1px',
      'position:absolute;clip:rect(0 0 0 0)',
      'position:absolute;clip-path:inset(50%)',
    ];
    const there = [
      'color:#fff;background:#333',
      'font-size:9px',
      'position:relative;left:-40px',
      'position:absolute;left:-800px;top:0',
      'position:absolute;width:300px;height:1px;overflow:hidden',
      'max-height:0;overflow:hidden',
      'color:#fff',
      'color:transparent;background:linear-gradient(red,blue);-webkit-background-clip:text',
    ];
    const of = (styles: readonly string[], word: string) =>
      styles.map((style, index) => `<p style="${style}">${word} ${index}: <b>the keeper’s words</b>. ${sentence('lamp')}</p>`).join('\n');
    const { markdown } = await captured(
      article(`${of(away, 'Unseen')}${of(there, 'Seen')}
        <div style="font-size:0"><p style="font-size:16px">Seen inside. ${sentence('lamp')}</p></div>
        <details><summary>More of it</summary><p>Seen when opened. ${sentence('lamp')}</p></details>
        <section style="background:#fff;position:relative"><img alt="" style="position:absolute"><h2 style="position:relative;color:#fff">Seen on a picture</h2></section>
        <div style="background:#fff"><h2 style="color:#fff;background:linear-gradient(navy,teal)">Seen on a gradient</h2></div>
        <div style="position:relative;overflow:hidden;width:1200px;height:80px"><p style="position:absolute;left:-7200px;width:9600px">Seen on a slide. ${sentence('lamp')}</p></div>`),
    );
    expect(markdown.match(/Unseen \d/g)).toBeNull();
    for (const index of there.keys()) expect(markdown).toContain(`Seen ${index}: **the keeper’s words**`);
    for (const words of ['Seen inside.', 'Seen when opened.', 'Seen on a picture', 'Seen on a gradient', 'Seen on a slide'])
      expect(markdown).toContain(words);
  });

  it('a page that hides all of itself until its scripts have run', async () => {
    const page = await captured(`<!doctype html><body style="visibility:hidden"><main>${paragraphs('hidden lamp', 'lamp')}</main>`);
    expect(page.markdown).toContain('The hidden lamp was lit');
  });

  it('a large frame of the same site, but no small one', async () => {
    const inner = (about: string) => `<p>${sentence(about).repeat(3)}</p>`.replaceAll('"', '&quot;');
    const page = await captured(`<!doctype html><body><iframe width="800" height="600" srcdoc="${inner('framed lamp')}"></iframe>
      <iframe width="100" height="60" srcdoc="${inner('tiny lamp')}"></iframe>`);
    expect(page.markdown).toContain('The framed lamp was lit');
    expect(page.markdown).not.toContain('tiny');
  });

  it('nothing that was typed', async () => {
    await tab.open({
      url: 'https://lamps.example/order',
      body: article(`<form><label>Name <input id="name"></label><textarea id="note"></textarea><select id="kind"><option>brass<option id="chosen">secret-option</select>
        <div id="editor" contenteditable="true"></div><div id="box" role="textbox"></div><input type="password" id="word"></form>`),
    });
    await tab.page.fill('#name', 'secret-name');
    await tab.page.fill('#note', 'secret-note');
    await tab.page.fill('#word', 'secret-word');
    await tab.page.selectOption('#kind', 'secret-option');
    await tab.page.fill('#editor', 'secret-editor');
    await tab.evaluate("document.getElementById('box').textContent = 'secret-box'");
    const { capture: result } = await tab.capture();
    expect(JSON.stringify(result)).toContain('The lantern was lit');
    expect(JSON.stringify(result)).not.toContain('secret');
  });
});

describe('what is not the page itself is left out:', () => {
  it('navigation, notices about cookies, advertisements, related links, comments and footers', async () => {
    const links = Array.from({ length: 12 }, (_, index) => `<li><a href="/${index}">Elsewhere ${index}</a></li>`).join('');
    const page =
      await captured(`<!doctype html><html><head><title>Oil lamps | The Lamp Post</title><meta property="og:site_name" content="The Lamp Post"></head><body>
      <header><nav><ul>${links}</ul></nav></header>
      <div id="cookie-banner" style="position:fixed">We use cookies for everything you can think of. <button>Accept</button></div>
      <div class="content-wrap"><article><h1>Oil lamps</h1><p class="byline">By Ada Wick</p><div class="share-bar">Share this on Semaphore</div>${paragraphs('lantern', 'beacon')}
      <div class="ad">Elsewhere: brighter lamps, cheaper oil, and a free match.</div>${paragraphs('wick', 'shore light')}
      <h3>Related articles</h3><ul>${links}</ul></article>
      <aside class="sidebar"><h2>Elsewhere on this site</h2><ul>${links}</ul></aside>
      <section id="comments"><h2>Comments</h2><p>Elsewhere I read that candles are better. ${sentence('candle')}</p></section></div>
      <footer>Elsewhere Ltd. All rights reserved.</footer></body></html>`);
    expect(page.markdown).toBe(['lantern', 'beacon', 'wick', 'shore light'].map((about) => sentence(about).repeat(3).trim()).join('\n\n'));
    expect(page).toMatchObject({ title: 'Oil lamps', site: 'The Lamp Post', byline: 'Ada Wick' });
  });

  it('the side navigation of documentation, and none of its sections', async () => {
    const sections = ['Install', 'Configure', 'Run'].map(
      (name) => `<section><h2>${name}</h2><p>${sentence(name)}</p><pre><code>lamp ${name.toLowerCase()} --all</code></pre></section>`,
    );
    const side = Array.from({ length: 40 }, (_, index) => `<li><a href="/docs/${index}">Chapter ${index}</a></li>`).join('');
    const page = await captured(`<!doctype html><title>Guide</title><body><div class="layout"><div class="docs-side"><ul>${side}</ul></div>
      <main><h1>Guide</h1>${sections.join('')}</main></div>`);
    for (const name of ['Install', 'Configure', 'Run'])
      expect(page.markdown).toContain(`## ${name}\n\n${sentence(name).trim()}\n\n\`\`\`\nlamp ${name.toLowerCase()} --all\n\`\`\``);
    expect(page.markdown).not.toContain('Chapter');
  });

  it('but every post of a thread is in, with who wrote it', async () => {
    const posts = ['Ada', 'Bo', 'Cleo', 'Dag'].map(
      (name, index) =>
        `<div class="post"><div class="post-head"><b class="author">${name}</b></div><div class="message"><p>${sentence(`lamp of ${name}`).repeat(index === 1 ? 6 : 2)}</p></div></div>`,
    );
    const page = await captured(
      `<!doctype html><title>Which oil?</title><body><ul><li><a href="/">Forum</a></li></ul><h1>Which oil?</h1><div class="thread">${posts.join('')}</div>`,
    );
    for (const name of ['Ada', 'Bo', 'Cleo', 'Dag']) {
      expect(page.markdown).toContain(`**${name}**`);
      expect(page.markdown).toContain(`lamp of ${name}`);
    }
  });
});

describe('a page that should be refused is, with the reason:', () => {
  it('nothing to read', async () => {
    expect(await capture('<!doctype html><title>Soon</title><body><script>1</script><img alt="x"></body>')).toEqual({
      problem: { code: 'page-empty' },
    });
  });

  it('no HTML', async () => {
    const result = await capture({ body: '<svg xmlns="http://www.w3.org/2000/svg"><text>Lamp</text></svg>', contentType: 'image/svg+xml' });
    expect(result).toEqual({ problem: { code: 'page-not-html', detail: 'image/svg+xml' } });
  });

  it('no body', async () => {
    await tab.open({ url: 'https://lamps.example/', body: article('') });
    await tab.evaluate('document.documentElement.remove()');
    expect((await tab.capture()).capture).toEqual({ problem: { code: 'page-empty' } });
  });
});

it('a text file is taken as it is', async () => {
  const text = '# Lamps\n\n    one *star*\n<b>two</b>';
  const page = await captured({ url: 'https://lamps.example/notes/lamps.txt', body: text, contentType: 'text/plain; charset=utf-8' });
  expect(page).toMatchObject({ markdown: text, title: 'lamps.txt', site: 'lamps.example', shareRead: 1 });
});

describe('a hostile page', () => {
  it('cannot hide its content behind fields that bear the names of properties', async () => {
    const names = [
      'childNodes',
      'firstChild',
      'nextSibling',
      'attributes',
      'getAttribute',
      'localName',
      'nodeType',
      'textContent',
      'shadowRoot',
      'parentNode',
    ];
    const page =
      await captured(`<!doctype html><body><img name="body"><img name="documentElement"><img name="implementation"><form name="contentType">${names.map((name) => `<input name="${name}" value="secret">`).join('')}
      ${paragraphs('clobbered lamp', 'lamp')}</form></body>`);
    expect(page.markdown).toContain('The clobbered lamp was lit');
    expect(page.markdown).not.toContain('secret');
  });

  it('cannot reach the capture through what it did to prototypes', async () => {
    const page = await captured({
      runsScripts: true,
      body: article(`<script>for (const name of ['firstChild', 'textContent']) Object.defineProperty(Node.prototype, name, { get() { throw new Error('poison'); } });
        Element.prototype.getAttribute = () => { throw new Error('poison'); }; JSON.parse = String.prototype.replace = () => 'poison';</script>`),
    });
    expect(page.markdown).toContain('The wick was lit');
    expect(page.markdown).not.toContain('poison');
  });

  it('is not changed, however often it is read', async () => {
    await tab.open({ url: 'https://lamps.example/', body: article('<div id="changes"></div>') });
    const before = await tab.evaluate<string>('document.documentElement.outerHTML');
    const first = await tab.capture();
    const second = await tab.capture();
    expect(await tab.evaluate<string>('document.documentElement.outerHTML')).toBe(before);
    expect({ ...second.capture, page: { ...pageOf(second.capture), capturedAt: 0 } }).toEqual({
      ...first.capture,
      page: { ...pageOf(first.capture), capturedAt: 0 },
    });
  });

  it('may nest its elements a thousand deep', async () => {
    await tab.open({ url: 'https://lamps.example/', body: article('<div id="deep"></div>') });
    await tab.evaluate(`let place = document.getElementById('deep');
      for (let level = 0; level < 1000; level += 1) place = place.appendChild(document.createElement('div'));
      place.textContent = ${JSON.stringify(sentence('deepest lamp'))}`);
    expect(pageOf((await tab.capture()).capture).markdown).toContain('The deepest lamp was lit');
  });
});

describe('a huge page', () => {
  it('of 40 MB is read up to the limit, in bounded time, and says what share that is', async () => {
    await tab.open({ url: 'https://lamps.example/all', body: '<!doctype html><title>All lamps</title><body><main></main>' });
    const paragraph = `<p>${sentence('lamp').repeat(7)}</p>`;
    await tab.evaluate(
      `document.querySelector('main').innerHTML = ${JSON.stringify(paragraph)}.repeat(${Math.ceil(40_000_000 / paragraph.length)})`,
    );
    const { capture: result, durationMs } = await tab.capture();
    const page = pageOf(result);
    expect(page.markdown.length).toBeGreaterThan(1_990_000);
    expect(page.markdown.length).toBeLessThanOrEqual(2_000_000);
    expect(page.markdown.endsWith('how the night would go.')).toBe(true);
    expect(page.shareRead).toBeCloseTo(0.05, 2);
    expect(durationMs).toBeLessThan(20_000);
  });

  it('of one unbroken word is taken whole', async () => {
    await tab.open({ url: 'https://lamps.example/word', body: '<!doctype html><body><p id="word"></p>' });
    await tab.evaluate("document.getElementById('word').textContent = 'lamp'.repeat(250_000)");
    expect(pageOf((await tab.capture()).capture)).toMatchObject({ markdown: 'lamp'.repeat(250_000), shareRead: 1 });
  });
});

describe('what a page says of itself', () => {
  it('is read from its structured data first', async () => {
    const page = await captured(
      article(
        '',
        `<title>Oil lamps – Lamp Post</title><meta property="og:site_name" content="Lamp Post"><meta name="author" content="Nobody"><link rel="canonical" href="/history/oil-lamps?utm_source=feed">
        <script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Other"}, {"@type": "NewsArticle", "headline": "Oil lamps", "author": [{"name": "Ada Wick"}, {"name": "Bo Light"}], "datePublished": "2024-03-05T10:00:00+0100"}]}</script>`,
      ),
    );
    expect(page).toMatchObject({
      url: 'https://lamps.example/history/oil',
      canonicalUrl: 'https://lamps.example/history/oil-lamps',
      title: 'Oil lamps',
      site: 'Lamp Post',
      byline: 'Ada Wick, Bo Light',
      published: '2024-03-05T10:00:00+01:00',
      language: 'en',
    });
  });

  it('is not believed when it names another site as its address, or the front page', async () => {
    for (const named of ['https://other.example/history/oil', 'https://lamps.example/']) {
      const page = await captured(article('', `<title>Oil lamps</title><link rel="canonical" href="${named}">`));
      expect(page.canonicalUrl).toBe('https://lamps.example/history/oil');
    }
  });

  it('is left out when it says nothing', async () => {
    const page = await captured(`<!doctype html><body><main>${paragraphs('lamp', 'wick')}</main>`);
    expect(page).toMatchObject({ title: 'oil', site: 'lamps.example' });
    expect(page).not.toHaveProperty('byline');
    expect(page).not.toHaveProperty('published');
    expect(page).not.toHaveProperty('language');
  });
});

function pageOf(result: Capture): CapturedPage {
  if ('problem' in result) throw new Error(`Refused: ${result.problem.code} ${result.problem.detail ?? ''}`);
  return result.page;
}
