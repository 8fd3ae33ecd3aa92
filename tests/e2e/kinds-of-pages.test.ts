import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaptureLaboratory, type CaptureTab, openCaptureLaboratory } from '../../scripts/harness/capture-laboratory';
import {
  answers,
  chatLines,
  chatPage,
  declaredArticle,
  figureCaption,
  formulas,
  lazyPage,
  newsArticle,
  newsText,
  pageInScript,
  productPage,
  questionPage,
  scripts,
  virtualisedPage,
  wikiPage,
} from '../support/kinds-of-pages';

let laboratory: CaptureLaboratory;
let tab: CaptureTab;

beforeAll(async () => {
  laboratory = await openCaptureLaboratory();
  tab = await laboratory.openTab();
});
afterAll(() => laboratory.close());

async function markdownOf(body: string | Buffer, contentType?: string): Promise<string> {
  await tab.open({ url: 'https://harbour.example/pages/one', body, ...(contentType && { contentType }) });
  const { capture } = await tab.capture();
  if ('problem' in capture) throw new Error(`Refused: ${capture.problem.code} ${capture.problem.detail ?? ''}`);
  return capture.page.markdown;
}

describe('an article of the press', () => {
  it('is its sentences: no dates before them, no captions between them, and no notes on the author after them', async () => {
    expect(await markdownOf(newsArticle)).toBe(newsText);
  });

  it('keeps the captions of figures that have numbers, for the text speaks of them', async () => {
    const page = newsArticle.replace('<p>Ines', `<figure><img alt=""><figcaption>${figureCaption}</figcaption></figure><p>Ines`);
    expect(page).not.toBe(newsArticle);
    expect(await markdownOf(page)).toContain(figureCaption);
  });

  it('loses what stands between the sentences that its structured data names as its text', async () => {
    expect(await markdownOf(declaredArticle(true))).toBe(newsText);
  });

  it('is taken from its structured data when the page does not show it yet', async () => {
    expect(await markdownOf(declaredArticle(false))).toBe(newsText);
  });

  it('is not, when it is for those who pay', async () => {
    expect(await markdownOf(declaredArticle(false, true))).toContain('The page is being put together.');
  });
});

describe('beyond articles:', () => {
  it('a question has all of its answers, with their code and who gave them', async () => {
    const markdown = await markdownOf(questionPage);
    expect(markdown).toContain('Where do I begin');
    for (const { by, text } of answers) {
      expect(markdown).toContain(`${text}\n\n\`\`\`\nvalve --quarter left\n\`\`\``);
      expect(markdown).toContain(by);
    }
    expect(markdown).not.toContain('Elsewhere');
  });

  it('a page of a wiki has its tables and references, and not its contents', async () => {
    const markdown = await markdownOf(wikiPage);
    expect(markdown).toContain('| Population | 4,120 |');
    expect(markdown).toContain('| Season | Rain (mm) |\n| --- | --- |\n| Spring | 110 |\n| Autumn | 240 |');
    expect(markdown).toContain('Gale, Hob (1931). *Lights That Were Not*. Wend Press, p. 12.');
    expect(markdown).not.toContain('Elsewhere');
  });

  it('a product has its price, its features and its measures, and not what others bought', async () => {
    const markdown = await markdownOf(productPage);
    expect(markdown).toContain('€ 48.00');
    expect(markdown).toContain('- Burns 20 hours on one filling\n- Weighs 1.1 kg');
    expect(markdown).toContain('| Height | 34 cm |');
    expect(markdown).not.toContain('Elsewhere');
  });

  it('the log of a chat has every line, with who said it', async () => {
    const markdown = await markdownOf(chatPage);
    for (const [name, text] of chatLines) expect(markdown).toContain(`${name} ${text}`);
    expect(markdown).not.toContain('Elsewhere');
  });
});

describe('in every script', () => {
  it.each(Object.entries(scripts))('%s: the text letter by letter', async (_script, text) => {
    expect(await markdownOf(pageInScript(text))).toBe([text, `${text} 2`, `${text} 3`].join('\n\n'));
  });

  it('Cyrillic in windows-1251, as only the server says', async () => {
    const letters = [0xcc, 0xe0, 0xff, 0xea, 0x20, 0xe3, 0xee, 0xf0, 0xe8, 0xf2, 0x2e, 0x20];
    const body = Buffer.concat([Buffer.from('<main><p>'), ...Array<Buffer>(30).fill(Buffer.from(letters)), Buffer.from('</p></main>')]);
    expect(await markdownOf(body, 'text/html; charset=windows-1251')).toBe('Маяк горит. '.repeat(30).trim());
  });
});

describe('what is put on the screen late:', () => {
  it('sections that are drawn, faded in or found only later are in', async () => {
    expect(await markdownOf(lazyPage)).toBe(newsText);
  });

  it('a list that keeps only some rows in the document gives those, each once', async () => {
    const markdown = await markdownOf(virtualisedPage);
    for (let index = 0; index < 12; index += 1) expect(markdown.split(`Entry ${index}:`)).toHaveLength(2);
  });
});

describe('formulas', () => {
  it.each(Object.entries(formulas))('that %s are TeX, once', async (_kind, [html, tex]) => {
    const around = 'A sentence goes before the formula, and it is long enough to be one that anybody would read.';
    expect(await markdownOf(`<!doctype html><main><p>${around}</p><p>So ${html} holds.</p><p>${around} Again.</p></main>`)).toContain(
      `So ${tex} holds.`,
    );
  });
});
