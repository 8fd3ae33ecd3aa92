import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { Assistant, AssistantId } from '../core/assistants/assistant';
import type { Brand } from '../core/brand';
import type { RobotsRules } from '../core/capture/robots-rules';
import type { Conversation, ConversationId, Message, MessageId } from '../core/conversation/conversation';
import type { PictureId, PictureType } from '../core/conversation/picture';
import type { FileKind } from '../core/files/file-kind';
import type { ImportedText, ImportItem, ImportSource } from '../core/import/import-item';
import type { SegmentSize } from '../core/lexical/choose-merge';
import type { ImportedFrom, IngestStep, JobId } from '../core/pages/job';
import type { CapturedPage, Page, PageId, PageVersion, PassageId } from '../core/pages/page';
import type { Reading } from '../core/pages/reading';
import type { Problem } from '../core/problem';
import type { TuningFigures } from '../core/retrieval-tuning/tuning-figures';
import type { VectorTrust } from '../core/search/learn-trust';
import type { UsageId, UsageMonth, UsageRow } from '../core/spending/usage-row';
import type { DraftId, ExampleDraft } from '../core/tuning/drafts/example-draft';
import type { JudgementId, StoredJudgement } from '../core/tuning/judging/judgement';
import type { ExampleId, StoredExample } from '../core/tuning/stored-example';
import type { TuningJob, TuningJobCourse, TuningJobId } from '../core/tuning/training/tuning-job';
import type { PassageVector } from '../core/vectors/quantize-vector';

export type SegmentId = Brand<number, 'SegmentId'>;
export type ImportId = Brand<string, 'ImportId'>;

export const databaseName = 'commonplace';

/** A picture that was made in a conversation, and goes with it. */
export interface StoredPicture {
  readonly id: PictureId;
  readonly conversationId: ConversationId;
  readonly type: PictureType;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

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
  /** Present when the page comes from another program's list. */
  readonly imported?: ImportedFrom;
  /** The person said that it is a page of its own, however alike another's text is. */
  readonly isApart?: true;
  /** It adds a selection to its page, and takes no other capture's place. */
  readonly isSelection?: true;
}

/** A file that waits to be read. */
export interface UnreadFile {
  readonly kind: FileKind;
  readonly file: Blob;
  readonly fileName: string;
  readonly contentType: string;
  /** As `CapturedPage` has them. */
  readonly url: string;
  readonly canonicalUrl: string;
  readonly capturedAt: number;
}

/** A page with every address that it is known by: a tab must be recognised by the address it shows, whatever the page calls itself. */
export interface StoredPage extends Page {
  readonly addresses: readonly string[];
  /** Of the current version's text (see `sketchOf`); absent when it is too short, or was saved before there were any. */
  readonly sketch?: readonly number[];
}

/** Vectors already paid for, kept until the job commits. */
export interface StagedVectors {
  readonly modelKey: string;
  /** The hash of the text that was embedded: vectors of another text are of no use. */
  readonly contentHash: string;
  /** `undefined` where there is none yet: the others were those of the same words in the version before. */
  readonly vectors: readonly (PassageVector | undefined)[];
}

/** Giving every page vectors of one model, page after page. One record for the whole library, so that the queue stays short. */
export interface EmbeddingRun {
  /** What is paid for of the page under way is staged under it. */
  readonly id: JobId;
  readonly modelKey: string;
  /** The last page that was looked at, in the order of their ids; absent at the beginning. */
  readonly lastPageId?: PageId;
  /** How many pages had vectors of the model when all had been looked at last; absent until then. */
  readonly pagesDoneBefore?: number;
  /** By the person, who alone can set it going again. */
  readonly isPaused: boolean;
  readonly tokensSent: number;
  /** How often the page under way was begun. */
  readonly attempts: number;
  /** As in `Job`. */
  readonly notBefore: number;
  readonly problem?: Problem;
}

/** Which models' vectors are kept, and what for. */
export interface VectorModels {
  /** The one whose vectors answer questions; absent before there are any. */
  readonly indexModel?: string;
  readonly run?: EmbeddingRun;
  /** See `learnTrust`; of the model that questions were asked with last. */
  readonly trust?: VectorTrust & { readonly modelKey: string };
  /** Those whose vectors are being deleted, piece by piece. */
  readonly unwanted: readonly string[];
}

