import type { PageId, PassageId } from './page';

export interface SearchQuery {
  readonly text: string;
  /** How many passages to give back at most. */
  readonly limit: number;
  /** The question's vector by the model that the library is embedded with. Absent: words only. */
  readonly vector?: { readonly modelKey: string; readonly values: Float32Array };
}

export interface RankedPassage {
  readonly passageId: PassageId;
  readonly pageId: PageId;
  readonly version: number;
  readonly start: number;
  readonly end: number;
  readonly headingPath: readonly string[];
  readonly startsInCode?: true;
  /** Higher is better; only comparable within one result. */
  readonly score: number;
  /** From 0 to 1: how much of the question's weight (rare words weigh more) stands in the passage. */
  readonly wordCoverage: number;
  /** From -1 to 1: the cosine to the question's vector; absent when searched by words only. */
  readonly similarity?: number;
}

export interface SearchResult {
  readonly pagesSearched: number;
  /** The best first. */
  readonly passages: readonly RankedPassage[];
}

/** Finds passages. What is behind it may change; this may not. */
export interface Searcher {
  search(query: SearchQuery): Promise<SearchResult>;
}
