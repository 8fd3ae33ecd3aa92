import type { Cost } from '../core/models/model-prices';
import type { PageId } from '../core/pages/page';
import type { SuggestedQuestion } from '../core/prompt/suggest-questions';

export interface PageSuggestions {
  /** The likeliest first, from the headings of the page; no model is asked. */
  readonly questions: readonly SuggestedQuestion[];
  /** What asking the model that is set is likely to cost; absent when there is none. */
  readonly modelCost?: Cost;
}

export interface ModelSuggestions {
  readonly questions: readonly string[];
  readonly model: string;
  /** What it cost. */
  readonly cost: Cost;
}

/** What could be asked of a page that is saved. */
export interface SuggestionRequests {
  'suggestions/read': { data: { pageId: PageId }; reply: PageSuggestions };
  /** Sends the beginning of the page to the model that is set. Null: it was stopped. */
  'suggestions/ask-model': { data: { pageId: PageId }; reply: ModelSuggestions | null };
  /** Ends every `suggestions/ask-model` about the page that is under way. */
  'suggestions/stop': { data: { pageId: PageId }; reply: null };
}