/** How search by a model's vectors is tuned to the person. */
export interface StoredTuning {
  /** What came of the last training. */
  readonly last: TuningFigures;
  /** What is used in searches, and the training that it is of; absent when nothing was better than search as it is. */
  readonly used?: {
    readonly figures: TuningFigures;
    /** As `SearchQuery` has it. */
    readonly trust: number;
    /** Floats of a `QuestionMap`, one after the other; absent when questions stay as they are. */
    readonly map?: {
      readonly dimensions: number;
      readonly rank: number;
      readonly bytes: Uint8Array<ArrayBuffer>;
      /** Of the bytes, when they were written. */
      readonly checksum: number;
    };
  };
}

/** The two files of a job, by the side of the split that is in them. */
export type TuningSide = 'training' | 'validation';

/** A job of training at a service: what is shown of it, and what its runner must know to go on where another worker died. */
export interface StoredTuningJob {
  readonly id: TuningJobId;
  readonly job: TuningJob;
  /** By which the person's wish for it is known when it is heard again; absent where it comes from a backup. */
  readonly wish?: string;
  /** Counts who has taken it up. What an earlier one still wants to note is no longer heard. */
  readonly turn: number;
  /** How often in a row it could not be gone on with. */
  readonly failures: number;
  /** Not to be tried before this time, in milliseconds since 1970. `Infinity` when only the person can set it going again. */
  readonly notBefore: number;
  /** When the service said last how it is. */
  readonly lookedAt?: number;
  /** How often in a row it said what it had said before. */
  readonly unchangedLooks: number;
  /** How far the sending of each file is, in the service's own words. */
  readonly uploads: Readonly<Partial<Record<TuningSide, { readonly sentBytes: number; readonly token?: string }>>>;
  /** When the service was asked to create it, while its reply is not known, in milliseconds since 1970: it may be there already. */
  readonly creationSentAt?: number;
  /** The service answered the wish to create it with what cannot be read. */
  readonly isCreationUnread?: true;
  /** How often it was asked to create it, gave no answer, and listed no such job; counted anew when the person tries again. */
  readonly unansweredCreations?: number;
  /** It comes from a backup, which has no files to send: it can only be found at the service. */
  readonly isRestored?: true;
  /** The service has taken the wish to cancel. */
  readonly isCancelSent?: true;
  /** What is to be done once it has ended. */
  readonly leftToDo: readonly ('settle' | 'tell-course' | 'announce')[];
  /** It has ended, and the person has not seen that. */
  readonly isUnseen?: true;
}

export const noVectorModels: VectorModels = { unwanted: [] };

/**
 * Passages that follow one another on a page, by columns: a record for each would be half of all that saving a page writes. Kept under the id of the
 * last, so that the first record from a passage's id on is the one that holds it.
 */
export interface PassageRun {
  readonly pageId: PageId;
  readonly version: number;
  readonly firstId: PassageId;
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
  /** Each heading path of the run once, and which of them each passage has. */
  readonly headingPaths: readonly (readonly string[])[];
  readonly headings: Uint8Array<ArrayBuffer>;
  /** Places in the run of the passages that start in code; absent when none does. */
  readonly startsInCode?: readonly number[];
}

/** Passages `slab * slabSize` and up. */
export interface LengthSlab {
  /** In terms; 0 where there is no such passage, or it was deleted. */
  readonly lengths: Uint16Array<ArrayBuffer>;
  /** True while it is made anew: of passages whose length is 0 there may be some that are there. */
  readonly isIncomplete?: true;
  /** Of all of it, when it was written; earlier versions had none. */
  readonly checksum?: number;
}

