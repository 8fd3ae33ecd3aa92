import type { PageId, PassageId } from '../pages/page';

/** What of the library is searched. Every part that is given narrows it; none given is the whole library. */
export interface SearchScope {
  readonly pageIds?: readonly PageId[];
  /** Hosts, in lower case; each stands for the hosts under it too. Any of them will do. */
  readonly sites?: readonly string[];
  readonly excludedSites?: readonly string[];
  /** All of them are wanted. */
  readonly tags?: readonly string[];
  readonly excludedTags?: readonly string[];
  /** Pages read at or after this time, in milliseconds since 1970. */
  readonly after?: number;
  /** Pages read before this time. */
  readonly before?: number;
}

export interface SearchQuery {
  /** In words; those of `phrases` stand in it too, operators do not. See `parseQuery`. */
  readonly text: string;
  /** Wanted word for word. When no passage holds them all, they count as words. */
  readonly phrases?: readonly string[];
  /** No passage that holds one of these words or phrases is given back. */
  readonly excluded?: readonly string[];
  readonly scope?: SearchScope;
  /** The person is still typing: the last word may be the beginning of one. */
  readonly isUnfinished?: boolean;
  /** How many passages to give back at most. */
  readonly limit: number;
  /** Of each page only the best passage whose `wordCoverage` is at least this, so that no more passages are read than it takes to have `limit` pages. */
  readonly onePerPage?: { readonly leastCoverage: number };
  /**
   * The question's vector by the model that the library is embedded with. Absent: words only. `trust` is how far it is to be trusted, as `fuseScores` has it; absent:
   * as far as the questions before have shown, and this one adds to what they have.
   */
  readonly vector?: { readonly modelKey: string; readonly values: Float32Array; readonly trust?: number };
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
  /** Within the scope. */
  readonly pagesSearched: number;
  /** As long as it is the same, no page of the library has come, gone, or got another name, note or tag; absent where other things were searched. */
  readonly listRevision?: number;
  /** Passages that could not be looked at because their part of the index is being rebuilt; absent when there are none. */
  readonly passagesNotSearched?: number;
  /** The similarity from which on a passage bears on the question, by the range of the model's own; absent when searched by words only. */
  readonly relevantSimilarity?: number;
  /** The best first. */
  readonly passages: readonly RankedPassage[];
}

/** Finds passages. What is behind it may change; this may not. */
export interface Searcher {
  search(query: SearchQuery): Promise<SearchResult>;
}
