import browser, { type Runtime } from 'webextension-polyfill';
import asReadingScript from '../content/as-reading.ts?script&iife';
import captureScript from '../content/capture.ts?script&iife';
import selectionScript from '../content/capture-selection.ts?script&iife';
import videoScript from '../content/video/capture-video.ts?script&iife';
import watchScript from '../content/watch.ts?script&iife';
import { builtInAssistants } from '../core/assistants/built-in-assistants';
import { uniteAutoSave } from '../core/capture/auto-save';
import { type Cost, costOfTokens, priceOf, type TokensUsed } from '../core/models/model-prices';
import type { IngestProgress } from '../core/pages/job';
import type { PageId } from '../core/pages/page';
import { problemOf } from '../core/problem';
import type { JudgementId } from '../core/tuning/judging/judgement';
import type { TuningJobId } from '../core/tuning/training/tuning-job';
import { fetchDocument } from '../fetching/fetch-document';
import { fetchFromTab } from '../fetching/fetch-from-tab';
import { fetchLocalFile } from '../fetching/fetch-local-file';
import { loadPieceCounter, loadTokenCounter } from '../models/token-counter';
import { openTuningService } from '../models/tuning/open-tuning-service';
import { answerPort } from '../protocol/answer-stream';
import { captureMessageSchemas } from '../protocol/capture-message-schemas';
import { comparisonPort } from '../protocol/comparison-stream';
import { openExchangedFile, removeExchangedFile, removeLeftFiles } from '../protocol/exchanged-files';
import { filePort } from '../protocol/file-work';
import { createHandle } from '../protocol/handle';
import { libraryPort } from '../protocol/library-events';
import { watchMessageSchemas } from '../protocol/watch-message-schemas';
import { workerRequestSchemas } from '../protocol/worker-request-schemas';
import type { CaptureMessages, WatchMessages, WorkerRequests } from '../protocol/worker-requests';
import { readBackedUpSettings } from '../storage/backup/read-backed-up-settings';
import { readRestore, writeRestore } from '../storage/backup/restore-record';
import { librarySearcher } from '../storage/library-searcher';
import { libraryOpener } from '../storage/open-library';
import { expectCapture, expectedCapture, forgetExpectedCapture } from '../storage/pages/expected-captures';
import type { Job } from '../storage/schema';
import { readAutoSaveSettings, writeAutoSaveSettings } from '../storage/settings/auto-save-settings';
import { readBorrowedAccess, writeBorrowedAccess } from '../storage/settings/borrowed-access';
import { closeToContentScripts } from '../storage/settings/close-to-content-scripts';
import { addRefusals, readRefusals } from '../storage/settings/learned-refusals';
import { readModelAccess, readModelSettings } from '../storage/settings/model-settings';
import { readSpendingSettings, writeSpendingSettings } from '../storage/settings/spending-settings';
import { forgetAbandonedExamples } from '../storage/tuning/deleted-examples';
import { readJudgements } from '../storage/tuning/read-judgements';
import { type RetrievalTuning, readTuning } from '../storage/tuning/retrieval-tunings';
import { removeLeftTuningFiles } from '../storage/tuning/tuning-files';
import { listTuningJobs } from '../storage/tuning/tuning-jobs';
import { readTuningServiceAccess, writeTuningServiceAccess } from '../storage/tuning/tuning-services';
import { vectorLengths } from '../storage/vectors/vector-lengths';
import { readIndexModel } from '../storage/vectors/vector-models';
import { answerSettings } from './answer/answer-tools';
import type { ComparisonTools } from './answer/compare-answers';
import { previewPrompt } from './answer/preview-prompt';
import { serveAnswer } from './answer/serve-answers';
import { serveComparison } from './answer/serve-comparison';
import { listAssistants } from './assistant-requests';
import { audience } from './audience';
import { autoSaver } from './auto-save/auto-save';
import { autoSaveControl } from './auto-save/auto-save-control';
import { captureByRule } from './auto-save/capture-by-rule';
import { registerWatching } from './auto-save/register-watching';
import { tabMarks } from './auto-save/tab-marks';
import { showPageState } from './capture/badge';
import { accessLender } from './capture/borrowed-access';
import { captureHandlers } from './capture/capture-handlers';
import { linkSaver } from './capture/link-saver';
import { pendingCaptures } from './capture/pending-captures';
import { tabReader } from './capture/tab-reader';
import { tabSaver } from './capture/tab-saver';
import { tabScripts } from './capture/tab-scripts';
import { backupRunner } from './data/backup-runner';
import { doFileWork } from './data/do-file-work';
import { restorer } from './data/restore-backup';
import { serveFileWork } from './data/serve-file-work';
import { durableWork } from './durable-work';
import { backlogCounter } from './embedding/backlog-counter';
import { findPages, type WantedPages } from './find/find-pages';
import { passageTexts } from './find/passage-texts';
import { serveBrowserOmnibox } from './find/serve-browser-omnibox';
import { fetchRobots } from './import/fetch-robots';
import { importRunner } from './import/import-runner';
import { offscreenLoader } from './import/offscreen-loader';
import { languageDetector } from './ingest/detect-language';
import { progressOf } from './ingest/ingest-progress';
import { readFile } from './ingest/read-file';
import { jobRunner } from './ingest/run-jobs';
import { serveAddedFiles } from './ingest/serve-added-files';
import { storerAsJob } from './ingest/store-as-job';
import { isHolderLive } from './is-holder-live';
import { keepAwake } from './keep-awake';
import { liveAnswers } from './live-answers';
import { changeModels } from './model-access/change-models';
import { configuredModels, modelOrigins } from './model-access/configured-models';
import { forgetUnusedKey } from './model-access/forget-unused-key';
import { questionModel } from './model-access/question-model';
import { restingModel } from './model-access/resting-model';
import { askOffscreen } from './offscreen-document';
import { requestHandlers } from './request-handlers';
import { searchTuner } from './retrieval-tuning/search-tuner';
import { watchedTabOf } from './sender-tab';
import { isOwnPage, isWebPage } from './senders';
import { serveBrowserButtons } from './serve-browser-buttons';
import { serveDirectRequests } from './serve-direct-requests';
import { costOfWork } from './spending/cost-of-work';
import { ledger, spentOfCap } from './spending/ledger';
import { uniteSpending } from './spending/unite-spending';
import { judgeRunner } from './tuning/judge/judge-runner';
import { browserAnnouncer } from './tuning/train/browser-announcer';
import { tuningJobRunner } from './tuning/train/run-tuning-jobs';
import { trainingAddresses } from './tuning/train/training-addresses';
import { trainingSets } from './tuning/train/training-sets';

