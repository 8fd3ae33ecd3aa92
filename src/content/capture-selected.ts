import { maxCapturedCharacters } from '../core/pages/page';
import type { Capture } from './capture-page';
import { holdsEnd, holdsStart, markSelection, readMarks, withoutMarks } from './mark-selection';
import { joinBlocks } from './markdown/join-blocks';
import { type CapturedBlock, toMarkdownBlocks } from './markdown/to-markdown';
import { readStructuredData } from './metadata/json-ld';
import { readMetadata } from './metadata/metadata';
import { liveRendering } from './rendering/rendering';
import { defaultSnapshotBudget, snapshotDocument } from './rendering/snapshot-document';

/**
 * Reads what is selected in a live document, without changing it: the blocks that it stands in, whole, under the headings they stand under, and which
 * part of them was selected. Never throws.
 */
export function captureSelected(live: Document, capturedAt: number): Capture {
  try {
    const readText = markSelection(live);
    if (!readText) return { problem: { code: 'selection-empty' } };
    const rendering = { ...liveRendering(live), dataOf: readText };
    const { document: copy } = snapshotDocument(live, defaultSnapshotBudget, rendering);
    const metadata = readMetadata(copy, readStructuredData(copy), rendering.url);
    const blocks = surroundings(toMarkdownBlocks(copy.body));
    if (blocks.length === 0) return { problem: { code: 'selection-empty' } };
    const { markdown: marked, shareKept } = joinBlocks(blocks, maxCapturedCharacters);
    const { text, ...chosen } = readMarks(marked);
    const { title, site, byline, ...rest } = metadata;
    return {
      page: {
        url: rendering.url,
        ...rest,
        title: withoutMarks(title),
        site,
        ...(byline ? { byline: withoutMarks(byline) } : {}),
        source: 'selection',
        markdown: text,
        chosen,
        capturedAt,
        shareRead: shareKept,
      },
    };
  } catch (error) {
    return { problem: { code: 'page-unreadable', detail: error instanceof Error ? error.name : 'Unknown' } };
  }
}

/** The blocks from the start of what is selected to its end, after the headings above them, outermost first. Empty when nothing selected could be read. */
function surroundings(blocks: readonly CapturedBlock[]): CapturedBlock[] {
  const [starts, ends] = [blocks.findIndex(({ text }) => holdsStart(text)), blocks.findLastIndex(({ text }) => holdsEnd(text))];
  const first = starts < 0 ? ends : starts;
  const last = ends < 0 ? starts : ends;
  if (first < 0) return [];
  const headings: CapturedBlock[] = [];
  for (const block of blocks.slice(0, first + 1)) {
    const level = /^#{1,6}(?= )/.exec(block.text)?.[0].length;
    if (level === undefined) continue;
    headings.length = Math.min(headings.length, level - 1);
    if (block !== blocks[first]) headings[level - 1] = block;
  }
  return [...headings.filter(Boolean), ...blocks.slice(first, last + 1)];
}