/** Pages that begin in one stretch of passage ids, by columns: at each index what belongs to one page. See `scope-slabs.ts`. */
export interface ScopeSlab {
  readonly pageIds: readonly PageId[];
  readonly titles: readonly string[];
  readonly hosts: readonly string[];
  /** The tags of each page, with commas between them. */
  readonly tags: readonly string[];
  readonly savedAt: Float64Array<ArrayBuffer>;
  readonly capturedAt: Float64Array<ArrayBuffer>;
  readonly firstPassageIds: Uint32Array<ArrayBuffer>;
  readonly passageCounts: Uint32Array<ArrayBuffer>;
  /** From 0 to 1. */
  readonly sharesRead: Float32Array<ArrayBuffer>;
}

/** A page that the person has deleted: hidden at once, and gone for good at this time, in milliseconds since 1970. Those deleted together have the same. */
export interface Deletion {
  readonly pageId: PageId;
  readonly deleteAt: number;
}

/** The same of a conversation. */
export interface ConversationDeletion {
  readonly conversationId: ConversationId;
  readonly deleteAt: number;
}

/** What has to be undone when a page leaves the index. */
export interface IndexedPage {
  readonly pageId: PageId;
  readonly firstPassageId: PassageId;
  readonly passageCount: number;
  readonly totalLength: number;
  /** By whose rules its words are stemmed, ISO 639-1; absent when it is not known. */
  readonly language?: string;
  readonly vectorBlocks: readonly { readonly modelKey: string; readonly block: number }[];
  /** What its passages come to as they are sent to an embedding model, and what that holds for; absent until it is counted. */
  readonly embeddingTokens?: { readonly title: string; readonly tokens: number; readonly textVersion: number };
}

/** A part of the lexical index: the postings of a run of passages. Never changed but for what is known of it; merges replace it. */
export interface Segment extends SegmentSize {
  readonly id: SegmentId;
  /** Of its dictionary and blocks together. */
  readonly bytes: number;
  /** How many records its dictionary and its postings are in: a missing one must not go unnoticed. */
  readonly stretches: number;
  readonly blocks: number;
  /** In how many records, behind its stretches, stands where its grams are; absent: all its terms have to be looked through, for it is small, or was made by an older version. */
  readonly gramRecords?: number;
  /** By whose rules its words were stemmed, ISO 639-1, and in how many passages. */
  readonly languages: Readonly<Record<string, number>>;
  readonly analyzerVersion: number;
  /** True while a merge writes it: no part of the index yet. */
  readonly unfinished?: true;
  /** True when it can't be read: its passages are not found by words until it is made anew from their text. */
  readonly damaged?: true;
  /** Passages before this one were made anew by today's rules: in segments that take its place once all of it is, until when it is searched itself. */
  readonly renewedTo?: PassageId;
  /** Whose place it takes, together with others; until then no part of the index. */
  readonly successorOf?: SegmentId;
  /** True when of where its grams are something can't be read: all its terms are looked through until it is written anew. */
  readonly gramsDamaged?: true;
}

/** Vectors of a model, side by side; see `vector-records.ts` for what the bytes are. */
export interface PackedVectors {
  readonly dimensions: number;
  readonly count: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of the bytes, when they were written. */
  readonly checksum: number;
}

/** The stores that hold vectors: they change together. */
export const vectorStores = ['vectorIndexes', 'vectorBlocks', 'vectorSigns'] as const;

/** A run of places for vectors; places are never used again. */
export interface VectorSlab {
  readonly number: number;
  readonly dimensions: number;
  /** Places used, from the first on. */
  count: number;
  /** Vectors that are there still. */
  alive: number;
  /** Its signs are stored, so a search does not read its blocks. */
  isSealed: boolean;
  /** The index's revision when something of the slab was last changed. */
  revision: number;
}

/** What is known of a model's vectors: enough to tell which slabs held in memory are still right. Read, changed and put back within a transaction. */
export interface VectorIndex {
  /** Another one each time the model's index begins anew. */
  readonly generation: string;
  revision: number;
  /** What the vectors' signs are taken around; absent until the first slab is full. */
  centre?: Float32Array<ArrayBuffer>;
  readonly slabs: VectorSlab[];
  /** Its record was damaged: there are blocks of slabs that it does not name, or not yet again. No question goes by it. */
  isIncomplete?: true;
  /** Slabs of which blocks are lost, since this revision at the latest, while pages may count as embedded still that had vectors in them. */
  losses?: { readonly slabs: readonly number[]; readonly revision: number };
}

