import browser, { type Runtime } from 'webextension-polyfill';
import { type ProblemCode, ProblemError } from '../core/problem';
import { listModels } from '../models/list-models';
import { embeddingModelKey } from '../models/openai-embedding-model';
import { loadTokenCounter } from '../models/token-counter';
import type { Handlers } from '../protocol/handle';
import type { ModelSettingsView, WorkerRequests } from '../protocol/worker-requests';
import { deleteConversation, listConversations, renameConversation } from '../storage/conversations';
import { deletePage } from '../storage/index-page';
import { listJobs, readJob, removeJob, updateJob } from '../storage/jobs';
import { readApiKey, readModelSettings, writeModelSettings } from '../storage/model-settings';
import { readPage } from '../storage/pages';
import type { Job, Library } from '../storage/schema';
import { keyAfterChange, sameOrigin } from './change-settings';
import { assertAllowed, type ModelTools } from './configured-models';
import { measureBacklog, queueBacklog } from './embedding-backlog';
import { progressOf } from './ingest-progress';
import { libraryOverview } from './library-overview';
import { readConversation } from './read-conversation';
import { tabRefusal } from './tab-refusal';
import { tabStatus } from './tab-status';

export interface RequestTools {
  readonly openLibrary: () => Promise<Library>;
  readonly saveTab: (tabId: number) => Promise<Job>;
  readonly isLive: Parameters<typeof readConversation>[2];
  readonly mayReach: ModelTools['mayReach'];
  /** The library or the queue is not what it was. */
  readonly changed: () => void;
  readonly runJobs: () => void;
  /** Whatever kept the model server from being asked may be mended now. */
  readonly wakeModels: () => void;
  readonly now: () => number;
  readonly newId: () => string;
}

/** What the worker answers to each request of the panel and the reader. */
export function requestHandlers(tools: RequestTools): Handlers<WorkerRequests, Runtime.MessageSender> {
  const { openLibrary, changed, runJobs } = tools;
  return {
    async 'tab/status'({ tabId }) {
      const { url, title } = await browser.tabs.get(tabId).catch(() => {
        throw new ProblemError({ code: 'page-gone' });
      });
      const tab = { id: tabId, ...(url ? { url } : {}), ...(title ? { title } : {}) };
      return tabStatus(await openLibrary(), tab, () => whyClosed(tabId));
    },
    'tab/save': async ({ tabId }) => progressOf(await tools.saveTab(tabId)),

    'library/overview': async () => libraryOverview(await openLibrary(), async () => (await navigator.storage.estimate()).usage ?? 0),
    'page/read': async ({ pageId, version }) => readPage(await openLibrary(), pageId, version),
    async 'page/delete'({ pageId }) {
      await deletePage(await openLibrary(), pageId);
      changed();
      // Writes the index anew without it.
      runJobs();
      return null;
    },
    async 'job/retry'({ jobId }) {
      const library = await openLibrary();
      const job = await readJob(library, jobId);
      if (!job) throw new ProblemError({ code: 'not-found' });
      await resumeJob(library, job);
      tools.wakeModels();
      runJobs();
      return null;
    },
    async 'job/discard'({ jobId }) {
      await removeJob(await openLibrary(), jobId);
      changed();
      return null;
    },

    'conversations/list': async () => listConversations(await openLibrary()),
    'conversation/read': async ({ conversationId }) => readConversation(await openLibrary(), conversationId, tools.isLive),
    async 'conversation/rename'({ conversationId, title }) {
      await renameConversation(await openLibrary(), conversationId, title);
      return null;
    },
    async 'conversation/delete'({ conversationId }) {
      await deleteConversation(await openLibrary(), conversationId);
      return null;
    },

    'settings/read': settingsView,
    async 'settings/write'({ settings, apiKey }) {
      const [before, storedKey] = await Promise.all([readModelSettings(), readApiKey()]);
      await writeModelSettings(settings, keyAfterChange(before, settings, storedKey, apiKey));
      await resumeModelJobs(await openLibrary());
      tools.wakeModels();
      runJobs();
      return settingsView();
    },
    async 'models/list'({ baseUrl, apiKey }) {
      await assertAllowed(baseUrl, tools.mayReach);
      const storedKey = sameOrigin((await readModelSettings()).baseUrl, baseUrl) ? await readApiKey() : '';
      return listModels({ baseUrl, apiKey: apiKey ?? storedKey });
    },
    async 'embedding/backlog'() {
      const key = await embeddingKey();
      if (!key) return { pages: 0, passages: 0, tokens: 0 };
      return measureBacklog(await openLibrary(), key, loadTokenCounter);
    },
    async 'embedding/start'() {
      const key = await embeddingKey();
      if (key) await queueBacklog(await openLibrary(), key, tools.now(), tools.newId);
      changed();
      runJobs();
      return null;
    },
  };
}

async function resumeJob(library: Library, { problem: _, ...job }: Job): Promise<void> {
  await updateJob(library, { ...job, attempts: 0, notBefore: 0 });
}

/** New settings may mend what the jobs wait for. */
async function resumeModelJobs(library: Library): Promise<void> {
  for (const job of await listJobs(library)) {
    if (job.problem?.code.startsWith('model-')) await resumeJob(library, job);
  }
}

/** Asks the browser, by trying to run nothing there. */
async function whyClosed(tabId: number): Promise<ProblemCode> {
  try {
    await browser.scripting.executeScript({ target: { tabId }, func: () => {} });
    return 'page-not-granted';
  } catch (error) {
    return tabRefusal(error);
  }
}

async function settingsView(): Promise<ModelSettingsView> {
  const [settings, apiKey] = await Promise.all([readModelSettings(), readApiKey()]);
  return { ...settings, hasKey: apiKey !== '' };
}

async function embeddingKey(): Promise<string | undefined> {
  const { baseUrl, embeddingModel } = await readModelSettings();
  return baseUrl && embeddingModel ? embeddingModelKey(baseUrl, embeddingModel) : undefined;
}