declare const self: ServiceWorkerGlobalScope;

// Everything the worker is made of. What is held here is only ever a cache: the worker may be gone after any await.

const now = () => Date.now();
const newId = () => crypto.randomUUID();
const newNonce = () => crypto.randomUUID().replaceAll('-', '');
const openLibrary = libraryOpener();
const readTexts = passageTexts();
const panels = audience();

const linksBeingSaved = new Set<string>();
const access = accessLender({
  permissions: browser.permissions,
  read: readBorrowedAccess,
  write: writeBorrowedAccess,
  isLive: (holder) => isHolderLive(holder, { links: linksBeingSaved, openLibrary, locks: navigator.locks }),
});
const mayReach = (origin: string) => browser.permissions.contains({ origins: [origin] });
const spending = {
  openLibrary,
  readSettings: readSpendingSettings,
  writeSettings: writeSpendingSettings,
  now,
  changed: () => panels.tell({ type: 'spending-changed' }),
};
const meter = ledger({ ...spending, newId });
const models = configuredModels({
  readAccess: readModelAccess,
  mayReach,
  metering: { meter, countTokens: loadTokenCounter },
  refusals: { read: readRefusals, add: addRefusals },
});
const queueModel = restingModel(models.embedding, now);
const questions = questionModel({
  indexModel: async () => readIndexModel(await openLibrary()),
  openModel: models.embeddingOfKey,
  vectorLengths: async (modelKey) => vectorLengths(await openLibrary(), modelKey),
});
const embeddingChanged = () => panels.tell({ type: 'embedding-changed' });
const report = (progress: IngestProgress) => panels.tell({ type: 'ingest-progress', progress });
const stayAwake = <Value>(work: Promise<Value>) => keepAwake(work, browser.runtime.getPlatformInfo);

