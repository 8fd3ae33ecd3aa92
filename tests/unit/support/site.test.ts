import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { answerFromPassages, noAnswer } from '../../support/model-server/answer-from-passages';
import type { PromptPassage } from '../../support/model-server/read-prompt';
import { clobberedSentence, memberSentence, strictCspSentence, typedSecrets } from '../../support/site/awkward-pages';
import { demoPages, demoQuestions } from '../../support/site/demo-pages';
import { type Site, startSite } from '../../support/site/server';

vi.setConfig({ testTimeout: 30_000 });

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const get = (path: string, init?: RequestInit): Promise<Response> => fetch(site.url + path, init);
const text = async (path: string): Promise<string> => (await get(path)).text();

/** The text of a page's articles and posts, one passage a section: a stand-in for capture and retrieval. */
function passagesOf(html: string): PromptPassage[] {
  const title = /<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1]?.replaceAll(/<[^>]+>/g, '') ?? '';
  const main = html
    .replaceAll(/<(style|script|svg|nav)\b[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<rt>.*?<\/rt>/g, '')
    .replaceAll(/<\/?(?:p|li|tr|dd|dt|h1|section|div|time)\b[^>]*>/g, '\n')
    .replaceAll(/<\/?(?:td|th)\b[^>]*>/g, ' ')
    .replaceAll('&amp;', '&');
  return main.split(/<h[23][^>]*>/).map((section, index) => {
    const markdown = section.replaceAll(/<[^>]+>/g, '').replaceAll(/ *\n\s*/g, '\n\n');
    return { number: index + 1, title, section: '', text: markdown };
  });
}

describe('the demo pages', () => {
  test.each(demoPages.map((page) => [page.path, page] as const))('%s is served under its name, in its language', async (path, page) => {
    const response = await get(path);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html).toContain(`<html lang="${page.language}"`);
    expect(html).toContain(page.title.slice(0, 12));
    expect(html).toContain(`<link rel="canonical" href="${site.url}${path}`);
    expect(html).not.toContain('{{');
  });

  test('load nothing from anywhere', async () => {
    for (const { path } of demoPages) {
      expect(await text(path)).not.toMatch(/<(?:img|iframe|video|audio|script)[^>]+src=|<link[^>]+rel="(?:stylesheet|icon|preload)"|url\(/);
    }
  });

  test('are named on the front page', async () => {
    const html = await text('/');
    for (const { path } of demoPages) expect(html).toContain(`href="${path}"`);
  });

  test.each(demoQuestions.map((entry) => [entry.question, entry] as const))(
    'answer, each alone: %s',
    async (_, { question, pagePath, answerContains }) => {
      const pages = await Promise.all(demoPages.map(async ({ path }) => ({ path, html: await text(path) })));
      expect(pages.filter(({ html }) => html.replaceAll(/<[^>]+>/g, '').includes(answerContains)).map(({ path }) => path)).toEqual([
        pagePath,
      ]);
      const passages = pages.flatMap(({ path, html }) => passagesOf(html).map((passage) => ({ ...passage, path })));
      const ask = (from: typeof passages): string => {
        const numbered = from.map((passage, index) => ({ ...passage, number: index + 1 }));
        return answerFromPassages({ question, earlierQuestions: [], passages: numbered });
      };
      const answer = ask(passages);
      expect(answer).toContain(answerContains);
      const firstMark = Number(/\[(\d+)\]/.exec(answer)?.[1]);
      expect(passages[firstMark - 1]?.path).toBe(pagePath);
      expect(ask(passages.filter(({ path }) => path !== pagePath))).not.toContain(answerContains);
    },
  );

  test('do not answer what none of them says', async () => {
    const passages = (await Promise.all(demoPages.map(async ({ path }) => passagesOf(await text(path))))).flat();
    for (const question of ['Who composed the opera about the glass mountain?', 'Which vaccine is given against yellow fever?']) {
      expect(answerFromPassages({ question, earlierQuestions: [], passages })).toBe(noAnswer);
    }
  });
});

describe('the awkward pages', () => {
  test('a huge page comes to 40 MB', async () => {
    let bytes = 0;
    const { body } = await get('/awkward/huge');
    if (body) for await (const piece of body) bytes += (piece as Uint8Array).length;
    expect(bytes).toBeGreaterThan(40_000_000);
    expect(bytes).toBeLessThan(40_100_000);
  });

  test('an article has exactly the words asked for', async () => {
    const html = await text('/awkward/article?words=3000');
    const paragraphs = [...html.matchAll(/<p>(.*?)<\/p>/g)].map((match) => match[1]);
    expect(paragraphs.join(' ').split(' ')).toHaveLength(3_000);
    expect(await text('/awkward/article?words=3000')).toBe(html);
  });

  test('ten thousand emoji are ten thousand graphemes', async () => {
    const html = await text('/awkward/emoji');
    const segmenter = new Intl.Segmenter('en');
    const counts = [...html.matchAll(/<p>(.*?)<\/p>/g)].map((match) => [...segmenter.segment(match[1] ?? '')].length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(10_000);
  });

  test('one word is a million letters without a break', async () => {
    expect(await text('/awkward/one-word')).toMatch(/<p>[a-j]{1000000}<\/p>/);
  });

  test('members’ text needs the cookie that signing in sets', async () => {
    const refused = await get('/awkward/logged-in');
    expect(refused.status).toBe(401);
    expect(await refused.text()).not.toContain(memberSentence);
    const signedIn = await get('/awkward/sign-in', { redirect: 'manual' });
    expect(signedIn.headers.get('location')).toBe('/awkward/logged-in');
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(await (await get('/awkward/logged-in', { headers: { cookie } })).text()).toContain(memberSentence);
  });

  test('a changing page changes at each visit, and in part only', async () => {
    const [first, second] = [await text('/awkward/changing'), await text('/awkward/changing')];
    expect(first).toContain('reading number 1 ');
    expect(second).toContain('reading number 2 ');
    expect(second).toContain('This part of the page never changes.');
  });

  test('the strict page forbids what it says it forbids', async () => {
    const response = await get('/awkward/strict-csp');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).toContain(strictCspSentence);
  });

  test('the form holds every secret, and the articles around forms their own words', async () => {
    const form = await text('/awkward/form');
    for (const secret of Object.values(typedSecrets)) expect(form).toContain(secret);
    expect(await text('/awkward/clobbered')).toContain(clobberedSentence);
  });

  test.each([
    ['document.pdf', 'application/pdf'],
    ['picture.svg', 'image/svg+xml'],
    ['note.txt', 'text/plain; charset=utf-8'],
  ])('%s is no web page', async (name, type) => {
    expect((await get(`/awkward/${name}`)).headers.get('content-type')).toBe(type);
  });
});

test('the PDF’s own table leads to its objects', async () => {
  const pdf = await text('/awkward/document.pdf');
  const table = pdf.slice(Number(/startxref\n(\d+)/.exec(pdf)?.[1]));
  const offsets = [...table.matchAll(/^(\d{10}) 00000 n $/gm)].map((match) => Number(match[1]));
  expect(offsets.map((offset) => pdf.slice(offset, offset + 7))).toEqual([1, 2, 3, 4, 5].map((number) => `${number} 0 obj`));
});

test('what is not there is 404, and recorded', async () => {
  site.requests.length = 0;
  expect((await get('/sink/image?x=1')).status).toBe(404);
  expect((await get('/awkward/constructor')).status).toBe(404);
  expect(site.requests).toMatchObject([{ method: 'GET', path: '/sink/image', query: '?x=1' }, { path: '/awkward/constructor' }]);
});
