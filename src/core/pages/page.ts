import type { Brand } from '../brand';
import type { Span } from '../text/span';
import type { Locator } from './locators';
import type { Selection } from './selections';

export type PageId = Brand<string, 'PageId'>;
/** Small and dense, so that lists of passages pack well. */
export type PassageId = Brand<number, 'PassageId'>;

/** What a saved text was, where it was no web page. */
export type PageSource = 'pdf' | 'text' | 'selection' | 'video';

/** What a content script reads from a tab: everything kept of a page, before it is cut up. */
export interface CapturedPage {
  /** The address shown in the tab. */
  readonly url: string;
  /** The address the page is filed under: the page's own canonical one if it names one on the same site, without tracking parameters or fragment. */
  readonly canonicalUrl: string;
  readonly title: string;
  /** The site's name for itself, else its host. */
  readonly site: string;
  readonly byline?: string;
  /** ISO 8601, a date or a date and time. */
  readonly published?: string;
  /** BCP 47, as the page declares it. */
  readonly language?: string;
  /** Absent: a web page. */
  readonly source?: PageSource;
  /** The main content as Markdown. */
  readonly markdown: string;
  /** Of a selection: which stretch of the Markdown was selected. The rest is what it stands in. */
  readonly chosen?: Span;
  /** Where the text stands in what it was taken from: the pages of a PDF, the seconds of a video. By rising `start`. */
  readonly locators?: readonly Locator[];
  /** Milliseconds since 1970. */
  readonly capturedAt: number;
  /** From 0 to 1: less than 1 when the page was longer than `maxCapturedCharacters`. */
  readonly shareRead: number;
}

/** The longest text kept of one page, in UTF-16 code units: about 350,000 English words. */
export const maxCapturedCharacters = 2_000_000;

/** A saved page: what is known of it, without its text. */
export interface Page {
  readonly id: PageId;
  readonly canonicalUrl: string;
  readonly url: string;
  readonly title: string;
  readonly site: string;
  readonly byline?: string;
  readonly published?: string;
  readonly language?: string;
  /** Absent: a web page. */
  readonly source?: PageSource;
  /** As `tidyTags` gives them. */
  readonly tags?: readonly string[];
  /** What the page calls itself, when the person has given it the name that is its `title`. */
  readonly ownTitle?: string;
  /** By the person, in plain text. */
  readonly note?: string;
  /** When it was first saved, and when the current version was captured; milliseconds since 1970. */
  readonly savedAt: number;
  readonly capturedAt: number;
  /** The current version, counted from 1. */
  readonly version: number;
  readonly passageCount: number;
  readonly shareRead: number;
  /** The models whose vectors this page has (see `EmbeddingModel.key`): two while one takes the other's place. Absent when there are none. */
  readonly embeddedWith?: readonly string[];
  /** What the person selected on it and saved. */
  readonly selections?: readonly Selection[];
  /** Where nearly the same text was met. Only its likeness tells that it is this page. */
  readonly otherAddresses?: readonly OtherAddress[];
}

/** Another address of a page, as shown in a tab and as what is read there is filed. */
export interface OtherAddress {
  readonly url: string;
  readonly canonicalUrl: string;
}

/** The text of a page as it was captured once. Never changed: citations point into it. */
export interface PageVersion {
  readonly pageId: PageId;
  readonly version: number;
  /** Markdown. All offsets of passages count UTF-16 code units into it. */
  readonly text: string;
  /** As in `CapturedPage`. */
  readonly locators?: readonly Locator[];
  readonly contentHash: string;
  readonly capturedAt: number;
  /** Where it was read, when that was at one of the page's other addresses. */
  readonly url?: string;
}

/** A passage: a stretch of one version's text, the unit that is searched for and cited. */
export interface Passage {
  readonly id: PassageId;
  readonly pageId: PageId;
  readonly version: number;
  /** `text.slice(start, end)` of the version is the passage. */
  readonly start: number;
  readonly end: number;
  /** The headings it stands under, outermost first. */
  readonly headingPath: readonly string[];
  /** See `PassageSpan`. */
  readonly startsInCode?: true;
}
