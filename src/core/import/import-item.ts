/** A page that another program kept, as its file tells of it. */
export interface ImportItem {
  /** A web address; for a text that came without one, what `noteAddress` makes of its place in the files. */
  readonly url: string;
  readonly title?: string;
  /** As `tidyTags` gives them; folders are tags too. */
  readonly tags: readonly string[];
  /** Milliseconds since 1970. */
  readonly savedAt?: number;
  readonly isArchived?: true;
  /** Its text, if the file has it: then nothing is fetched. */
  readonly text?: ImportedText;
}

export interface ImportedText {
  readonly kind: 'markdown' | 'html';
  readonly content: string;
}

/** Why something in a file cannot be imported. */
export type ImportIssueReason =
  | 'no-address'
  | 'not-web-address' // `javascript:`, `data:`, `file:` and the like
  | 'address-too-long'
  | 'malformed' // what stands there is not what its format asks for
  | 'no-text'
  | 'too-large'
  | 'unreadable-file';

export interface ImportIssue {
  readonly reason: ImportIssueReason;
  /** Counted from 1; absent when it is about a whole file. */
  readonly line?: number;
  /** The file within a folder or an archive. */
  readonly file?: string;
  /** The beginning of what stands there. */
  readonly excerpt?: string;
}

/** Where a list of pages came from. */
export type ImportSource =
  | 'bookmarks'
  | 'history'
  | 'bookmark-file'
  | 'pocket'
  | 'instapaper'
  | 'omnivore'
  | 'readwise'
  | 'table' // a CSV file of none of the programs known here
  | 'markdown';

export interface ParsedImport {
  readonly source: ImportSource;
  /** Each address once. */
  readonly items: readonly ImportItem[];
  /** At most `maximumIssues` of them. */
  readonly issues: readonly ImportIssue[];
  readonly issueCount: number;
  /** How many entries had an address that was there already. */
  readonly duplicates: number;
}

/** More than anybody reads, few enough to show. */
export const maximumIssues = 1_000;

/**
 * Work that is done in pieces: it yields now and then the share that is done, from 0 to 1, so that whoever does it may let others have their turn.
 */
export type InPieces<Result> = Generator<number, Result, void>;
