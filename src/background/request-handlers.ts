import browser, { type Runtime } from 'webextension-polyfill';
import type { JobId } from '../core/pages/job';
import { type ProblemCode, ProblemError } from '../core/problem';
import { listModels } from '../models/list-models';
import { embeddingModelKey, embeddingModelOfKey } from '../models/openai-embedding-model';
import { mostSelectedCharacters } from '../protocol/ask-choices-schema';
import type { Handlers } from '../protocol/handle';
import type { ModelSettingsView, WorkerRequests } from '../protocol/worker-requests';
import { readJob, removeJob, renewJob } from '../storage/pages/jobs';
import { listVersions } from '../storage/pages/pages';
import type { EmbeddingRun, Job } from '../storage/schema';
import { forgetRefusals, readRefusals } from '../storage/settings/learned-refusals';
import { readApiKey, readModelAccess, readModelSettings, writeModelAccess } from '../storage/settings/model-settings';
import { cancelRun, changeRun, resumed, startRun } from '../storage/vectors/embedding-run';
import { discardModel, readIndexModel, readVectorModels } from '../storage/vectors/vector-models';
import { type SuggestionTools, suggestionHandlers } from './answer/suggestion-requests';
import { type AssistantRequestTools, assistantHandlers } from './assistant-requests';
import type { AutoSaveControl } from './auto-save/auto-save-control';
import type { AccessLender } from './capture/borrowed-access';
import { examineTabs } from './capture/examine-tabs';
import { tabRefusal } from './capture/tab-refusal';
import { tabStatus } from './capture/tab-status';
import { lookForQuotation, quotationStanding } from './citations/find-quotation';
import { tabReader } from './citations/tab-reader';
import { type ConversationRequestTools, conversationHandlers } from './conversation-requests';
import { restoreRequests } from './data/restore-requests';
import { scheduleRequests } from './data/schedule-requests';
import type { BacklogCounter } from './embedding/backlog-counter';
import { embeddingStatus, type StatusTools } from './embedding/embedding-status';
import { foldedMessages } from './find/folded-messages';
import { type ImportRequestTools, importRequestHandlers } from './import/import-requests';
import { progressOf } from './ingest/ingest-progress';
import { keepApart } from './ingest/keep-apart';
import { type LibraryRequestTools, libraryHandlers } from './library-requests';
import { changeModels, embeddingKey } from './model-access/change-models';
import { changeAccess, keyForOrigin } from './model-access/change-settings';
import { assertAllowed, type ModelTools } from './model-access/configured-models';
import { followSettings } from './model-access/follow-settings';
import { knownRefusals } from './model-access/known-refusals';
import { type PictureRequestTools, pictureRequestHandlers } from './picture/picture-requests';
import type { SearchTuner } from './retrieval-tuning/search-tuner';
import { tunedSearchRequestHandlers } from './retrieval-tuning/tuned-search-requests';
import { type ScopeRequestTools, scopeHandlers } from './scope-requests';
import { spentOfCap } from './spending/ledger';
import { type SpendingRequestTools, spendingRequestHandlers } from './spending/spending-requests';
import { storageHandlers } from './storage-requests';
import { type DraftRequestTools, draftRequestHandlers } from './tuning/draft-request-handlers';
import { type ExampleRequestTools, exampleRequestHandlers } from './tuning/example-request-handlers';
import { type JudgementRequestTools, judgementRequestHandlers } from './tuning/judge/judgement-request-handlers';
import { type TuningJobRequestTools, tuningJobHandlers } from './tuning/train/tuning-job-handlers';