void closeToContentScripts();

// Work that outlives the worker

const workTools = { alarms: browser.alarms, call: browser.runtime.getPlatformInfo, now };
const queue = durableWork({ alarm: 'resume-jobs', name: 'The queue', isPressing: true, work: () => jobs.run() }, workTools);
const backup = durableWork({ alarm: 'back-up', name: 'The backup', work: () => backups.run() }, workTools);
const judging = durableWork({ alarm: 'resume-judging', name: 'The comparison', work: () => judge.run() }, workTools);
const importing = durableWork({ alarm: 'resume-import', name: 'The import', work: () => imports.run() }, workTools);
const training = durableWork({ alarm: 'look-at-training', name: 'Training', isPressing: true, work: () => tuningJobs.run() }, workTools);

browser.runtime.onStartup.addListener(() => {
  queue.run();
  importing.run();
  void stayAwake(tuningJobs.lookAtAll()).catch((error: unknown) => console.error('Training was not looked at:', problemOf(error)));
  void announcer.markAgain().catch(() => {});
  void openLibrary()
    .then((library) => removeLeftTuningFiles(library, (id) => setsBeingMade.has(id)))
    .catch(() => {});
  returnLeftAccess();
  void removeLeftFiles().then(backup.run);
});

const searcher = librarySearcher(openLibrary, queue.run);
const tuner = searchTuner({
  openLibrary,
  searcher,
  readJudgements,
  keepAwake: stayAwake,
  tell: panels.tell,
  now,
  elapsed: () => performance.now(),
});
const detectLanguage = languageDetector((text) => browser.i18n.detectLanguage(text));
const restore = restorer({
  readRecord: readRestore,
  writeRecord: writeRestore,
  openLibrary,
  openFile: () => openExchangedFile('examined'),
  removeFile: () => removeExchangedFile('examined'),
  detectLanguage,
  settingsWriters: {
    modelSettings: async (settings) => changeModels(await openLibrary(), settings, undefined, addresses),
    spending: async (restored) => writeSpendingSettings(uniteSpending(await readSpendingSettings(), restored)),
    autoSave: async (rules) =>
      void (await watching.handlers['auto-save/write'](uniteAutoSave(await readAutoSaveSettings(), rules), undefined)),
  },
  newId,
  elapsed: () => performance.now(),
  changed(isOver) {
    panels.tell({ type: 'restore-changed' });
    // Panels read the whole list of pages for this, so not at each step.
    if (!isOver) return;
    panels.tell({ type: 'library-changed' });
    embeddingChanged();
    sets.forget();
    tuningJobsChanged();
    training.run();
  },
});

const jobs = jobRunner({
  openLibrary,
  embeddingModel: queueModel.get,
  detectLanguage,
  readFile,
  now,
  newId,
  report: (job, shareDone) => report(progressOf(job, shareDone)),
  changed: () => panels.tell({ type: 'library-changed' }),
  embeddingChanged,
  forgetUnusedKey: async () => forgetUnusedKey(await openLibrary()),
  restorePiece: restore.piece,
  wakeAt: queue.wakeAt,
});

const backups = backupRunner({
  openLibrary,
  now,
  newId,
  wakeAt: backup.wakeAt,
  changed: () => panels.tell({ type: 'backup-changed' }),
});

const imports = importRunner({
  openLibrary,
  loader: offscreenLoader(askOffscreen()),
  fetchRobots,
  mayReach,
  giveBack: access.returnLeftAccess,
  runJobs: queue.run,
  changed: () => panels.tell({ type: 'import-changed' }),
  wakeAt: importing.wakeAt,
  now,
  newId,
});

