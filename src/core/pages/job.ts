import type { Brand } from '../brand';
import type { Problem } from '../problem';
import type { PageId } from './page';

export type JobId = Brand<string, 'JobId'>;

/**
 * The steps of making a page searchable, in order; only files are `reading` first. A job's step is stored before the step's work begins,
 * so a worker that starts again knows where to go on.
 */
export type IngestStep = 'reading' | 'received' | 'embedding' | 'indexing' | 'done';

/** What another program knew of a page. It is kept when the page is new here; what the person has said of a page since stays. */
export interface ImportedFrom {
  /** The address it had there, which may lead elsewhere by now. */
  readonly url: string;
  readonly tags: readonly string[];
  /** Milliseconds since 1970. */
  readonly savedAt?: number;
}

/** What the panel is told of a page on its way into the library. */
export interface IngestProgress {
  readonly jobId: JobId;
  /** Known from the start: the id the page has or will have. */
  readonly pageId: PageId;
  readonly canonicalUrl: string;
  readonly title: string;
  readonly step: IngestStep;
  /** From 0 to 100; it falls only when a job begins anew. */
  readonly percent: number;
  /** Set while the job waits to try again, or has given up. */
  readonly problem?: Problem;
  /** When it tries again by itself, in milliseconds since 1970; absent when it has given up. */
  readonly retryAt?: number;
}
