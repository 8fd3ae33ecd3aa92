import type { ImportedFrom } from '../../core/pages/job';
import type { CapturedPage } from '../../core/pages/page';
import { putIngestJob } from '../../storage/pages/jobs';
import { newIngestJob } from '../../storage/pages/new-ingest-job';
import { findSavedPage } from '../../storage/pages/pages';
import type { Job, Library, StoredPage } from '../../storage/schema';

export interface StoreCaptureTools {
  readonly library: Library;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Stores a captured page as a job, wherever it was read. Once this resolves, the page cannot be lost. */
export async function storeCapture(page: CapturedPage, { library, now, newId }: StoreCaptureTools): Promise<Job> {
  return putIngestJob(library, page, ingestJob(page, await findSavedPage(library, page), { now, newId }));
}

interface IngestJobTools extends Omit<StoreCaptureTools, 'library'> {
  readonly imported?: ImportedFrom;
}

/** How a job is made for a page, given the one that waits for the same page already. */
export function ingestJob(
  page: CapturedPage,
  saved: StoredPage | undefined,
  { now, newId, imported }: IngestJobTools,
): (waiting: Job | undefined) => Job {
  return (waiting) => {
    const from = imported ?? waiting?.imported;
    return newIngestJob(
      {
        canonicalUrl: page.canonicalUrl,
        title: page.title,
        ...(saved ? { pageId: saved.id } : {}),
        ...(from ? { imported: from } : {}),
        ...(page.source === 'selection' ? { isSelection: true } : {}),
        ...(waiting?.isApart ? { isApart: true } : {}),
      },
      { waiting, now, newId },
    );
  };
}
