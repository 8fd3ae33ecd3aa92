import type { PageId } from '../core/pages/page';
import type { InsteadOfLive } from '../protocol/saved-place';

/** What the reader was opened to show. */
export interface ReaderAddress {
  readonly pageId: PageId;
  /** Absent: the current version. */
  readonly version?: number;
  /** The cited passage, as offsets into the version's text. */
  readonly passage?: { readonly start: number; readonly end: number };
  /** Why it stands in the place of the live page. */
  readonly instead?: InsteadOfLive;
}

/** @param search the query of the reader's own address. Gives nothing when it names no page. */
export function parseReaderAddress(search: string): ReaderAddress | undefined {
  const query = new URLSearchParams(search);
  const pageId = query.get('page');
  if (!pageId) return undefined;
  const version = wholeNumber(query.get('version'));
  const start = wholeNumber(query.get('start'));
  const end = wholeNumber(query.get('end'));
  const instead = query.get('instead');
  return {
    pageId: pageId as PageId,
    ...(version !== undefined && { version }),
    ...(start !== undefined && end !== undefined && start < end && { passage: { start, end } }),
    ...((instead === 'newer-lacks' || instead === 'live-lacks') && { instead }),
  };
}

function wholeNumber(text: string | null): number | undefined {
  return text && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
