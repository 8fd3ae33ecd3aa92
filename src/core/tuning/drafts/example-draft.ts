import type { Brand } from '../../brand';
import type { PageId } from '../../pages/page';
import type { TuningExample } from '../example';
import type { ExampleId } from '../stored-example';

/** Sorts as they were drafted. */
export type DraftId = Brand<string, 'DraftId'>;
/** One time that the person had pairs drafted. */
export type DraftRunId = Brand<string, 'DraftRunId'>;

/** How much of an answer its page bears out. */
export interface DraftSupport {
  /** Sentences that the page's passages bear out. */
  readonly supported: number;
  /** Those that could be compared with them. */
  readonly claims: number;
  /** The sentences of the page that bear them out, as a reader sees them. */
  readonly quotes: readonly string[];
  /** Numbers and names that stand nowhere in the passages. */
  readonly unknown: readonly string[];
}

/** What the person made of a draft, and when, in milliseconds since 1970; what was decided together has the same time, and no other has it. */
export type DraftDecision =
  | { readonly kind: 'approved'; readonly at: number; readonly exampleId: ExampleId }
  | { readonly kind: 'rejected'; readonly at: number };

/** A pair that a model has written. It is kept apart from the examples, which it becomes one of only when the person approves it. */
export interface ExampleDraft {
  readonly id: DraftId;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** What it was written from. */
  readonly pageId: PageId;
  readonly version: number;
  readonly capturedAt: number;
  readonly model: string;
  readonly example: TuningExample;
  readonly support: DraftSupport;
  /** Absent until the person has decided. */
  readonly decision?: DraftDecision;
}

/** @param run sorts as it was begun */
export function draftId(run: DraftRunId, page: number, pair: number): DraftId {
  return `${draftsOfPage(run, page)}${String(pair).padStart(3, '0')}` as DraftId;
}

/** What the ids begin with of all drafts that one run made of one page. */
export function draftsOfPage(run: DraftRunId, page: number): string {
  return `${run}-${String(page).padStart(4, '0')}-`;
}

/** Whether it wants a look before it is learned from: nothing of it is borne out, or it names what the page does not. */
export function isDoubtful({ supported, unknown }: DraftSupport): boolean {
  return supported === 0 || unknown.length > 0;
}
