import type { JobId } from '../../core/pages/job';
import type { PageId } from '../../core/pages/page';
import type { Job } from '../schema';

/** What is known of the page; what is not said is made up, or taken from the job that waits for it already. */
export type NewIngest = Pick<Job, 'canonicalUrl' | 'title'> &
  Partial<Pick<Job, 'pageId' | 'createdAt' | 'step' | 'imported' | 'isApart' | 'isSelection'>>;

interface NewIngestTools {
  readonly waiting?: Job | undefined;
  readonly now: () => number;
  readonly newId: () => string;
}

/** A job that makes a page searchable, from its beginning. */
export function newIngestJob(about: NewIngest, { waiting, now, newId }: NewIngestTools): Job {
  return {
    id: waiting?.id ?? (newId() as JobId),
    kind: 'ingest',
    pageId: waiting?.pageId ?? (newId() as PageId),
    createdAt: waiting?.createdAt ?? now(),
    step: 'received',
    attempts: 0,
    notBefore: 0,
    ...about,
  };
}
