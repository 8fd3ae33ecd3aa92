import type { CapturedPage, PageId } from '../../core/pages/page';
import { putIngestJob } from '../../storage/pages/jobs';
import { newIngestJob } from '../../storage/pages/new-ingest-job';
import { findSavedPage } from '../../storage/pages/pages';
import type { Job, Library, StoredPage } from '../../storage/schema';
import type { CaptureLine } from './backup-schemas';

/** A page, or a selection, that had not become searchable yet goes into the queue as what it was, unless it is there or in the library by now. */
export async function restoreCapture(line: CaptureLine, library: Library, newId: () => string): Promise<void> {
  const { pageId, createdAt, capture, imported, isApart } = line;
  const found = await findSavedPage(library, capture);
  // What is a page of its own is none of those that are known by its address besides.
  const saved = isApart && found?.canonicalUrl !== capture.canonicalUrl ? undefined : found;
  const waiting = await library.getAllFromIndex('jobs', 'byCanonicalUrl', capture.canonicalUrl);
  const isSelection = capture.source === 'selection';
  const isThere = isSelection ? await isSelectionThere(library, capture, saved, waiting) : isPageThere(capture, saved, waiting);
  if (isThere) return;
  const isIdTaken = (await library.getKey('pages', pageId)) !== undefined;
  const about = {
    pageId: saved?.id ?? (isIdTaken ? (newId() as PageId) : pageId),
    canonicalUrl: capture.canonicalUrl,
    title: capture.title,
    createdAt,
    ...(imported ? { imported } : {}),
    ...(isApart ? { isApart } : {}),
    ...(isSelection ? { isSelection } : {}),
  } as const;
  await putIngestJob(library, capture, () => newIngestJob(about, { now: () => createdAt, newId }));
}

function isPageThere(capture: CapturedPage, saved: StoredPage | undefined, waiting: readonly Job[]): boolean {
  const isSaved = saved !== undefined && saved.capturedAt >= capture.capturedAt;
  return isSaved || waiting.some(({ kind, isSelection }) => kind === 'ingest' && !isSelection);
}

/** By the moment it was selected at: another selection of the page, or a later version of all of it, does not have it. */
async function isSelectionThere(
  library: Library,
  { capturedAt }: CapturedPage,
  saved: StoredPage | undefined,
  waiting: readonly Job[],
): Promise<boolean> {
  if (saved?.selections?.some((selection) => selection.capturedAt === capturedAt)) return true;
  const captures = await Promise.all(waiting.filter(({ isSelection }) => isSelection).map(({ id }) => library.get('captures', id)));
  return captures.some((capture) => capture?.capturedAt === capturedAt);
}
