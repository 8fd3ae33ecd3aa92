import type { Assistant, AssistantId } from '../core/assistants/assistant';
import type { BackupSchedule, BackupScheduleStatus } from '../core/backup/backup-schedule';
import type { RestoreStatus } from '../core/backup/restore-status';
import type { Access } from '../core/capture/access';
import type { AutoSaveSettings } from '../core/capture/auto-save';
import type { CaptureScript } from '../core/capture/capture-script';
import type { Conversation, ConversationId, Message, MessageId } from '../core/conversation/conversation';
import type { OfferedModel } from '../core/models/offered-model';
import type { Refusal } from '../core/models/refusals';
import type { ModelSettings } from '../core/models/settings';
import type { Facet, PageFilter, PageSort } from '../core/pages/choose-pages';
import type { IngestProgress, JobId } from '../core/pages/job';
import type { CapturedPage, Page, PageId, PageVersion } from '../core/pages/page';
import type { Problem } from '../core/problem';
import type { Snippet } from '../core/search/make-snippet';
import type { SearchScope } from '../core/search/search';
import type { Span } from '../core/text/span';
import type { EmbeddingCost } from '../core/vectors/embedding-cost';
import type { DraftRequests } from './draft-requests';
import type { ExampleRequests } from './example-requests';
import type { ImportRequests } from './import-requests';
import type { JudgementRequests } from './judgement-requests';
import type { PictureRequests } from './picture-requests';
import type { PreviewOrder, PromptPreview } from './prompt-preview';
import type { SpendingRequests } from './spending-requests';
import type { SuggestionRequests } from './suggestion-requests';
import type { TunedSearchRequests } from './tuned-search-requests';
import type { TuningJobRequests } from './tuning-job-requests';

/** What can be said of a tab without reading it. */
export interface TabStatus {
  readonly tabId: number;
  /** Absent while the tab has not been opened to the extension. */
  readonly url?: string;
  readonly title?: string;
  /** Present when this page is in the library already. */
  readonly saved?: Page;
  /** Present while it is on its way into the library. */
  readonly progress?: IngestProgress;
  /** Words of it are selected. */
  readonly hasSelection?: true;
  /** Why it cannot be saved as it stands. */
  readonly refusal?: Problem;
}

export interface PageWithText {
  readonly page: Page;
  readonly version: PageVersion;
}

export type VersionDate = Pick<PageVersion, 'version' | 'capturedAt'>;

export interface ModelSettingsView extends ModelSettings {
  /** The key itself never leaves the worker. */
  readonly hasKey: boolean;
}

export interface ModelConnection {
  readonly baseUrl: string;
  /** Absent: use the stored key. Empty: the server wants none. */
  readonly apiKey?: string;
}

/** What giving vectors to the pages that lack them would take. */
export interface EmbeddingBacklog {
  readonly pages: number;
  readonly passages: number;
  /** Exact, by the o200k_base encoding; other models' tokenizers differ by some percent. */
  readonly tokens: number;
  readonly cost: EmbeddingCost;
}

export interface EmbeddingModelName {
  /** See `EmbeddingModel.key`. */
  readonly key: string;
  readonly name: string;
  /** Of its server. */
  readonly baseUrl: string;
}

/** How far all pages are on their way to having vectors of one model. */
export interface EmbeddingProgress extends EmbeddingModelName {
  /** `stopped` by the problem; `not-chosen` while another model is chosen in the settings. */
  readonly state: 'running' | 'paused' | 'stopped' | 'not-chosen';
  readonly pagesDone: number;
  readonly totalPages: number;
  /** Sent to the model since it began, by the server's count where it gives one. */
  readonly tokensSent: number;
  readonly problem?: Problem;
  /** When it goes on by itself, in milliseconds since 1970; absent when only the person can set it going. */
  readonly retryAt?: number;
}

/** Where search by meaning stands. */
export interface EmbeddingStatus {
  readonly totalPages: number;
  /** The model that is set; absent when search goes by words by choice. */
  readonly chosen?: EmbeddingModelName;
  /** The model whose vectors answer questions, and why it cannot be asked, if so; absent while there are no vectors. */
  readonly index?: EmbeddingModelName & { readonly problem?: Problem };
  readonly run?: EmbeddingProgress;
  /** All vectors that are stored and not about to be deleted. */
  readonly kept: readonly (EmbeddingModelName & { readonly pages: number; readonly bytes: number })[];
}

export interface LibraryOverview {
  /** How many are saved. */
  readonly pages: number;
  /** Some of those at work and some of those that failed, the oldest first. */
  readonly inProgress: readonly IngestProgress[];
  /** How many there are of each in all. */
  readonly jobs: { readonly working: number; readonly failed: number };
  /** What can be taken back still, the newest first. */
  readonly deletions: readonly { readonly deleteAt: number; readonly pages: number }[];
}