const judgementChanged = (id: JudgementId) => panels.tell({ type: 'judgement-changed', id });
const judge = judgeRunner({
  openLibrary,
  answerTools,
  changed: judgementChanged,
  wakeAt: judging.wakeAt,
  now,
  pause: (ms, signal) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms);
      signal.addEventListener('abort', () => resolve());
    }),
});

// Training at a service

const announcer = browserAnnouncer(openLibrary);
const tuningJobsChanged = () => panels.tell({ type: 'tuning-jobs-changed' });
const addresses = trainingAddresses({
  readAccess: readTuningServiceAccess,
  writeAccess: writeTuningServiceAccess,
  readChatAccess: readModelAccess,
  listJobs: async () => listTuningJobs(await openLibrary()),
  mayReach,
  openService: openTuningService,
});
const sets = trainingSets({
  openLibrary,
  countTokens: loadPieceCounter,
  counted: (done, total) => panels.tell({ type: 'tuning-set-counted', done, total }),
  elapsed: () => performance.now(),
});
const setsBeingMade = new Set<TuningJobId>();

const tuningJobs = tuningJobRunner({
  openLibrary,
  openService: addresses.openFor,
  forgetUnusedKeys: addresses.forgetUnusedKeys,
  announce: announcer.announce,
  isWatched: panels.isThere,
  changed: tuningJobsChanged,
  spent: spending.changed,
  now,
  wakeAt: training.wakeAt,
});

// Saving

const scripts = tabScripts(browser.scripting, {
  page: [captureScript],
  selection: [selectionScript],
  video: [videoScript],
  reading: [asReadingScript, captureScript],
});
const pending = pendingCaptures();
const pendingByRule = pendingCaptures<Job | undefined>();
const storeAsJob = storerAsJob({ openLibrary, queue, report, now, newId });

const pdfTools = { addressOf: async (tabId: number) => (await browser.tabs.get(tabId)).url, fetchFromTab, fetchLocalFile };

const { saveTab, saveSelection } = tabSaver({
  scripts,
  expectCapture: (tabId, script) => expectCapture(tabId, script, now()),
  awaitCapture: pending.wait,
  storeAsJob,
  ...pdfTools,
});

const reader = tabReader({
  openLibrary,
  scripts,
  expectReading: (tabId) => expectCapture(tabId, 'reading', now()),
  readFile,
  ...pdfTools,
  detectLanguage,
  now,
  newId,
});

const saverOfLink = linkSaver({
  access,
  permissions: browser.permissions,
  linksBeingSaved,
  storeAsJob,
  keepAwake: stayAwake,
  fetchDocument,
  newId,
});

serveAddedFiles(self, storeAsJob);

// Saving by itself

const endOfPauseAlarm = 'end-of-pause';
browser.alarms.onAlarm.addListener(({ name }) => {
  if (name === endOfPauseAlarm) autoSaveChanged();
});

const autoSave = autoSaver({
  readSettings: readAutoSaveSettings,
  openLibrary,
  requestCapture: (tabId) =>
    captureByRule(tabId, { expectCapture: (id) => expectCapture(id, 'page', now(), 'rule'), scripts, pendingByRule }),
  hasSecretField: scripts.hasSecretField,
  showState: showPageState,
  now,
});

const { refreshTab, refreshTabs } = tabMarks(browser.tabs, autoSave);

const watching = autoSaveControl({
  readSettings: readAutoSaveSettings,
  writeSettings: writeAutoSaveSettings,
  // What was lent for other work does not switch it on.
  isAllowed: access.isAllowedForGood,
  giveBack: access.releaseAccess,
  originsNeeded: async () => modelOrigins(await readModelAccess(), await readIndexModel(await openLibrary())),
  register: (sites) => registerWatching(sites, watchScript),
  wakeAt: (time) => browser.alarms.create(endOfPauseAlarm, { when: time }),
  changed: autoSaveChanged,
  now,
});

