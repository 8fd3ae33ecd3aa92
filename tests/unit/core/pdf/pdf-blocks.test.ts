import { describe, expect, it } from 'vitest';
import { pdfBlocks } from '../../../../src/core/pdf/pdf-blocks';
import type { PdfPage, PdfRun } from '../../../../src/core/pdf/pdf-page';

const run = (text: string, x: number, y: number, size = 10, width = text.length * size * 0.5): PdfRun => ({
  text,
  x,
  y,
  width,
  size,
  isRightToLeft: false,
});
const page = (number: number, runs: readonly PdfRun[]): PdfPage => ({ number, height: 800, runs });
const lines = (texts: readonly string[], { x = 70, top = 700, size = 10, leading = 12 } = {}) =>
  texts.map((text, index) => run(text, x, top - index * leading, size));
const textsOf = (pages: readonly PdfPage[]) => pdfBlocks(pages).blocks.map(({ text }) => text);

const full = 'words that fill a line of the column to its end as all do';

describe('lines are joined to paragraphs', () => {
  it('until there is more white between them', () => {
    expect(textsOf([page(1, [...lines(['One', 'two', 'three']), ...lines(['four', 'five'], { top: 640 })])])).toEqual([
      'One two three',
      'four five',
    ]);
  });

  it('until one is indented, but not under a hanging first line', () => {
    const indented = [run(full, 70, 700), run(`${full}.`, 70, 688), run(`New ${full}`, 85, 676), run(`${full}`, 70, 664)];
    expect(textsOf([page(1, indented)])).toHaveLength(2);
    const hanging = [run(`Ada. ${full}`, 70, 700), run(full, 85, 688), run(full, 85, 676), run(`Bo. ${full}`, 70, 664), run(full, 85, 652)];
    expect(textsOf([page(1, hanging)])).toEqual([`Ada. ${full} ${full} ${full}`, `Bo. ${full} ${full}`]);
  });

  it('until a sentence ends well before the line does', () => {
    expect(textsOf([page(1, lines([full, 'and ends here.', `Then ${full}`, 'and on.']))])).toEqual([
      `${full} and ends here.`,
      `Then ${full} and on.`,
    ]);
  });

  it('over the end of a page, where the sentence goes on', () => {
    const pages = [page(1, lines([full, 'whose sentence'])), page(2, lines([`goes on. ${full}`, full]))];
    const [first] = pdfBlocks(pages).blocks;
    expect(first?.text).toBe(`${full} whose sentence goes on. ${full} ${full}`);
    expect(first?.pages).toEqual([
      { start: 0, page: 1 },
      { start: `${full} whose sentence `.length, page: 2 },
    ]);
  });

  it('as items, each with its own lines', () => {
    const list = [run('• first of all', 70, 700), run('and more of it', 80, 688), run('• second', 70, 676)];
    expect(pdfBlocks([page(1, list)]).blocks).toMatchObject([
      { text: '• first of all and more of it', isItem: true },
      { text: '• second', isItem: true },
    ]);
  });
});

describe('a hyphen at the end of a line', () => {
  it.each([
    ['goes', ['the light-', 'house keeper'], 'the lighthouse keeper'],
    ['stays in words that have one elsewhere', ['a well-known lamp is a well-', 'known lamp'], 'a well-known lamp is a well-known lamp'],
    ['stays before a name or a number', ['the Anglo-', 'Saxon lamp of COVID-', '19'], 'the Anglo-Saxon lamp of COVID-19'],
    ['goes when it is a soft one', ['the light\u00AD', 'house'], 'the lighthouse'],
  ])('%s', (_name, texts, joined) => {
    expect(textsOf([page(1, lines(texts))])).toEqual([joined]);
  });

  it('is none where lines are joined without a space', () => {
    expect(textsOf([page(1, lines(['灯台のランプは', '夕暮れに灯され']))])).toEqual(['灯台のランプは夕暮れに灯され']);
  });
});

describe('the order of reading is', () => {
  const left = Array.from({ length: 8 }, (_, index) => `left ${index} of the words in a column,`);
  const right = Array.from({ length: 8 }, (_, index) => `right ${index} of the words in a column,`);
  const inColumns = [...left, ...right].join(' ');

  it('that of the file, column after column', () => {
    expect(textsOf([page(1, [...lines(left), ...lines(right, { x: 320 })])]).join(' ')).toBe(inColumns);
  });

  it('seen from the white between columns, where the file goes line by line', () => {
    const [leftRuns, rightRuns] = [lines(left), lines(right, { x: 320 })];
    const across = leftRuns.flatMap((one, index) => [one, rightRuns[index] as PdfRun]);
    expect(textsOf([page(1, [run('A title over both of the columns of it', 150, 760), ...across])]).join(' ')).toBe(
      `A title over both of the columns of it ${inColumns}`,
    );
  });

  it('from the top, where the file goes from the bottom', () => {
    expect(textsOf([page(1, lines(left).reverse())]).join(' ')).toBe(left.join(' '));
  });
});

describe('running heads and page numbers go:', () => {
  const withFurniture = (head: (number: number) => string, foot: (number: number) => string, count = 6) =>
    Array.from({ length: count }, (_, index) =>
      page(index + 1, [
        run(head(index + 1), 70, 770),
        ...lines([`Text ${'abcdef'[index]} ${full}.`, `More ${full}.`]),
        run(foot(index + 1), 300, 30),
      ]),
    );

  it('what repeats, with its numbers', () => {
    expect(
      textsOf(
        withFurniture(
          () => 'Lamps, vol. 7',
          (number) => `Page ${number} of 6`,
        ),
      ).join(),
    ).not.toMatch(/vol|Page/);
  });

  it('heads of each chapter’s own, by the page’s number', () => {
    const heads = ['Oil', 'Wick', 'Glass', 'Flame', 'Tower', 'Keeper'];
    expect(
      textsOf(
        withFurniture(
          (number) => `${heads[number - 1]} ${number + 20}`,
          () => 'confidential',
        ),
      ).join(),
    ).not.toMatch(/Oil|Keeper|conf/);
  });

  it('but not what stands there once, nor text that ends in a number', () => {
    const pages = withFurniture(
      (number) => ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth'][number - 1] ?? '',
      () => '',
      6,
    );
    expect(textsOf(pages).join()).toMatch(/First.*Sixth/s);
  });
});

describe('headings', () => {
  it('are told by their size, the title apart', () => {
    const { title, blocks } = pdfBlocks([
      page(1, [
        run('On Lamps', 70, 760, 24),
        run('1. Oil', 70, 720, 14),
        ...lines(
          Array.from({ length: 6 }, () => full),
          { top: 700 },
        ),
        run('1.1 Whale oil', 70, 610, 12),
        ...lines([full, full], { top: 590 }),
      ]),
    ]);
    expect(title).toBe('On Lamps');
    expect(blocks.map(({ text, headingLevel }) => [headingLevel, text.slice(0, 13)])).toEqual([
      [2, '1. Oil'],
      [undefined, 'words that fi'],
      [3, '1.1 Whale oil'],
      [undefined, 'words that fi'],
    ]);
  });

  it('are not made of a contents table, whose dots are drawn together', () => {
    expect(textsOf([page(1, lines(['Oil . . . . . . . . . 3', 'Wicks . . . . . . . . 12', 'Glass ........ iv']))])).toEqual([
      'Oil … 3',
      'Wicks … 12',
      'Glass … iv',
    ]);
  });
});