export interface RequestTools extends Omit<LibraryRequestTools, 'embeddingKey'>, Omit<AssistantRequestTools, 'openLibrary' | 'newId'> {
  readonly countTokens: ExampleRequestTools['countTokens'];
  readonly examplesChecked: ExampleRequestTools['checked'];
  readonly examplesChanged: ExampleRequestTools['changed'];
  readonly drafting: Pick<DraftRequestTools, 'contextTokens' | 'keepAwake' | 'draftsChanged'>;
  readonly judging: Omit<JudgementRequestTools, 'openLibrary' | 'now' | 'newId'>;
  readonly saveTab: (tabId: number) => Promise<Job>;
  readonly saveSelection: (tabId: number) => Promise<Job>;
  readonly isLive: ConversationRequestTools['isLive'];
  readonly readTab: ScopeRequestTools['readTab'];
  readonly mayReach: ModelTools['mayReach'];
  readonly autoSave: AutoSaveControl['handlers'];
  readonly embeddingChanged: () => void;
  readonly openModel: StatusTools['openModel'];
  readonly questionProblem: StatusTools['questionProblem'];
  readonly backlog: BacklogCounter;
  /** Makes the backup that is due. */
  readonly runBackup: () => void;
  readonly runImport: ImportRequestTools['runImport'];
  readonly chatModel: PictureRequestTools['chatModel'];
  readonly costOf: SuggestionTools['costOf'];
  readonly newNonce: SuggestionTools['newNonce'];
  readonly costOfWork: ImportRequestTools['costOfWork'];
  readonly spending: Omit<SpendingRequestTools, 'resumeWork'>;
  readonly searchTuner: SearchTuner;
  readonly training: TuningJobRequestTools;
  readonly access: AccessLender;
  /** What is allowed for good may not be what it was. */
  readonly accessChanged: () => void;
}

const readFolded = foldedMessages();

