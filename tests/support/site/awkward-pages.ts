import { gatheredPages } from './gathered-pages';
import { generateParagraphs, generateSentence } from './generate-sentences';

/** What a route gives: the whole page, or its pieces when it is too big to hold. */
export interface AwkwardPage {
  readonly body: string | Uint8Array | Iterable<string>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: number;
}

export interface Visit {
  readonly query: URLSearchParams;
  readonly cookies: string;
  /** How often this path was asked for before. */
  readonly earlierVisits: number;
}

/** What `/awkward/form` holds in its fields. None of it may ever be captured. */
export const typedSecrets = {
  text: 'typed-user-marlowe',
  password: 'typed-password-hunter',
  textarea: 'typed-letter-to-the-bank',
  select: 'typed-choice-of-clinic',
  editable: 'typed-draft-of-a-confession',
  search: 'typed-search-for-symptoms',
  attribute: 'typed-value-in-the-source',
} as const;

export const memberSentence = 'Members of the reading room may keep a book for nineteen weeks.';
export const strictCspSentence = 'The vault under the assay office was sealed with seven locks in 1907.';
export const deepSentence = 'At the bottom of the page lies a brass key.';
export const clobberedSentence = 'The ferry to Orsay carries twelve sheep and one piano.';

const style = 'body{font:17px/1.6 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}';

function page(title: string, main: string, extras: { head?: string; body?: string; lang?: string } = {}): string {
  return `<!doctype html>
<html lang="${extras.lang ?? 'en'}"><head><meta charset="utf-8"><title>${title}</title><style>${style}</style>${extras.head ?? ''}</head>
<body>${extras.body ?? ''}${main}</body></html>`;
}

function article(title: string, paragraphs: readonly string[]): string {
  return `<main><article><h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}</article></main>`;
}

export const bridgeSentence = 'The bridge at Ostrava Mill was opened to carts on 4 June 1887.';

function wholeNumber(query: URLSearchParams, name: string, otherwise: number): number {
  const value = Number(query.get(name) ?? otherwise);
  return Number.isInteger(value) && value >= 0 ? value : otherwise;
}