/**
 * As it is stored. Each page that is saved writes it anew, so its slabs are packed: 11 bytes a slab, 19 kB for a million vectors of 1,536 dimensions. As objects
 * they took 80, and by 114,000 vectors might have been more than the database keeps in its log, so that each page had to wait for the disk (`durabilityOf`).
 */
export interface StoredVectorIndex extends Omit<VectorIndex, 'slabs'> {
  /** Of each slab, one integer after the other: number, dimensions, count, alive, 1 if it is sealed or else 0, revision. */
  readonly packedSlabs?: Uint8Array<ArrayBuffer>;
  /** Of all the rest, when it was written; earlier versions had none. */
  readonly checksum?: number;
  /** As earlier versions wrote them. */
  readonly slabs?: VectorSlab[];
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
  /** Raised with every change of `scopeSlabs`; absent before the first. */
  readonly listRevision?: number;
  /** Raised when lengths are counted anew of passages that stay; absent before the first time. */
  readonly lengthsRevision?: number;
}

export const emptyTotals: LibraryTotals = { pages: 0, passages: 0, length: 0, nextPassageId: 1, nextSegmentId: 1 };

/** An import under way, or one that has ended and whose outcome has not been put aside. There is one at a time. */
export interface ImportRecord {
  readonly id: ImportId;
  readonly source: ImportSource;
  /** `receiving` until all items are stored: what is left of it then is swept away. `stopped` by the person, `done` by itself. */
  readonly state: 'receiving' | 'running' | 'paused' | 'stopped' | 'done';
  readonly createdAt: number;
  readonly total: number;
  readonly imported: number;
  /** Those that turned out to be in the library when their turn came. */
  readonly alreadySaved: number;
  readonly failed: number;
  /** Of the pages imported, estimated. */
  readonly tokens: number;
  /** The match patterns of what is fetched. */
  readonly origins: readonly string[];
  /** Between two requests to one host, unless its robots.txt asks for more. */
  readonly delayMs: number;
  /** What keeps all of it from going on. */
  readonly problem?: Problem;
}

export interface StoredImportItem extends Omit<ImportItem, 'text'> {
  readonly importId: ImportId;
  /** Its place in the list, counted from 0. */
  readonly number: number;
  /** As it would be found among the pages. */
  readonly canonicalUrl: string;
  /** The host, with its port, that is asked for it; empty when its text came along. */
  readonly host: string;
  /** `fetching` is stored before the request goes out. */
  readonly state: 'waiting' | 'fetching' | 'imported' | 'already-saved' | 'failed';
  /** How often it was begun. */
  readonly attempts: number;
  readonly notBefore: number;
  readonly problem?: Problem;
}

/** What an import knows of a host, so that a worker that starts again goes on as politely. */
export interface ImportHost {
  readonly importId: ImportId;
  readonly host: string;
  readonly origin: string;
  /** When it may be asked next, in milliseconds since 1970; `Infinity` when nothing of it waits. */
  readonly nextAt: number;
  /** Absent until they have been fetched. */
  readonly robots?: RobotsRules;
  /** How often in a row it could not be reached. */
  readonly failuresInRow: number;
}

