import type { Conversation, ConversationId, Message } from '../core/conversation';
import type { IngestProgress, JobId } from '../core/job';
import type { CapturedPage, Page, PageId, PageVersion } from '../core/page';
import type { Problem } from '../core/problem';
import type { ModelSettings } from '../core/settings';

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
  /** Why it cannot be saved as it stands. */
  readonly refusal?: Problem;
}

export interface PageWithText {
  readonly page: Page;
  readonly version: PageVersion;
}

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
}

export interface LibraryOverview {
  /** Newest first. */
  readonly pages: readonly Page[];
  readonly inProgress: readonly IngestProgress[];
  readonly storedBytes: number;
}

/** What the panel and the reader may ask of the worker. Each entry is one request: what goes in, what comes back. */
export interface WorkerRequests {
  'tab/status': { data: { tabId: number }; reply: TabStatus };
  /** Begins to read the tab. Resolves when the page has been handed over and stored as a job; what follows comes as `ingest-progress` events. */
  'tab/save': { data: { tabId: number }; reply: IngestProgress };

  'library/overview': { data: null; reply: LibraryOverview };
  'page/read': { data: { pageId: PageId; version?: number }; reply: PageWithText };
  'page/delete': { data: { pageId: PageId }; reply: null };
  'job/retry': { data: { jobId: JobId }; reply: null };
  'job/discard': { data: { jobId: JobId }; reply: null };

  'conversations/list': { data: null; reply: readonly Conversation[] };
  /** Messages in order. An answer whose worker died is given back as `failed` with the problem `interrupted`. */
  'conversation/read': { data: { conversationId: ConversationId }; reply: readonly Message[] };
  'conversation/rename': { data: { conversationId: ConversationId; title: string }; reply: null };
  'conversation/delete': { data: { conversationId: ConversationId }; reply: null };

  'settings/read': { data: null; reply: ModelSettingsView };
  /** `apiKey` absent: keep the stored one; empty: forget it. A key is forgotten when the origin of `baseUrl` changes and no new one comes along. */
  'settings/write': { data: { settings: ModelSettings; apiKey?: string }; reply: ModelSettingsView };
  /** The ids of the models that the server offers. */
  'models/list': { data: ModelConnection; reply: readonly string[] };
  'embedding/backlog': { data: null; reply: EmbeddingBacklog };
  /** Queues a job for each page of the backlog. */
  'embedding/start': { data: null; reply: null };
}

/** What a content script may say to the worker. */
export interface CaptureMessages {
  'capture/deliver': { data: { page: CapturedPage }; reply: null };
  'capture/fail': { data: { problem: Problem }; reply: null };
}
