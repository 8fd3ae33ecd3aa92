import type { ImportItem, ImportSource } from '../core/import/import-item';
import type { Problem } from '../core/problem';
import type { EmbeddingCost } from '../core/vectors/embedding-cost';

/** What embedding imported pages is likely to come to. */
export interface ImportEstimate {
  /** The embedding model that is set. */
  readonly model: string;
  readonly tokensPerPage: number;
  /** Whether that is the mean of what has come in, and no assumption. */
  readonly isMeasured: boolean;
  readonly tokens: number;
  readonly cost: EmbeddingCost;
}

/** How far an import is, or how it ended. */
export interface ImportProgress {
  readonly source: ImportSource;
  readonly state: 'running' | 'paused' | 'stopped' | 'done';
  readonly total: number;
  readonly imported: number;
  /** Those that turned out to be in the library when their turn came. */
  readonly alreadySaved: number;
  readonly failed: number;
  /** The match patterns of the sites it fetches from. */
  readonly origins: readonly string[];
  /** Why it does not go on. */
  readonly problem?: Problem;
  /** Absent when no embedding model is set. */
  readonly estimate?: ImportEstimate;
}

export interface ImportFailure {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly problem: Problem;
}

/** What the panel may ask of the worker about the one import that there may be at a time. */
export interface ImportRequests {
  /** Nothing when there is none, or its outcome has been put aside. */
  'import/status': { data: null; reply: ImportProgress | null };
  /** Nothing when no embedding model is set. */
  'import/estimate': { data: { pages: number }; reply: ImportEstimate | null };
  /** Which of these addresses are those of saved pages, by their places in the list. */
  'import/known': { data: { urls: readonly string[] }; reply: readonly number[] };
  /** Makes a new import; it begins when its items have been added and it is resumed. `delayMs` between two requests to a host: a second unless told otherwise. */
  'import/begin': {
    data: { source: ImportSource; origins: readonly string[]; delayMs?: number };
    reply: { importId: string };
  };
  'import/add': { data: { importId: string; items: readonly ImportItem[] }; reply: null };
  /** Begins, or goes on. What `holder` was lent for it (see `access/borrow`) is the import's from then on. */
  'import/resume': { data: { holder: string }; reply: null };
  'import/pause': { data: null; reply: null };
  /** Fetches no more. What has been imported stays. */
  'import/stop': { data: null; reply: null };
  /** Forgets the import; what has been imported stays. */
  'import/dismiss': { data: null; reply: null };
  'import/failures': { data: null; reply: readonly ImportFailure[] };
  /** Tries failed pages again: one of them, or all. `holder` as for `import/resume`. */
  'import/retry': { data: { number?: number; holder: string }; reply: null };
}
