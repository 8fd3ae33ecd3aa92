import {
  type DraftDecision,
  type DraftId,
  type DraftRunId,
  draftId,
  draftsOfPage,
  type ExampleDraft,
} from '../../core/tuning/drafts/example-draft';
import type { TuningExample } from '../../core/tuning/example';
import { type ExampleId, exampleId } from '../../core/tuning/stored-example';
import type { Library } from '../schema';

// Drafts have a store of their own, so that nothing that reads examples can come upon one that nobody has approved.

/**
 * Stores what a run has made of a page, all or none. Where another worker was first, what that one has stored stays: it may have been decided about.
 * @returns how many there are of the page
 */
export async function putDraftsOfPage(
  library: Library,
  run: DraftRunId,
  page: number,
  drafts: readonly Omit<ExampleDraft, 'id'>[],
): Promise<number> {
  const { store, done } = library.transaction('exampleDrafts', 'readwrite', { durability: 'strict' });
  const known = await store.count(rangeOf(run, page));
  if (known === 0) for (const [index, draft] of drafts.entries()) void store.put({ ...draft, id: draftId(run, page, index) });
  await done;
  return known || drafts.length;
}

/** In the order in which they were drafted. */
export function listDrafts(library: Library): Promise<ExampleDraft[]> {
  return library.getAll('exampleDrafts');
}

export function readDraft(library: Library, id: DraftId): Promise<ExampleDraft | undefined> {
  return library.get('exampleDrafts', id);
}

/** How many a run has made of a page. */
export function countDraftsOfPage(library: Library, run: DraftRunId, page: number): Promise<number> {
  return library.count('exampleDrafts', rangeOf(run, page));
}

function rangeOf(run: DraftRunId, page: number): IDBKeyRange {
  const begin = draftsOfPage(run, page);
  return IDBKeyRange.bound(begin, `${begin}\uffff`);
}

export interface DecisionTools {
  readonly now: () => number;
  readonly newId: () => string;
}

/**
 * Decides about drafts, all or none: those for which `decide` gives an example become that example, others are rejected. Those that are decided already, or
 * gone, stay as they are.
 * @returns how many were decided
 */
export async function decideDrafts(
  library: Library,
  ids: readonly DraftId[],
  decide: (draft: ExampleDraft) => TuningExample | undefined,
  { now, newId }: DecisionTools,
): Promise<number> {
  const transaction = library.transaction(['exampleDrafts', 'examples'], 'readwrite', { durability: 'strict' });
  const drafts = transaction.objectStore('exampleDrafts');
  const all = await drafts.getAll();
  const at = Math.max(now(), lastDecisionAt(all) + 1);
  const wanted = new Set(ids);
  const decided = all.filter(({ id, decision }) => wanted.has(id) && !decision);
  for (const [index, draft] of decided.entries()) {
    const example = decide(draft);
    const id = exampleId(at, `${String(index).padStart(9, '0')}-${newId().slice(0, 8)}`);
    const decision: DraftDecision = example ? { kind: 'approved', at, exampleId: id } : { kind: 'rejected', at };
    void drafts.put({ ...draft, decision });
    if (example) void transaction.objectStore('examples').put({ id, createdAt: at, example });
  }
  await transaction.done;
  return decided.length;
}

/**
 * Takes back what was decided last, with all that was decided together with it. An example that was changed since stays in the set, and its draft approved:
 * where that leaves nothing to take back, it is the decision before.
 * @returns those that are undecided again
 */
export async function undecideLastDrafts(library: Library): Promise<DraftId[]> {
  const transaction = library.transaction(['exampleDrafts', 'examples', 'deletedExamples'], 'readwrite', { durability: 'strict' });
  const [drafts, examples] = [transaction.objectStore('exampleDrafts'), transaction.objectStore('examples')];
  const deleted = transaction.objectStore('deletedExamples');
  const all = await drafts.getAll();
  const undone: DraftId[] = [];
  for (let left = all; left.length > 0 && undone.length === 0; ) {
    const at = lastDecisionAt(left);
    for (const { decision, ...draft } of left) {
      if (decision?.at !== at) continue;
      const approvedId: ExampleId | undefined = decision.kind === 'approved' ? decision.exampleId : undefined;
      const example = approvedId === undefined ? undefined : ((await examples.get(approvedId)) ?? (await deleted.get(approvedId))?.stored);
      if (example?.revision) continue;
      if (example) {
        void examples.delete(example.id);
        // Nor can it be put back: the draft would be undecided and in the set.
        void deleted.delete(example.id);
      }
      void drafts.put(draft);
      undone.push(draft.id);
    }
    left = left.filter(({ decision }) => decision && decision.at < at);
  }
  await transaction.done;
  return undone;
}

/** Puts away those that are decided; what became of them stays. */
export async function deleteDecidedDrafts(library: Library): Promise<void> {
  const { store, done } = library.transaction('exampleDrafts', 'readwrite', { durability: 'strict' });
  for (const { id, decision } of await store.getAll()) if (decision) void store.delete(id);
  await done;
}

/**
 * Adds one of a backup, once its examples are there; what is there stays. One that was approved while the backup was made, too late for its example to be
 * in it, can be decided about again.
 */
export async function restoreDraft(library: Library, restored: ExampleDraft): Promise<void> {
  const transaction = library.transaction(['exampleDrafts', 'examples'], 'readwrite', { durability: 'strict' });
  const drafts = transaction.objectStore('exampleDrafts');
  if ((await drafts.getKey(restored.id)) === undefined) {
    const { decision, ...draft } = restored;
    const isLost = decision?.kind === 'approved' && !(await transaction.objectStore('examples').getKey(decision.exampleId));
    await drafts.put(isLost ? draft : restored);
  }
  await transaction.done;
}

function lastDecisionAt(drafts: readonly ExampleDraft[]): number {
  return drafts.reduce((last, { decision }) => Math.max(last, decision?.at ?? 0), 0);
}
