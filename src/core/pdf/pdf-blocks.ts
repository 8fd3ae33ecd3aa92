import { dropRunningHeads } from './drop-running-heads';
import { groupLines } from './group-lines';
import { joinParagraphs, type PdfParagraph } from './join-paragraphs';
import { vocabularyOf } from './join-words';
import type { PdfLine, PdfPage } from './pdf-page';
import { inReadingOrder } from './reading-order';

export interface PdfBlock extends Pick<PdfParagraph, 'text' | 'pages' | 'isItem'> {
  /** From 2, as headings below a title are; absent when it is none. */
  readonly headingLevel?: number;
}

export interface PdfText {
  /** What is set largest at the top of the first page; absent when nothing stands out. */
  readonly title?: string;
  readonly blocks: readonly PdfBlock[];
}

/** Compared with the size of most of the text. */
const headingSize = 1.12;
const titleSize = 1.25;
const longestHeading = 200;
/** More than this share of the text is set in no heading's size. */
const mostHeadingText = 0.15;
const deepestLevel = 4;

/** The text of a PDF as it is read: lines put together again to paragraphs, and headings told by their size. */
export function pdfBlocks(pages: readonly PdfPage[]): PdfText {
  const ordered = pages.map((page) => ({ height: page.height, lines: inReadingOrder(groupLines(page)) }));
  const lines = dropRunningHeads(ordered).flat();
  const paragraphs = joinParagraphs(lines, vocabularyOf(lines.map(({ text }) => text)));
  const lengths = new Map<number, number>();
  for (const { text, size } of paragraphs) lengths.set(round(size), (lengths.get(round(size)) ?? 0) + text.length);
  const total = [...lengths.values()].reduce((sum, length) => sum + length, 0);
  const [bodySize] = [...lengths].reduce<[number, number]>((most, one) => (one[1] > most[1] ? one : most), [0, 0]);
  const isHeading = ({ text, size, isItem, isEntry }: PdfParagraph) =>
    !isEntry &&
    (!isItem || /^\d/.test(text)) &&
    size >= headingSize * bodySize &&
    text.length <= longestHeading &&
    /\p{L}/u.test(text) &&
    (lengths.get(round(size)) ?? 0) <= mostHeadingText * total;
  const title = titleOf(paragraphs, lines, bodySize);
  const rest = paragraphs.filter((paragraph) => paragraph !== title);
  const sizes = [...new Set(rest.filter(isHeading).map(({ size }) => round(size)))].sort((one, other) => other - one);
  const blocks = rest.map((paragraph): PdfBlock => {
    const { text, pages: starts, isItem } = paragraph;
    const level = Math.min(deepestLevel, 2 + sizes.indexOf(round(paragraph.size)));
    return isHeading(paragraph) ? { text, pages: starts, isItem: false, headingLevel: level } : { text, pages: starts, isItem };
  });
  return { ...(title ? { title: title.text.replace(/\s+/g, ' ') } : {}), blocks };
}

function titleOf(paragraphs: readonly PdfParagraph[], lines: readonly PdfLine[], bodySize: number): PdfParagraph | undefined {
  const firstPage = lines[0]?.page;
  const onFirst = paragraphs.filter(({ pages }) => pages[0]?.page === firstPage).slice(0, 12);
  const largest = onFirst.reduce<PdfParagraph | undefined>((most, one) => (most && most.size >= one.size ? most : one), undefined);
  const isClear =
    largest && largest.size >= titleSize * bodySize && largest.text.length <= longestHeading && /\p{L}{2}/u.test(largest.text);
  return isClear && paragraphs.length > 1 ? largest : undefined;
}

/** To half a point: sizes come out of multiplications. */
function round(size: number): number {
  return Math.round(size * 2) / 2;
}