function autoSaveChanged(): void {
  panels.tell({ type: 'auto-save-changed' });
  refreshTabs();
}

async function syncWatching(): Promise<void> {
  await watching.sync().catch((error: unknown) => console.error('Pages are not watched as the rules say:', problemOf(error)));
}

const accessChanged = () => void syncWatching().then(autoSaveChanged);
/** What is allowed at once, without a question, may be noted as lent a moment after. */
const notedWithinMs = 500;
browser.permissions.onAdded.addListener(() => void setTimeout(accessChanged, notedWithinMs));
browser.permissions.onRemoved.addListener(accessChanged);

function returnLeftAccess(): void {
  void access.returnLeftAccess().catch((error: unknown) => console.error('Access was not given back:', problemOf(error)));
}

const handleCapture = createHandle<CaptureMessages, Runtime.MessageSender>(
  captureHandlers({
    openLibrary,
    expectedCapture: (tabId, script) => expectedCapture(tabId, script, now()),
    forgetExpectedCapture,
    accept: autoSave.accept,
    pending,
    pendingByRule,
    reader,
    showPageState,
    refreshTab,
    queue,
    report,
    now,
    newId,
  }),
  captureMessageSchemas,
  isWebPage,
);

const handleWatch = createHandle<WatchMessages, Runtime.MessageSender>(
  {
    'watch/shown': (page, sender) => autoSave.shown(page, watchedTabOf(sender)),
    'watch/read': (page, sender) => autoSave.read(page, watchedTabOf(sender)),
  },
  watchMessageSchemas,
  isWebPage,
);

// Requests from the panel and the reader

/** The person types on meanwhile. */
const previewMs = 20_000;

const handleRequest = createHandle<WorkerRequests, Runtime.MessageSender>(
  requestHandlers({
    openLibrary,
    findPages: find,
    detectLanguage,
    saveTab,
    saveSelection,
    readTab: reader.readTab,
    isLive: (conversationId) => answers.isLive(conversationId),
    mayReach,
    autoSave: watching.handlers,
    changed: () => {
      panels.tell({ type: 'library-changed' });
      refreshTabs();
    },
    embeddingChanged,
    builtInAssistants: builtIn,
    previewPrompt: async (order) => previewPrompt(order, await answerTools(), AbortSignal.timeout(previewMs)),
    assistantsChanged: () => panels.tell({ type: 'assistants-changed' }),
    countTokens: loadPieceCounter,
    examplesChecked: (done, total) => panels.tell({ type: 'examples-checked', done, total }),
    examplesChanged(id) {
      sets.forget();
      panels.tell({ type: 'examples-changed', ...(id === undefined ? {} : { id }) });
    },
    drafting: {
      contextTokens: async () => (await readModelSettings()).contextTokens,
      keepAwake: stayAwake,
      draftsChanged: () => panels.tell({ type: 'drafts-changed' }),
    },
    openModel: models.embeddingOfKey,
    questionProblem: questions.problem,
    backlog: backlogCounter(openLibrary, loadTokenCounter, panels.tell, costOfWork(spending)),
    costOfWork: costOfWork(spending),
    chatModel: models.chat,
    costOf,
    spending,
    searchTuner: tuner,
    training: {
      openLibrary,
      addresses,
      sets,
      mayReach,
      readSettings: readSpendingSettings,
      beingMade: setsBeingMade,
      run: training.run,
      stopSending: tuningJobs.stopSending,
      changed: tuningJobsChanged,
      spent: spending.changed,
      seen: announcer.seen,
      keepAwake: stayAwake,
      now,
      newId,
    },
    judging: {
      answerTools,
      spentOfCap: () => spentOfCap(spending),
      runner: judge,
      run: judging.run,
      changed: judgementChanged,
      random: Math.random,
    },
    runJobs: queue.run,
    runBackup: backup.run,
    runImport: importing.run,
    access,
    accessChanged,
    wakeAt: queue.wakeAt,
    wakeModels: queueModel.wake,
    now,
    newId,
    newNonce,
  }),
  workerRequestSchemas,
  isOwnPage,
);