export interface NamedPage {
  readonly id: PageId;
  readonly title: string;
}

/** A tab as something to be asked: as the page that is saved of it, by being read, or not at all. */
export interface TabPlace {
  readonly tabId: number;
  readonly saved?: NamedPage;
  readonly refusal?: Problem;
}

export interface ScopeDescription {
  readonly pages: number;
  /** Those that the scope names one by one, in its order, but for those that are gone. No more than a person would look through. */
  readonly named: readonly NamedPage[];
}

export interface ListedPage {
  readonly page: Page;
  /** What stopped work on it, such as fetching its vectors. */
  readonly problem?: Problem;
}

export interface PageList {
  /** The part that was asked for. */
  readonly pages: readonly ListedPage[];
  /** How many pages there are in the whole list. */
  readonly total: number;
}

export interface LibraryFacets {
  readonly sites: readonly Facet[];
  readonly tags: readonly Facet[];
  /** Whether an embedding model is set. */
  readonly hasModel: boolean;
}

/** Where a page holds what was looked for. */
export interface FoundPassage extends Span {
  readonly version: number;
  readonly snippet: Snippet;
}

export interface FoundPage {
  readonly page: Page;
  readonly titleHighlights: readonly Span[];
  /** The best of the page's passages; absent when it was found by its title alone, or by the scope. */
  readonly passage?: FoundPassage;
  /** What of its note was asked for; absent when nothing of it was. */
  readonly note?: Snippet;
}

export interface FindResult {
  /** The best first; the newest first when only a scope was given. */
  readonly pages: readonly FoundPage[];
  /** How many more were found within the limit, when only the first were asked for; absent when all are given back. */
  readonly pagesToCome?: number;
  /** Whether more were found than the limit. */
  readonly hasMore: boolean;
  /** Only so many of the pages, the newest, were looked at; absent when all were, or when more than enough were found. */
  readonly newestLookedAt?: number;
  /** As in `SearchResult`. */
  readonly passagesNotSearched?: number;
}

/** A conversation that is hidden, and gone for good at this time, in milliseconds since 1970. */
export interface DeletedConversation {
  readonly conversation: Conversation;
  readonly deleteAt: number;
}

/** A conversation, and where it holds what was looked for. */
export interface FoundConversation {
  readonly conversation: Conversation;
  readonly titleHighlights: readonly Span[];
  /** The message that holds the most; absent when its title alone holds any. */
  readonly message?: { readonly id: MessageId; readonly role: Message['role']; readonly snippet: Snippet };
}

export interface AutoSaveView extends AutoSaveSettings {
  /** The patterns of rules to save whose sites the browser does not let the extension read. */
  readonly notAllowed: readonly string[];
}

/** What a part of the library takes, and what it is. */
export type SpaceUse = 'texts' | 'index' | 'vectors' | 'conversations';

export interface StorageView {
  /** Estimates, made from samples. */
  readonly parts: readonly { readonly use: SpaceUse; readonly bytes: number }[];
  /** All that is stored, and what the browser would still take, as it says itself. */
  readonly usedBytes: number;
  readonly freeBytes: number;
}

/**
 * What can be said of a quotation without opening its page.
 * - `newer-lacks`: the page was saved again since, and no longer had it.
 * - `live-lacks`: the page is open in a tab that may be read, and does not have it.
 */
export type QuotationStanding = 'may-be-there' | 'newer-lacks' | 'live-lacks';

/** What came of looking for a quotation in a tab. `unread`: the tab may not be read, or shows nothing that could be. */
export type QuotationSeen = 'there' | 'gone' | 'unread';

