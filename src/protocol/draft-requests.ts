import type { AssistantId } from '../core/assistants/assistant';
import type { Cost } from '../core/models/model-prices';
import type { PageId } from '../core/pages/page';
import type { SearchScope } from '../core/search/search';
import type { DraftDecision, DraftId, DraftRunId, ExampleDraft } from '../core/tuning/drafts/example-draft';

/** Pages that are drafted from at once: an evening's worth of deciding. */
export const mostDraftedPages = 50;
export const mostPairsOfPage = 10;

/** What is asked of the model for each page. */
export interface DraftingWish {
  /** How many pairs are wanted of a page. */
  readonly pairs: number;
  /** Whose manner the answers take, and whose instructions become the system prompt of the examples. */
  readonly assistantId?: AssistantId;
}

/** What drafting from the pages of a scope would be. */
export interface DraftingPrice {
  /** The newest of them, at most `mostDraftedPages`. */
  readonly pageIds: readonly PageId[];
  /** How many are in the scope. */
  readonly pagesInScope: number;
  /** Absent when none is set. */
  readonly model?: string;
  readonly cost: Cost;
  /** Present when it would pass what may be spent this month: how much that is, and what is left of it, in US dollars. */
  readonly cap?: { readonly usd: number; readonly leftUsd: number };
}

/** What a list of drafts needs to be told of each. */
export interface DraftSummary {
  readonly id: DraftId;
  /** As `isDoubtful` says. */
  readonly isDoubtful: boolean;
  readonly decision?: DraftDecision['kind'];
}

/** What may be asked of the worker about pairs that a model drafts from pages, and about what the person makes of them. */
export interface DraftRequests {
  'drafts/price': { data: DraftingWish & { scope: SearchScope }; reply: DraftingPrice };
  /**
   * Has the model draft pairs from one page, and keeps them. What a run has drafted of a page already is not asked for again: the request may be sent anew when a
   * worker died over it. Null: it was stopped, and nothing is kept of this page.
   * @param page its place in the run
   * @param model whose price was shown; another that is set by then is sent nothing, and the reply is the problem `drafting-model-changed`
   */
  'drafts/draft': {
    data: DraftingWish & { run: DraftRunId; page: number; pageId: PageId; model: string };
    reply: { drafted: number } | null;
  };
  /** Ends every `drafts/draft` of the run that is under way. */
  'drafts/stop': { data: { run: DraftRunId }; reply: null };
  /** In the order in which they were drafted. */
  'drafts/list': { data: null; reply: readonly DraftSummary[] };
  'drafts/read': { data: { id: DraftId }; reply: ExampleDraft };
  /** Approves a draft, with what the person has written instead of its question or answer, if anything. Those that are decided stay as they are. */
  'drafts/approve': { data: { ids: readonly DraftId[]; written?: { question: string; answer: string } }; reply: null };
  'drafts/reject': { data: { ids: readonly DraftId[] }; reply: null };
  /** Takes the last decision back, of one draft or of many that were decided together. The reply is which they are. */
  'drafts/undo': { data: null; reply: readonly DraftId[] };
  /** Puts away the drafts that are decided. */
  'drafts/put-away': { data: null; reply: null };
}