/** The one description of what is kept. A change here needs a new version number and a step in `migrations.ts`. */
export interface LibrarySchema extends DBSchema {
  pages: {
    key: PageId;
    value: StoredPage;
    indexes: { byCanonicalUrl: string; byAddress: string; bySavedAt: number; byModel: string; bySketch: number; byNote: string };
  };
  versions: { key: [PageId, number]; value: PageVersion };
  /** Passages of the current versions only, under the id of the last of each run. */
  passageRuns: { key: PassageId; value: PassageRun };
  segments: { key: SegmentId; value: Segment };
  /** [segment, stretch]; sealed bytes of a `DictionaryWriter`, and behind the last stretch of a `GramIndexWriter`. */
  termDictionaries: { key: [SegmentId, number]; value: Uint8Array<ArrayBuffer> };
  /** [segment, block]; sealed bytes of packed postings. */
  postingBlocks: { key: [SegmentId, number]; value: Uint8Array<ArrayBuffer> };
  lengths: { key: number; value: LengthSlab };
  indexedPages: { key: PageId; value: IndexedPage };
  scopeSlabs: { key: number; value: ScopeSlab };
  deletions: { key: PageId; value: Deletion; indexes: { byDeleteAt: number } };
  /** By model key. */
  vectorIndexes: { key: string; value: StoredVectorIndex };
  /** [model key, block number]: 8-bit codes. */
  vectorBlocks: { key: [string, number]; value: PackedVectors };
  /** [model key, slab number]: the signs of slabs that are full. */
  vectorSigns: { key: [string, number]; value: PackedVectors };
  vectorModels: { key: 'library'; value: VectorModels };
  /** By model key. */
  retrievalTunings: { key: string; value: StoredTuning };
  totals: { key: 'library'; value: LibraryTotals };
  jobs: {
    key: JobId;
    value: Job;
    indexes: { byCanonicalUrl: string; byPage: PageId; byTurn: [Job['kind'], number, number]; byNotBefore: number };
  };
  /** What a job has to work on, apart from it, so that listing jobs stays light. */
  captures: { key: JobId; value: CapturedPage | UnreadFile };
  /** [job, the first passage of the batch, counted from 0 within the page] */
  stagedVectors: { key: [JobId, number]; value: StagedVectors };
  imports: { key: ImportId; value: ImportRecord };
  importItems: {
    key: [ImportId, number];
    value: StoredImportItem;
    indexes: { byTurn: [ImportId, StoredImportItem['state'], string, number] };
  };
  /** The texts of items that came with one, apart from them so that lists stay light. */
  importTexts: { key: [ImportId, number]; value: ImportedText };
  importHosts: { key: [ImportId, string]; value: ImportHost; indexes: { byNextAt: [ImportId, number] } };
  pictures: { key: PictureId; value: StoredPicture; indexes: { byConversation: ConversationId } };
  usage: { key: UsageId; value: UsageRow; indexes: { byDay: string } };
  usageMonths: { key: string; value: UsageMonth };
  conversations: { key: ConversationId; value: Conversation; indexes: { byUpdatedAt: number } };
  conversationDeletions: { key: ConversationId; value: ConversationDeletion; indexes: { byDeleteAt: number } };
  /** Pages that are not in the library: see `Reading`. */
  readings: { key: PageId; value: Reading; indexes: { byConversation: ConversationId } };
  assistants: { key: AssistantId; value: Assistant };
  messages: { key: MessageId; value: Message; indexes: { byConversation: [ConversationId, number] } };
  examples: {
    key: ExampleId;
    value: StoredExample;
    indexes: { byAnswer: MessageId; byConversation: ConversationId; byTag: string; bySplit: string };
  };
  tuningJobs: { key: TuningJobId; value: StoredTuningJob };
  /** [job, side, number]: pieces of a file that is still to be sent, in order; and under `asked` the questions that it trains. Blobs, so that opening one reads none of its bytes. */
  tuningFiles: { key: [TuningJobId, TuningSide | 'asked', number]; value: Blob };
  tuningCourses: { key: TuningJobId; value: TuningJobCourse };
  exampleDrafts: { key: DraftId; value: ExampleDraft };
  /** Comparisons of two models, each as number 0 with its pairs after it. */
  judgements: { key: [JudgementId, number]; value: StoredJudgement; indexes: { byKind: StoredJudgement['kind'] } };
  /** Those deleted together have the same time. */
  deletedExamples: {
    key: ExampleId;
    value: { readonly id: ExampleId; readonly deletedAt: number; readonly stored: StoredExample };
    indexes: { byDeletedAt: number };
  };
}

export type Library = IDBPDatabase<LibrarySchema>;
export type LibraryStore = StoreNames<LibrarySchema>;
export type WriteTransaction<Stores extends LibraryStore[] = LibraryStore[]> = IDBPTransaction<LibrarySchema, Stores, 'readwrite'>;