/** What the panel and the reader may ask of the worker. Each entry is one request: what goes in, what comes back. */
export interface WorkerRequests
  extends ImportRequests,
    PictureRequests,
    SpendingRequests,
    SuggestionRequests,
    ExampleRequests,
    DraftRequests,
    JudgementRequests,
    TunedSearchRequests,
    TuningJobRequests {
  'tab/status': { data: { tabId: number }; reply: TabStatus };
  /** Begins to read the tab. Resolves when the page has been handed over and stored as a job; what follows comes as `ingest-progress` events. */
  'tab/save': { data: { tabId: number }; reply: IngestProgress };

  /** The same with what is selected in the tab. */
  'tab/save-selection': { data: { tabId: number }; reply: IngestProgress };

  /** Notes what the person is asked to allow for one piece of work of a panel, and what of it is not allowed yet. */
  'access/borrow': { data: { holder: string; wanted: Access; missing: Access }; reply: null };
  /** Gives back what was allowed so, but what others need. */
  'access/return': { data: { holder: string }; reply: null };
  /** The person has allowed these origins for good. */
  'access/keep': { data: { origins: string[] }; reply: null };

  'library/overview': { data: null; reply: LibraryOverview };
  /**
   * Pages by what a person types, operators included (see `parseQuery`), as they type. No model has a part in it. Of those found only the `first` are described,
   * if that is given: as many as are in sight.
   */
  'library/find': { data: { text: string; limit: number; first?: number; filter?: PageFilter }; reply: FindResult };
  /** A window of the list of saved pages. */
  'library/list': { data: { filter: PageFilter; sort: PageSort; from: number; count: number }; reply: PageList };
  /** The ids of the whole list. */
  'library/list-ids': { data: { filter: PageFilter; sort: PageSort }; reply: readonly PageId[] };
  /** What the list can be narrowed to: the sites and tags that most pages have. */
  'library/facets': { data: null; reply: LibraryFacets };
  'page/read': { data: { pageId: PageId; version?: number }; reply: PageWithText };
  /** Whether a page is known to say no longer what was quoted from a version of it. */
  'quotation/standing': { data: { pageId: PageId; version: number; quote: string; url: string }; reply: QuotationStanding };
  /** Looks for a quotation in a tab that was opened for it, if the tab may be read. Takes as long as the page takes to load. */
  'quotation/look': { data: { tabId: number; quote: string }; reply: QuotationSeen };
  /** When each version of a page was read, the oldest first. */
  'page/versions': { data: { pageId: PageId }; reply: readonly VersionDate[] };
  /** Makes what was read at one of a page's other addresses a page of its own. */
  'page/keep-apart': { data: { pageId: PageId; address: string }; reply: null };
  /** Gives a page these tags in the place of those it has. */
  'page/tag': { data: { pageId: PageId; tags: readonly string[] }; reply: null };
  /** Keeps a note with a page; an empty one goes. */
  'page/note': { data: { pageId: PageId; note: string }; reply: null };
  /** Gives a page a name that stays when it is saved again; an empty one gives it its own back. */
  'page/rename': { data: { pageId: PageId; title: string }; reply: null };
  /** Makes the page's part of the index anew from its text, and has the vectors fetched that it lacks. */
  'page/reindex': { data: { pageId: PageId }; reply: null };
  /** The same for several, without fetching anything: what that would cost is told in Settings first. */
  'pages/reindex': { data: { pageIds: readonly PageId[] }; reply: null };
  /** Gives pages these tags beside those they have. */
  'pages/tag': { data: { pageIds: readonly PageId[]; tags: readonly string[] }; reply: null };
  /** Hides pages at once and deletes them ten seconds later. `deleteAt` stands for this deletion. */
  'pages/delete': { data: { pageIds: readonly PageId[] }; reply: { deleteAt: number } };
  'pages/undelete': { data: { deleteAt: number }; reply: null };
  /** Does not wait any longer. */
  'pages/delete-now': { data: { deleteAt: number }; reply: null };
  'jobs/retry-all': { data: null; reply: null };
  'job/retry': { data: { jobId: JobId }; reply: null };
  'job/discard': { data: { jobId: JobId }; reply: null };

  /** Which tabs can be asked. Reads none. */
  'tabs/examine': { data: { tabIds: readonly number[] }; reply: readonly TabPlace[] };
  /** Reads the tab to be asked, and saves nothing: what was read is asked by the id, and goes with the conversation that asks it. */
  'tab/read': { data: { tabId: number }; reply: NamedPage };
  /** What a scope takes in, before anything is asked of it. */
  'scope/describe': { data: { scope: SearchScope }; reply: ScopeDescription };

  /** Conversations whose title and messages hold all of the words, as they are typed; the one used last first. */
  'conversations/find': { data: { text: string; limit: number }; reply: readonly FoundConversation[] };
  'conversations/list': { data: null; reply: readonly Conversation[] };
  /** Those whose deletion can be taken back still. */
  'conversations/deleted': { data: null; reply: readonly DeletedConversation[] };
  /** Messages in order. An answer whose worker died is given back as `failed` with the problem `interrupted`. */
  'conversation/read': { data: { conversationId: ConversationId }; reply: readonly Message[] };
  /** Keeps that the branch through this message is the one shown. */
  'conversation/show': { data: { conversationId: ConversationId; messageId: MessageId }; reply: null };
  'conversation/rename': { data: { conversationId: ConversationId; title: string }; reply: null };
  /** Hides a conversation at once and deletes it ten seconds later. */
  'conversation/delete': { data: { conversationId: ConversationId }; reply: null };
  /** Throws `not-found` when its time is over. */
  'conversation/undelete': { data: { conversationId: ConversationId }; reply: null };
  'conversation/delete-now': { data: { conversationId: ConversationId }; reply: null };

  /** Those that are built in, in their order, then the person's own by their names; hidden ones too. */
  'assistants/list': { data: null; reply: readonly Assistant[] };
  /** Stores a new one, or one that was changed. Those that are built in are not changed. */
  'assistants/write': { data: { assistant: Assistant }; reply: null };
  'assistants/hide': { data: { id: AssistantId; isHidden: boolean }; reply: null };
  'assistants/delete': { data: { id: AssistantId }; reply: null };
  /** Adds assistants to those there are. One whose name is taken gets another, one whose command is taken has none. */
  'assistants/import': { data: { assistants: readonly Omit<Assistant, 'id' | 'isHidden'>[] }; reply: null };
  /** What a model would be sent if this were asked now. Nothing is sent, and nothing stored. */
  'prompt/preview': { data: PreviewOrder; reply: PromptPreview };
  /** What is selected in the tab; nothing where the tab is not opened to the extension. */
  'tab/selection': { data: { tabId: number }; reply: { text: string } };

  'settings/read': { data: null; reply: ModelSettingsView };
  /** `apiKey` absent: keep the stored one; empty: forget it. A key is forgotten when the origin of `baseUrl` changes and no new one comes along. */
  'settings/write': { data: { settings: ModelSettings; apiKey?: string }; reply: ModelSettingsView };
  /** What is known of a model that it does not take, by its name and from its own refusals. */
  'model/refusals': { data: { baseUrl: string; model: string }; reply: readonly Refusal[] };
  /** Lets everything be tried with a model again. */
  'model/forget-refusals': { data: { baseUrl: string; model: string }; reply: null };
  'models/list': { data: ModelConnection; reply: readonly OfferedModel[] };
  'embedding/status': { data: null; reply: EmbeddingStatus };
  /**
   * What giving all pages vectors of the chosen model would send; `null` when the counting was stopped. Takes a while in a large library the first time;
   * `backlog-counted` events tell how far it is.
   */
  'embedding/backlog': { data: null; reply: EmbeddingBacklog | null };
  'embedding/stop-counting': { data: null; reply: null };
  /** Begins to give all pages vectors of the chosen model. When all have them, it answers questions. */
  'embedding/start': { data: null; reply: null };
  'embedding/pause': { data: null; reply: null };
  'embedding/resume': { data: null; reply: null };
  /**
   * Stays with the model whose vectors answer questions. What has been fetched of another is deleted, and it is the chosen one again, if it is on the
   * server that is set.
   */
  'embedding/cancel': { data: null; reply: ModelSettingsView };
  /** Deletes the vectors of a model. */
  'embedding/delete': { data: { modelKey: string }; reply: null };

  /** Null when backups are made by hand only. */
  'backup/schedule': { data: null; reply: BackupScheduleStatus | null };
  /** The first one is made at once. Null: no more from now on. */
  'backup/set-schedule': { data: { schedule: BackupSchedule | null }; reply: BackupScheduleStatus | null };
  /** Null when no backup has been looked at. Looking at one, and making one, is work over a Port: see `file-work.ts`. */
  'restore/status': { data: null; reply: RestoreStatus | null };
  /** Begins to restore what was examined, or goes on. `withSettings` absent: as before. */
  'restore/start': { data: { withSettings?: boolean }; reply: RestoreStatus };
  'restore/pause': { data: null; reply: RestoreStatus };
  /** Gives up what is not yet restored, and forgets the file. */
  'restore/forget': { data: null; reply: null };
  'auto-save/read': { data: null; reply: AutoSaveView };
  /** Access to sites that no rule is about any longer is given back to the browser. */
  'auto-save/write': { data: Pick<AutoSaveSettings, 'isOn' | 'rules' | 'readSeconds'>; reply: AutoSaveView };
  /** For an hour from now, or no longer. */
  'auto-save/pause': { data: { isPaused: boolean }; reply: AutoSaveView };

  /** What the library takes; looks at a sample of each store. */
  'storage/read': { data: null; reply: StorageView };
  /** Deletes a library that cannot be opened, and makes an empty one in its place. Refused as long as it can be opened. */
  'storage/start-anew': { data: null; reply: null };
}

/** What a content script may say to the worker. */
export interface CaptureMessages {
  'capture/deliver': { data: { page: CapturedPage; script: CaptureScript }; reply: null };
  'capture/fail': { data: { problem: Problem; script: CaptureScript }; reply: null };
}

/** What the script that watches a page may say to the worker. */
export interface WatchMessages {
  /** A page has come into view: another document, or another route of an application. */
  'watch/shown': { data: { url: string }; reply: WatchOrder };
  /** It has been in view for as long as it was told. */
  'watch/read': { data: { url: string; hasSecretField: boolean }; reply: WatchOrder };
}

export interface WatchOrder {
  /** How much longer the page must be in view before the worker is asked again; `null`: not at all. */
  readonly askAfterMs: number | null;
}