browser.runtime.onMessage.addListener(
  (message: unknown, sender: Runtime.MessageSender) =>
    handleRequest(message, sender) ?? handleCapture(message, sender) ?? handleWatch(message, sender),
);
serveDirectRequests(self, browser.runtime.id, handleRequest);

// Ports: answers, and news for open panels

const lockGoneMs = 1_000;

browser.runtime.onConnect.addListener((port) => {
  if (!port.sender || !isOwnPage(port.sender)) return port.disconnect();
  if (port.name === libraryPort) {
    panels.add(port);
    returnLeftAccess();
    // The panel's lock goes a moment after its port.
    port.onDisconnect.addListener(() => void setTimeout(returnLeftAccess, lockGoneMs));
    queue.run();
    importing.run();
    training.run();
    judging.run();
  } else if (port.name === answerPort) {
    void stayAwake(serveAnswer(port, answers.ask));
  } else if (port.name === comparisonPort) {
    void stayAwake(serveComparison(port, answers.compare));
  } else if (port.name === filePort) {
    void stayAwake(serveFileWork(port, workOnFile));
  }
});

async function workOnFile(...[order, report, signal]: Parameters<Parameters<typeof serveFileWork>[1]>): ReturnType<typeof doFileWork> {
  const tools = { library: await openLibrary(), settings: await readBackedUpSettings(), now, newId };
  return doFileWork(order, report, signal, tools);
}

function builtIn(): ReturnType<typeof builtInAssistants> {
  return builtInAssistants((key) => browser.i18n.getMessage(key));
}

/** At the server that is set. */
async function costOf(model: string, used: TokensUsed): Promise<Cost> {
  const [{ baseUrl }, { prices }] = await Promise.all([readModelSettings(), readSpendingSettings()]);
  return costOfTokens(priceOf(baseUrl, model, prices), used);
}

async function answerTools(): Promise<ComparisonTools> {
  return {
    ...answerSettings(await readModelSettings()),
    library: await openLibrary(),
    searcher,
    chatModel: (name) => (name ? models.chatOfName(name) : models.chat()),
    openChat: models.chatOfName,
    costOf,
    imageModel: models.imageOfName,
    embeddingModel: questions.get,
    retrievalTuning: usedTuning,
    countTokens: loadTokenCounter,
    now,
    newId,
    newNonce,
    assistants: async () => listAssistants(await openLibrary(), builtIn()),
    today: () => new Intl.DateTimeFormat(browser.i18n.getMessage('language'), { dateStyle: 'long' }).format(now()),
    language: () =>
      new Intl.DisplayNames('en', { type: 'language' }).of(new Intl.Locale(browser.i18n.getUILanguage()).language) ?? 'English',
  };
}

/** A tuning that cannot be read is no reason to give no answer. */
async function usedTuning(modelKey: string): Promise<RetrievalTuning | undefined> {
  const read = await readTuning(await openLibrary(), modelKey).catch(() => undefined);
  return read === 'damaged' ? undefined : read?.tuning;
}

const answers = liveAnswers(answerTools);

// Finding without asking: the search box, and «cp» in the address bar

async function find(text: string, wanted: WantedPages, pageIds?: readonly PageId[]): ReturnType<typeof findPages> {
  return findPages(text, wanted, { library: await openLibrary(), searcher, readTexts }, pageIds);
}

serveBrowserOmnibox((text, limit) => find(text, { limit }));

serveBrowserButtons({ saveTab, saveSelection, saverOfLink, refreshTab, tell: panels.tell });

/** Examples that were deleted and can be put back are the panel's to delete for good; one that was closed first leaves them to a later worker. */
const abandonedMs = 3_600_000;

queue.run();
importing.run();
training.run();
void openLibrary()
  .then((library) => forgetAbandonedExamples(library, now() - abandonedMs))
  .catch(() => {});
returnLeftAccess();
void syncWatching();