/** What the worker answers to each request of the panel and the reader. */
export function requestHandlers(tools: RequestTools): Handlers<WorkerRequests, Runtime.MessageSender> {
  const { openLibrary, changed, runJobs } = tools;
  const embeddingGoesOn = () => {
    tools.wakeModels();
    tools.embeddingChanged();
    runJobs();
    return null;
  };
  const eachRun = async (change: (run: EmbeddingRun) => EmbeddingRun) => {
    const library = await openLibrary();
    const { run } = await readVectorModels(library);
    if (run) await changeRun(library, run.id, change);
  };
  return {
    ...importRequestHandlers({ ...tools, embeddingKey }),
    async 'tab/status'({ tabId }) {
      const { url, title } = await browser.tabs.get(tabId).catch(() => {
        throw new ProblemError({ code: 'page-gone' });
      });
      const tab = { id: tabId, ...(url ? { url } : {}), ...(title ? { title } : {}) };
      const status = await tabStatus(await openLibrary(), tab, () => whyClosed(tabId));
      return !status.refusal && (await selectionOf(tabId, 1)) ? { ...status, hasSelection: true } : status;
    },
    'tabs/examine': async ({ tabIds }) =>
      examineTabs(tabIds, {
        library: await openLibrary(),
        readTab: (tabId) => browser.tabs.get(tabId),
        tryScript: (tabId) => browser.scripting.executeScript({ target: { tabId }, func: () => {} }),
      }),
    'tab/save-selection': async ({ tabId }) => progressOf(await tools.saveSelection(tabId)),
    'tab/save': async ({ tabId }) => progressOf(await tools.saveTab(tabId)),

    async 'access/borrow'({ holder, wanted, missing }) {
      await tools.access.borrowAccess(holder, wanted, missing);
      return null;
    },
    async 'access/return'({ holder }) {
      await tools.access.returnAccess(holder);
      return null;
    },
    async 'access/keep'({ origins }) {
      await tools.access.keepAccess(origins);
      tools.accessChanged();
      return null;
    },

    ...libraryHandlers({ ...tools, embeddingKey }),
    'quotation/standing': async (quoted) => quotationStanding(await openLibrary(), quoted, tabReader),
    'quotation/look': ({ tabId, quote }) => lookForQuotation(tabId, quote, tabReader),
    async 'page/versions'({ pageId }) {
      const versions = await listVersions(await openLibrary(), pageId);
      return versions.map(({ version, capturedAt }) => ({ version, capturedAt }));
    },
    async 'page/keep-apart'({ pageId, address }) {
      await keepApart(pageId, address, { library: await openLibrary(), now: tools.now, newId: tools.newId });
      changed();
      runJobs();
      return null;
    },
    async 'job/retry'({ jobId }) {
      const library = await openLibrary();
      const job = await readJob(library, jobId);
      if (!job) throw new ProblemError({ code: 'not-found' });
      await renewJob(library, job.id);
      tools.wakeModels();
      runJobs();
      return null;
    },
    async 'job/discard'({ jobId }) {
      await removeJob(await openLibrary(), jobId);
      changed();
      return null;
    },

    ...scopeHandlers(tools),

    ...conversationHandlers({ ...tools, readFolded }),

    ...assistantHandlers(tools),
    ...exampleRequestHandlers({ ...tools, checked: tools.examplesChecked, changed: tools.examplesChanged }),
    ...draftRequestHandlers({ ...tools, ...tools.drafting, spentOfCap: () => spentOfCap(tools.spending) }),
    ...judgementRequestHandlers({ ...tools, ...tools.judging }),
    'tab/selection': async ({ tabId }) => ({ text: await selectionOf(tabId, mostSelectedCharacters) }),

    'settings/read': settingsView,
    async 'settings/write'({ settings, apiKey }) {
      await changeModels(await openLibrary(), settings, apiKey, tools.training.addresses);
      tools.wakeModels();
      runJobs();
      return settingsView();
    },
    async 'model/refusals'({ baseUrl, model }) {
      if (!URL.canParse(baseUrl) || !model) return [];
      const { chatEndpoint } = await readModelSettings();
      return knownRefusals(model, await readRefusals(embeddingModelKey(baseUrl, model)), chatEndpoint);
    },
    async 'model/forget-refusals'({ baseUrl, model }) {
      await forgetRefusals(embeddingModelKey(baseUrl, model));
      return null;
    },
    async 'models/list'({ baseUrl, apiKey }) {
      await assertAllowed(baseUrl, tools.mayReach);
      return listModels({ baseUrl, apiKey: apiKey ?? keyForOrigin(await readModelAccess(), baseUrl) });
    },
    async 'embedding/status'() {
      const { openModel, questionProblem } = tools;
      return embeddingStatus({ library: await openLibrary(), chosenKey: await embeddingKey(), openModel, questionProblem });
    },
    async 'embedding/backlog'() {
      const key = await embeddingKey();
      if (!key) return { pages: 0, passages: 0, tokens: 0, cost: { kind: 'unknown' } };
      return tools.backlog.count(key);
    },
    async 'embedding/stop-counting'() {
      tools.backlog.stop();
      return null;
    },
    async 'embedding/start'() {
      const key = await embeddingKey();
      if (key) await startRun(await openLibrary(), key, tools.newId() as JobId);
      return embeddingGoesOn();
    },
    async 'embedding/pause'() {
      await eachRun((run) => ({ ...run, isPaused: true }));
      tools.embeddingChanged();
      return null;
    },
    async 'embedding/resume'() {
      await eachRun(resumed);
      return embeddingGoesOn();
    },
    async 'embedding/cancel'() {
      const library = await openLibrary();
      const indexModel = await readIndexModel(library);
      await cancelRun(library);
      const access = await readModelAccess();
      const { baseUrl } = access.settings;
      const name = indexModel === undefined ? '' : embeddingModelOfKey(indexModel).name;
      if (name && baseUrl && embeddingModelKey(baseUrl, name) === indexModel) {
        const keyBefore = await embeddingKey();
        await writeModelAccess(changeAccess(access, { ...access.settings, embeddingModel: name }, undefined, baseUrl));
        await followSettings(library, keyBefore, indexModel);
      }
      embeddingGoesOn();
      return settingsView();
    },
    async 'embedding/delete'({ modelKey }) {
      await discardModel(await openLibrary(), modelKey);
      return embeddingGoesOn();
    },
    ...scheduleRequests(tools.now, tools.runBackup, async () => void (await browser.permissions.remove({ permissions: ['downloads'] }))),
    ...restoreRequests(runJobs),

    ...tools.autoSave,
    ...pictureRequestHandlers(tools),
    ...suggestionHandlers(tools),
    ...spendingRequestHandlers({ ...tools.spending, resumeWork: embeddingGoesOn }),
    ...tunedSearchRequestHandlers(tools),
    ...tuningJobHandlers(tools.training),
    ...storageHandlers({ openLibrary, estimate: () => navigator.storage.estimate(), changed }),
  };
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

/** The beginning of what is selected in a tab; no more of it leaves the page. */
async function selectionOf(tabId: number, mostCharacters: number): Promise<string> {
  try {
    const [found] = await browser.scripting.executeScript({ target: { tabId }, func: readSelection, args: [mostCharacters] });
    return typeof found?.result === 'string' ? found.result : '';
  } catch {
    return '';
  }
}

/** Runs in the tab. */
function readSelection(mostCharacters: number): string {
  const { getSelection } = globalThis as unknown as { getSelection(): object | null };
  return String(getSelection() ?? '')
    .trim()
    .slice(0, mostCharacters);
}

async function settingsView(): Promise<ModelSettingsView> {
  const [settings, apiKey] = await Promise.all([readModelSettings(), readApiKey()]);
  return { ...settings, hasKey: apiKey !== '' };
}
