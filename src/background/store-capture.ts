import type { JobId } from '../core/job';
import type { CapturedPage, PageId } from '../core/page';
import { putIngestJob } from '../storage/jobs';
import { findSavedPage } from '../storage/pages';
import type { Job, Library } from '../storage/schema';

export interface StoreCaptureTools {
  readonly library: Library;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Stores a captured page as a job, wherever it was read. Once this resolves, the page cannot be lost. */
export async function storeCapture(page: CapturedPage, { library, now, newId }: StoreCaptureTools): Promise<Job> {
  const saved = await findSavedPage(library, page);
  return putIngestJob(library, page, (waiting) => ({
    id: waiting?.id ?? (newId() as JobId),
    kind: 'ingest',
    pageId: saved?.id ?? waiting?.pageId ?? (newId() as PageId),
    canonicalUrl: page.canonicalUrl,
    title: page.title,
    createdAt: waiting?.createdAt ?? now(),
    step: 'received',
    attempts: 0,
    notBefore: 0,
  }));
}
