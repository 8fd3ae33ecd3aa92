import type { IngestProgress } from '../core/pages/job';
import type { Problem } from '../core/problem';
import type { TuningStage } from '../core/retrieval-tuning/tuning-figures';
import type { JudgementId } from '../core/tuning/judging/judgement';
import type { ExampleId } from '../core/tuning/stored-example';

/** The name of the Port on which an open panel is told what changes. The worker resumes its queue when one connects. */
export const libraryPort = 'library';

export type LibraryEvent =
  | { readonly type: 'ingest-progress'; readonly progress: IngestProgress }
  /** A page was added, changed or deleted, or a job was discarded: read the overview again. */
  | { readonly type: 'library-changed' }
  /** How far the vectors of the library are, or which of them are used, has changed: read the status of embedding again. */
  | { readonly type: 'embedding-changed' }
  /** How far the counting is of what giving all pages vectors would send (see `embedding/backlog`). */
  | { readonly type: 'backlog-counted'; readonly pagesCounted: number; readonly totalPages: number }
  /** How far a restore is has changed: read its status again. */
  | { readonly type: 'restore-changed' }
  /** A backup was made by itself, or was not: read its schedule again. */
  | { readonly type: 'backup-changed' }
  /** An import is further, has stopped or has ended: read its status again. */
  | { readonly type: 'import-changed' }
  /** Something was spent, or what may be has changed: read the status of spending again. */
  | { readonly type: 'spending-changed' }
  /** How far the training of search is, or without a stage, that it has ended, with what kept it from its end, or was undone: read its status again. */
  | { readonly type: 'search-tuning'; readonly stage?: TuningStage; readonly percent?: number; readonly problem?: Problem }
  /** The person has made, changed, hidden or deleted an assistant. */
  | { readonly type: 'assistants-changed' }
  /** The rules for saving by itself, a pause, or the sites that may be read have changed. */
  | { readonly type: 'auto-save-changed' }
  /** The person opened a tab to the extension (by its icon, shortcut or menu): its status may have changed. */
  | { readonly type: 'tab-granted'; readonly tabId: number }
  /** How far a check of the examples is. */
  | { readonly type: 'examples-checked'; readonly done: number; readonly total: number }
  /** An example was changed, or without an id, any of them were added, changed or deleted: read them again. */
  | { readonly type: 'examples-changed'; readonly id?: ExampleId }
  /** A job of training was begun, is further, has ended or was taken off the list: read them again. */
  | { readonly type: 'tuning-jobs-changed' }
  /** How far the counting of what would be trained is (see `tuning-jobs/estimate` and `tuning-jobs/start`). */
  | { readonly type: 'tuning-set-counted'; readonly done: number; readonly total: number }
  /** Pairs were drafted, or decided about: read the list of them again. */
  | { readonly type: 'drafts-changed' }
  /** A comparison of two models is further, was voted on or has ended: read it again. */
  | { readonly type: 'judgement-changed'; readonly id: JudgementId }
  /** A save by shortcut or menu came to nothing. */
  | { readonly type: 'save-failed'; readonly tabId: number; readonly problem: Problem };
