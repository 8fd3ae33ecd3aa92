import { type CapturedPage, maxCapturedCharacters } from '../core/pages/page';
import type { Problem } from '../core/problem';
import { findMainContent } from './main-content/find-main-content';
import { joinBlocks } from './markdown/join-blocks';
import { type CapturedBlock, toMarkdownBlocks } from './markdown/to-markdown';
import { readStructuredData } from './metadata/json-ld';
import { readMetadata } from './metadata/metadata';
import { bodyOf, contentTypeOf, textContentOf } from './rendering/live-dom';
import { liveRendering, type Rendering } from './rendering/rendering';
import { defaultSnapshotBudget, snapshotDocument } from './rendering/snapshot-document';

export type Capture = { readonly page: CapturedPage } | { readonly problem: Problem };

/**
 * Reads a document, without changing it. Never throws: whatever the page throws becomes the problem `page-unreadable`.
 * @param rendering how it is shown, if not in a tab
 */
export function capturePage(live: Document, capturedAt: number, rendering: Rendering = liveRendering(live)): Capture {
  try {
    const contentType = contentTypeOf(live);
    if (!/^(text\/(html|plain|markdown)|application\/xhtml\+xml)$/.test(contentType))
      return { problem: { code: 'page-not-html', detail: contentType } };
    const { document: copy, shareCopied } = snapshotDocument(live, defaultSnapshotBudget, rendering);
    const { url } = rendering;
    const data = readStructuredData(copy);
    const metadata = readMetadata(copy, data, url);
    const isText = contentType === 'text/plain' || contentType === 'text/markdown';
    const blocks = isText ? blocksOfText(live) : toMarkdownBlocks(findMainContent(copy, { ...data, ...metadata }));
    const { markdown, shareKept } = joinBlocks(blocks, maxCapturedCharacters);
    if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(markdown)) return { problem: { code: 'page-empty' } };
    return {
      page: {
        url,
        ...metadata,
        ...(isText && { source: 'text' }),
        markdown,
        capturedAt,
        shareRead: (isText ? 1 : shareCopied) * shareKept,
      },
    };
  } catch (error) {
    return { problem: { code: 'page-unreadable', detail: error instanceof Error ? error.name : 'Unknown' } };
  }
}

/** A text file is taken as it is; the browser shows it in one `pre`. */
function blocksOfText(live: Document): CapturedBlock[] {
  const body = bodyOf(live);
  const text = (body && textContentOf(body)) ?? '';
  return text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split('\n')
    .map((line) => ({ text: line, isTight: true }));
}
