import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { Brand } from '../core/brand';
import type { SegmentSize } from '../core/choose-merge';
import type { Conversation, ConversationId, Message, MessageId } from '../core/conversation';
import type { IngestStep, JobId } from '../core/job';
import type { CapturedPage, Page, PageId, PageVersion, Passage, PassageId } from '../core/page';
import type { Problem } from '../core/problem';

export type SegmentId = Brand<number, 'SegmentId'>;

export const databaseName = 'commonplace';

/** A piece of work that outlives the worker. `ingest` makes a captured page searchable; `embed` adds vectors to a page that is. */
export interface Job {
  readonly id: JobId;
  readonly kind: 'ingest' | 'embed';
  readonly pageId: PageId;
  readonly canonicalUrl: string;
  readonly title: string;
  readonly createdAt: number;
  readonly step: IngestStep;
  readonly attempts: number;
  /** Not to be tried before this time, in milliseconds since 1970. `Infinity` when only the person can set it going again. */
  readonly notBefore: number;
  readonly problem?: Problem;
}

/** A page with every address that it is known by: a tab must be recognised by the address it shows, whatever the page calls itself. */
export interface StoredPage extends Page {
  readonly addresses: readonly string[];
}

/** Vectors already paid for, kept until the job commits. */
export interface StagedVectors {
  readonly modelKey: string;
  /** The hash of the text that was embedded: vectors of another text are of no use. */
  readonly contentHash: string;
  readonly vectors: readonly Float32Array[];
}

/** Passages `slab * slabSize` and up. */
export interface LengthSlab {
  /** In terms; 0 where there is no such passage, or it was deleted. */
  readonly lengths: Uint16Array<ArrayBuffer>;
}

/** What has to be undone when a page leaves the index. */
export interface IndexedPage {
  readonly pageId: PageId;
  readonly firstPassageId: PassageId;
  readonly passageCount: number;
  readonly totalLength: number;
  readonly analyzerVersion: number;
  readonly vectorSlabs: readonly { readonly modelKey: string; readonly slab: number }[];
}

/** A part of the lexical index: the postings of a run of passages. Never changed but for the count of its dead; merges replace it. */
export interface Segment extends SegmentSize {
  readonly id: SegmentId;
  /** A term's postings are in the table number `hashTerm(term) % buckets`. */
  readonly buckets: number;
  /** Of its tables together. */
  readonly bytes: number;
  /** True while a merge writes its tables: no part of the index yet. */
  readonly unfinished?: true;
}

export interface VectorSlab {
  readonly dimensions: number;
  readonly count: number;
  /** Ids of the passages; 0 where one was deleted. As long as `count`. */
  readonly passageIds: Uint32Array<ArrayBuffer>;
  readonly scales: Float32Array<ArrayBuffer>;
  readonly codes: Int8Array<ArrayBuffer>;
}

/** Kept up to date within the transactions that change them, so that no search has to count. */
export interface LibraryTotals {
  readonly pages: number;
  readonly passages: number;
  /** Terms in all passages. */
  readonly length: number;
  /** 0 stands for «none», so ids begin at 1. They are never used again. */
  readonly nextPassageId: number;
  readonly nextSegmentId: number;
}

export const emptyTotals: LibraryTotals = { pages: 0, passages: 0, length: 0, nextPassageId: 1, nextSegmentId: 1 };

/** The one description of what is kept. A change here needs a new version number and a step in `migrations.ts`. */
export interface LibrarySchema extends DBSchema {
  pages: { key: PageId; value: StoredPage; indexes: { byCanonicalUrl: string; byAddress: string; bySavedAt: number } };
  versions: { key: [PageId, number]; value: PageVersion };
  /** Passages of the current versions only. */
  passages: { key: PassageId; value: Passage };
  segments: { key: SegmentId; value: Segment };
  /** [segment, bucket]; the bytes are `packTermTable`'s. */
  termTables: { key: [SegmentId, number]; value: Uint8Array<ArrayBuffer> };
  lengths: { key: number; value: LengthSlab };
  indexedPages: { key: PageId; value: IndexedPage };
  /** [model key, slab number] */
  vectors: { key: [string, number]; value: VectorSlab };
  totals: { key: 'library'; value: LibraryTotals };
  jobs: { key: JobId; value: Job; indexes: { byCanonicalUrl: string; byPage: PageId } };
  /** What a job has to work on, apart from it, so that listing jobs stays light. */
  captures: { key: JobId; value: CapturedPage };
  /** [job, the first passage of the batch, counted from 0 within the page] */
  stagedVectors: { key: [JobId, number]; value: StagedVectors };
  conversations: { key: ConversationId; value: Conversation; indexes: { byUpdatedAt: number } };
  messages: { key: MessageId; value: Message; indexes: { byConversation: [ConversationId, number] } };
}

export type Library = IDBPDatabase<LibrarySchema>;
export type LibraryStore = StoreNames<LibrarySchema>;
export type WriteTransaction<Stores extends LibraryStore[] = LibraryStore[]> = IDBPTransaction<LibrarySchema, Stores, 'readwrite'>;