function* hugePage(megabytes: number): Generator<string> {
  const wantedBytes = megabytes * 1_000_000;
  let sentBytes = 0;
  const send = (text: string): string => {
    sentBytes += text.length;
    return text;
  };
  yield send(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A ledger of ${megabytes} MB</title></head><body><main><article><h1>A ledger of ${megabytes} MB</h1>\n`,
  );
  for (let index = 0; sentBytes < wantedBytes; index += 40) {
    yield send(`<p>${Array.from({ length: 40 }, (_, offset) => generateSentence(index + offset)).join(' ')}</p>\n`);
  }
  yield '</article></main></body></html>';
}

const emoji = ['🦊', '🌊', '👩‍🔬', '🏳️‍🌈', '👍🏽', '🇯🇵', '❤️', '🧑‍🚀', '🐙', '🎈'];

// A form's fields hide the form's own members, for the script worlds of extensions too: `form.childNodes` is an input here.
const clobberingFields = [
  'childNodes',
  'children',
  'firstChild',
  'nextSibling',
  'parentNode',
  'textContent',
  'tagName',
  'nodeName',
  'nodeType',
  'attributes',
  'getAttribute',
  'querySelector',
  'querySelectorAll',
  'cloneNode',
  'shadowRoot',
  'remove',
]
  .map((name) => `<input name="${name}" value="not the ${name}">`)
  .join('');

const poison = `
  const refuse = () => { throw new Error('This page does not want to be read.'); };
  for (const [prototype, names] of [
    [Node.prototype, ['textContent', 'childNodes', 'firstChild', 'cloneNode', 'nodeType']],
    [Element.prototype, ['innerHTML', 'outerHTML', 'getAttribute', 'tagName', 'shadowRoot', 'querySelectorAll', 'matches', 'closest']],
    [HTMLElement.prototype, ['innerText', 'hidden', 'offsetParent']],
    [Document.prototype, ['querySelector', 'querySelectorAll', 'createTreeWalker', 'body']],
  ]) for (const name of names) Object.defineProperty(prototype, name, { get: refuse, set: refuse, configurable: false });
  Array.prototype.push = refuse; String.prototype.trim = refuse; JSON.stringify = refuse; window.getComputedStyle = refuse;`;

function formPage(): string {
  const fields = `
<form id="login" action="/awkward/form" method="post">
  <label>Name <input id="name" name="name" autocomplete="username"></label>
  <label>Password <input id="password" type="password" name="password"></label>
  <label>Search <input id="search" type="search" name="search"></label>
  <label>Kept <input id="kept" name="kept" value="${typedSecrets.attribute}"></label>
  <label>Clinic <select id="clinic"><option>None</option><option selected>${typedSecrets.select}</option></select></label>
  <label>Letter <textarea id="letter">${typedSecrets.textarea}</textarea></label>
  <div id="draft" contenteditable="true" role="textbox">${typedSecrets.editable}</div>
  <button>Sign in</button>
</form>`;
  const typing = `<script>
  document.getElementById('name').value = '${typedSecrets.text}';
  document.getElementById('password').value = '${typedSecrets.password}';
  document.getElementById('search').value = '${typedSecrets.search}';
</script>`;
  const text = [
    'The reading room of Port Ansel lends its catalogue by post. Each drawer holds eight hundred cards, and the cards are written in two hands, one of which slopes to the left.',
    'A form stands in the middle of this article, as it does on many pages that people stay signed in to. What is typed into it belongs to the person who typed it and to nobody else.',
  ];
  return page(
    'The catalogue by post',
    `<main><article><h1>The catalogue by post</h1><p>${text[0]}</p>${fields}<p>${text[1]}</p></article></main>${typing}`,
  );
}

function loggedInPage({ cookies }: Visit): AwkwardPage {
  if (!/(?:^|;\s*)member=yes(?:;|$)/.test(cookies)) {
    return {
      status: 401,
      body: page('Please sign in', '<main><h1>Please sign in</h1><p><a href="/awkward/sign-in">Sign in</a></p></main>'),
    };
  }
  const paragraphs = [memberSentence, ...generateParagraphs(120)];
  return {
    body: page('For members: the reading room', article('For members: the reading room', paragraphs)),
    headers: { 'cache-control': 'private' },
  };
}

function changingPage({ earlierVisits }: Visit): string {
  const visit = earlierVisits + 1;
  return page(
    'The water level today',
    article('The water level today', [
      `At the gauge by the weir the river stands at ${100 + visit * 7} centimetres, as reading number ${visit} shows.`,
      'The gauge is read by the lock keeper each morning and again after rain. This part of the page never changes.',
    ]),
  );
}

export const secretFields = {
  password: '<input type="password" name="word">',
  'hidden-password': '<div hidden><input type="PassWord" name="word"></div>',
  card: '<label>Card <input name="cardnumber" inputmode="numeric"></label>',
  'card-autofill': '<label>Number <input autocomplete="billing cc-number"></label>',
  'in-a-shadow-tree':
    '<script>document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" }).innerHTML = "<input type=password>"</script>',
  'in-a-frame': '<iframe srcdoc="<input type=password>"></iframe>',
  'of-a-payment-service': '<iframe src="https://js.stripe.com/v3/elements-inner-card"></iframe>',
  'among-hiding-names': `<form>${clobberingFields}</form><img name="querySelectorAll"><input type="password">`,
} as const;

/** An article beside which stands what `?kind=` names. */
function pageWithField({ query }: Visit): string {
  const kind = query.get('kind') ?? '';
  const field = Object.hasOwn(secretFields, kind) ? secretFields[kind as keyof typeof secretFields] : '<input type="search" name="q">';
  const title = `An article beside a field: ${kind || 'none'}`;
  return page(title, article(title, generateParagraphs(150)), { body: field });
}

/** An application that draws each of its routes itself. `#go-1` and `#go-2` lead to routes by `pushState`, `#note` changes nothing but the fragment. */
function applicationPage(): string {
  const texts = [1, 2].map(
    (route) => `The ${route === 1 ? 'first' : 'second'} chapter of the lighthouse manual. ${generateParagraphs(120).join(' ')}`,
  );
  const script = `<script>
    const texts = ${JSON.stringify(texts)};
    const draw = () => {
      const route = new URLSearchParams(location.search).get('route');
      document.title = route ? 'Chapter ' + route : 'Contents';
      document.querySelector('main').innerHTML = '<article><h1>' + document.title + '</h1><p>' + (texts[route - 1] ?? 'Choose a chapter.') + '</p></article>';
    };
    for (const route of [1, 2]) document.getElementById('go-' + route).onclick = () => {
      history.pushState(null, '', '?route=' + route);
      setTimeout(draw, 50);
    };
    addEventListener('popstate', draw);
    draw();
  </script>`;
  return page(
    'Contents',
    `<button id="go-1">One</button><button id="go-2">Two</button><a id="note" href="#note">Note</a><main></main>${script}`,
  );
}

/** A PDF of one page with one line of text, whose cross-reference table is right. */
function pdf(): Uint8Array {
  const content = 'BT /F1 24 Tf 72 720 Td (A page that is no page) Tj ET';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF`;
  return new TextEncoder().encode(`${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}`);
}

const shortArticle = article('A page like any other', generateParagraphs(150));

/** Pages that no reader should stumble over, by the last part of their path below `/awkward/`. */
export const awkwardPages: Readonly<Record<string, (visit: Visit) => AwkwardPage>> = {
  /** Nothing to save. */
  empty: () => ({ body: page('An empty page', '<main></main>') }),
  /** Says when a bridge was opened; from the second visit on, only that there is one. */
  rewritten: ({ earlierVisits }) => ({
    body: page(
      'The bridge at Ostrava Mill',
      article('The bridge at Ostrava Mill', [earlierVisits === 0 ? bridgeSentence : 'There is a bridge here.', ...generateParagraphs(150)]),
    ),
  }),
  /** Its body is taken away by a script. */
  'no-body': () => ({ body: page('A page without a body', `${shortArticle}<script>document.body.remove()</script>`) }),
  /** The whole document element is taken away by a script. */
  'no-document': () => ({
    body: page('A page without a document element', `${shortArticle}<script>document.documentElement.remove()</script>`),
  }),
  /** Makes a careless reader throw: all of it stands in a form whose fields hide the members that readers use, and the page's own prototypes are poisoned. */
  throws: () => ({ body: page('A page that throws', `<form>${clobberingFields}${shortArticle}</form><script>${poison}</script>`) }),
  /** A good article with a form whose fields hide the members that readers use. */
  clobbered: () => ({
    body: page(
      'The ferry to Orsay',
      article('The ferry to Orsay', [`<form>${clobberingFields}</form>${clobberedSentence}`, ...generateParagraphs(120)]),
    ),
  }),
  /** Elements nested as deep as Chromium can lay out without crashing (it does at 3,000): `?depth=`, 2,000 unless told. */
  deep: ({ query }) => ({
    body: page(
      'A deep page',
      `<main><article><h1>A deep page</h1><p>${generateParagraphs(100).join(' ')}</p><div id="well"></div></article></main>
<script>
  let well = document.getElementById('well');
  for (let depth = 0; depth < ${wholeNumber(query, 'depth', 2_000)}; depth += 1) well = well.appendChild(document.createElement('div'));
  well.append('${deepSentence}');
</script>`,
    ),
  }),
  /** `?megabytes=` (40 unless told) of paragraphs. */
  huge: ({ query }) => ({ body: hugePage(wholeNumber(query, 'megabytes', 40)) }),
  /** 10,000 emoji, many of them made of several code points. */
  emoji: () => ({
    body: page(
      'Ten thousand emoji',
      article(
        'Ten thousand emoji',
        Array.from({ length: 100 }, () => Array.from({ length: 100 }, (_, index) => emoji[index % emoji.length]).join('')),
      ),
    ),
  }),
  /** One word of a million letters. */
  'one-word': () => ({ body: page('One word', article('One word', ['abcdefghij'.repeat(100_000)])) }),
  form: () => ({ body: formPage() }),
  'logged-in': loggedInPage,
  'sign-in': () => ({
    status: 303,
    body: '',
    headers: { 'set-cookie': 'member=yes; Path=/; SameSite=Lax', location: '/awkward/logged-in' },
  }),
  /** `?words=` (500 unless told) in generated sentences; `?n=` makes another page of the same words. */
  article: ({ query }) => {
    const words = wholeNumber(query, 'words', 500);
    const title = `An article of ${words} words${query.has('n') ? `, number ${wholeNumber(query, 'n', 0)}` : ''}`;
    return { body: page(title, article(title, generateParagraphs(words))) };
  },
  /** Its text is another at every visit. */
  changing: (visit) => ({ body: changingPage(visit) }),
  'with-field': (visit) => ({ body: pageWithField(visit) }),
  application: () => ({ body: applicationPage() }),
  /** Allows no script, no connection and no markup made from strings. */
  'strict-csp': () => ({
    body: page('The vault', article('The vault', [strictCspSentence, ...generateParagraphs(120)])),
    headers: {
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      'x-content-type-options': 'nosniff',
    },
  }),
  ...gatheredPages,
  'document.pdf': () => ({ body: pdf(), headers: { 'content-type': 'application/pdf' } }),
  'picture.svg': () => ({
    body: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text y="5" font-size="2">No page</text></svg>',
    headers: { 'content-type': 'image/svg+xml' },
  }),
  'note.txt': () => ({ body: generateParagraphs(200).join('\n\n'), headers: { 'content-type': 'text/plain; charset=utf-8' } }),
};
