import type { LibraryStore } from '../schema';

/**
 * What becomes of each store in a backup. A store that is added to the schema must be given its place here, else this does not compile.
 * - `page`, `capture`, `conversation`, `usage`, `assistant`, `example`, `draft`, `tuning-job`, `judgement`: its records are in the backup, with what they belong to (see
 *   `docs/backup.md`).
 * - `derived`: made anew from what is in the backup, or of no use elsewhere.
 */
export const backupStores: Readonly<
  Record<
    LibraryStore,
    'page' | 'capture' | 'conversation' | 'usage' | 'assistant' | 'example' | 'draft' | 'tuning-job' | 'judgement' | 'derived'
  >
> = {
  pages: 'page',
  versions: 'page',
  // As spans, without their ids, which are given anew.
  passageRuns: 'page',
  // As the vectors of each passage: the signs are taken from them, and where they lie depends on what was stored before.
  vectorBlocks: 'page',
  vectorIndexes: 'derived',
  vectorSigns: 'derived',
  // Of it, which model answers questions; how far a run is holds in the library it runs in.
  vectorModels: 'page',
  // Learned anew from what conversations hold of what was opened and cited.
  retrievalTunings: 'derived',
  segments: 'derived',
  // A page whose deletion can be taken back still is in the backup as any other.
  deletions: 'derived',
  // A conversation too.
  conversationDeletions: 'derived',
  termDictionaries: 'derived',
  postingBlocks: 'derived',
  lengths: 'derived',
  indexedPages: 'derived',
  scopeSlabs: 'derived',
  totals: 'derived',
  captures: 'capture',
  // Pages that wait come back as jobs of their own; what waits for vectors only is offered in Settings.
  jobs: 'derived',
  // Of the one page under way.
  stagedVectors: 'derived',
  // An import under way belongs to the profile that it runs in: the pages it has brought are pages, and its file can be imported again.
  imports: 'derived',
  importItems: 'derived',
  importTexts: 'derived',
  importHosts: 'derived',
  pictures: 'conversation',
  usage: 'usage',
  // Sums of them.
  usageMonths: 'derived',
  assistants: 'assistant',
  examples: 'example',
  // As it is shown, with its course: how far its runner was holds in the browser it ran in.
  tuningJobs: 'tuning-job',
  tuningCourses: 'tuning-job',
  // On their way to the service; the examples they were made of are in the backup.
  tuningFiles: 'derived',
  exampleDrafts: 'draft',
  judgements: 'judgement',
  // Gone in a moment.
  deletedExamples: 'derived',
  conversations: 'conversation',
  messages: 'conversation',
  readings: 'conversation',
};
