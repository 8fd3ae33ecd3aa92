import browser, { type Omnibox, type Runtime, type Tabs } from 'webextension-polyfill';
import captureScript from '../content/capture.ts?script&iife';
import selectionScript from '../content/capture-selection.ts?script&iife';
import videoScript from '../content/capture-video.ts?script&iife';
import watchScript from '../content/watch.ts?script&iife';
import { uniteAutoSave } from '../core/auto-save';
import type { CaptureScript } from '../core/capture-script';
import { costOfTokens, priceOf } from '../core/model-prices';
import { originPattern } from '../core/origin-pattern';
import type { PageId } from '../core/page';
import { type Problem, ProblemError, problemOf } from '../core/problem';
import { fetchDocument } from '../fetching/fetch-document';
import { fetchFromTab } from '../fetching/fetch-from-tab';
import { fetchLocalFile } from '../fetching/fetch-local-file';
import { loadTokenCounter } from '../models/token-counter';
import { answerPort } from '../protocol/answer-stream';
import { captureMessageSchemas } from '../protocol/capture-message-schemas';
import { openExchangedFile, removeExchangedFile, removeLeftFiles } from '../protocol/exchanged-files';
import { fileRequestSchemas } from '../protocol/file-request-schemas';
import type { FileRequests } from '../protocol/file-requests';
import { filePort } from '../protocol/file-work';
import { createHandle } from '../protocol/handle';
import { libraryPort } from '../protocol/library-events';
import { libraryPath } from '../protocol/panel-address';
import { readerPath } from '../protocol/saved-place';
import { watchMessageSchemas } from '../protocol/watch-message-schemas';
import { workerRequestSchemas } from '../protocol/worker-request-schemas';
import type { CaptureMessages, WatchMessages, WorkerRequests } from '../protocol/worker-requests';
import { readAutoSaveSettings, writeAutoSaveSettings } from '../storage/auto-save-settings';
import { readBorrowedAccess, writeBorrowedAccess } from '../storage/borrowed-access';
import { closeToContentScripts } from '../storage/close-to-content-scripts';
import { type CaptureCause, expectCapture, takeExpectedCapture } from '../storage/expected-captures';
import { librarySearcher } from '../storage/library-searcher';
import { readModelAccess, readModelSettings } from '../storage/model-settings';
import { libraryOpener } from '../storage/open-library';
import { readBackedUpSettings } from '../storage/read-backed-up-settings';
import { readRestore, writeRestore } from '../storage/restore-record';
import type { Job } from '../storage/schema';
import { vectorLengths } from '../storage/vector-lengths';
import { readIndexModel } from '../storage/vector-models';
import { serveAnswer } from './answer/serve-answers';
import { audience } from './audience';
import { autoSaver, type WatchedTab } from './auto-save/auto-save';
import { autoSaveControl } from './auto-save/auto-save-control';
import { registerWatching } from './auto-save/register-watching';
import { showBadge, showPageState } from './capture/badge';
import { accessLender } from './capture/borrowed-access';
import { isCaptioned } from './capture/is-captioned';
import { pendingCaptures } from './capture/pending-captures';
import { receiveCapture } from './capture/receive-capture';
import { saveLink } from './capture/save-link';
import { savePage } from './capture/save-page';
import { savePdfTab } from './capture/save-pdf-tab';
import { backupsByThemselves } from './data/backups-by-themselves';
import { doFileWork } from './data/do-file-work';
import { restorer } from './data/restore-backup';
import { serveFileWork } from './data/serve-file-work';
import { backlogCounter } from './embedding/backlog-counter';
import { findPages } from './find/find-pages';
import { serveOmnibox } from './find/omnibox';
import { passageTexts } from './find/passage-texts';
import { fetchRobots } from './import/fetch-robots';
import { importRunner } from './import/import-runner';
import { languageDetector } from './ingest/detect-language';
import { progressOf } from './ingest/ingest-progress';
import { readFile } from './ingest/read-file';
import { jobRunner } from './ingest/run-jobs';
import type { StoreCaptureTools } from './ingest/store-capture';
import { storeFile } from './ingest/store-file';
import { isHolderLive } from './is-holder-live';
import { keepAwake } from './keep-awake';
import { liveAnswers } from './live-answers';
import { createMenus, wishOf } from './menus';
import { changeModels } from './model-access/change-models';
import { configuredModels, modelOrigins } from './model-access/configured-models';
import { forgetUnusedKey } from './model-access/forget-unused-key';
import type { Meter } from './model-access/meter';
import { questionModel } from './model-access/question-model';
import { restingModel } from './model-access/resting-model';
import { askOffscreen } from './offscreen-document';
import { requestHandlers } from './request-handlers';
import { isOwnPage, isWebPage, tabOf, watchedTabOf } from './senders';
import { sidePanel } from './side-panel';

declare const self: ServiceWorkerGlobalScope;

// Everything the worker is made of. What is held here is only ever a cache: the worker may be gone after any await.

const now = () => Date.now();
const newId = () => crypto.randomUUID();
const newNonce = () => crypto.randomUUID().replaceAll('-', '');
const openLibrary = libraryOpener();
const searcher = librarySearcher(openLibrary, runJobs);
const readTexts = passageTexts();
const panels = audience();
const pending = pendingCaptures();
const pendingByRule = pendingCaptures<Job | undefined>();

const linksBeingSaved = new Set<string>();
const access = accessLender({
  permissions: browser.permissions,
  read: readBorrowedAccess,
  write: writeBorrowedAccess,
  isLive: (holder) => isHolderLive(holder, { links: linksBeingSaved, openLibrary, locks: navigator.locks }),
});
const mayReach = (origin: string) => browser.permissions.contains({ origins: [origin] });
const meter: Meter = {
  open: async ({ baseUrl, model }) => ({ settle: async (used) => costOfTokens(priceOf(baseUrl, model, []), used) }),
};
const models = configuredModels({ readAccess: readModelAccess, mayReach, metering: { meter, countTokens: loadTokenCounter } });
const queueModel = restingModel(models.embedding, now);
const questions = questionModel({
  indexModel: async () => readIndexModel(await openLibrary()),
  openModel: models.embeddingOfKey,
  vectorLengths: async (modelKey) => vectorLengths(await openLibrary(), modelKey),
});
const embeddingChanged = () => panels.tell({ type: 'embedding-changed' });

void closeToContentScripts();

// The queue

const resumeAlarm = 'resume-jobs';
const resumeImportAlarm = 'resume-import';
/** Alarms fire no sooner than this; jobs due before are waited for while the worker lives. */
const shortestAlarmMs = 30_000;

const detectLanguage = languageDetector((text) => browser.i18n.detectLanguage(text));
const restore = restorer({
  readRecord: readRestore,
  writeRecord: writeRestore,
  openLibrary,
  openFile: () => openExchangedFile('examined'),
  removeFile: () => removeExchangedFile('examined'),
  detectLanguage,
  settingsWriters: {
    modelSettings: async (settings) => changeModels(await openLibrary(), settings, undefined),
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
  },
});

const jobs = jobRunner({
  openLibrary,
  embeddingModel: queueModel.get,
  detectLanguage,
  readFile,
  now,
  newId,
  report: (job, shareDone) => panels.tell({ type: 'ingest-progress', progress: progressOf(job, shareDone) }),
  changed: () => panels.tell({ type: 'library-changed' }),
  embeddingChanged,
  forgetUnusedKey: async () => forgetUnusedKey(await openLibrary()),
  restorePiece: restore.piece,
  wakeAt,
});

let soon: ReturnType<typeof setTimeout> | undefined;

function wakeAt(time: number | undefined): void {
  if (time === undefined) return;
  // Never cleared: a page may be on its way in at this very moment, and an alarm too many finds an empty queue.
  browser.alarms.create(resumeAlarm, { when: Math.max(time, now() + shortestAlarmMs) });
  const inMs = time - now();
  if (inMs <= 0 || inMs >= shortestAlarmMs) return;
  clearTimeout(soon);
  soon = setTimeout(runJobs, inMs);
}

function runJobs(): void {
  void keepAwake(jobs.run(), browser.runtime.getPlatformInfo).catch((error: unknown) =>
    console.error('The queue stopped:', problemOf(error)),
  );
}

// Backups that are made by themselves

const backupAlarm = 'back-up';

const backups = backupsByThemselves({
  openLibrary,
  now,
  newId,
  wakeAt: (time) => browser.alarms.create(backupAlarm, { when: Math.max(time, now() + shortestAlarmMs) }),
  changed: () => panels.tell({ type: 'backup-changed' }),
});

function runBackup(): void {
  void keepAwake(backups.run(), browser.runtime.getPlatformInfo).catch((error: unknown) =>
    console.error('The backup stopped:', problemOf(error)),
  );
}

browser.alarms.onAlarm.addListener((alarm) => {
  if (alarm.name === resumeAlarm) runJobs();
  if (alarm.name === backupAlarm) runBackup();
  if (alarm.name === resumeImportAlarm) runImport();
  if (alarm.name === endOfPauseAlarm) autoSaveChanged();
});
browser.runtime.onStartup.addListener(() => {
  runJobs();
  runImport();
  returnLeftAccess();
  void removeLeftFiles().then(runBackup);
});

// Imports

const offscreen = askOffscreen();

const imports = importRunner({
  openLibrary,
  loader: {
    load: (ticket, url) => offscreen('offscreen/load-page', { ticket, url }),
    held: () => offscreen('offscreen/kept-loads', null),
    drop: (ticket) => offscreen('offscreen/drop-load', { ticket }),
    readHtml: (html, url) =>
      offscreen('offscreen/read-html', { html: new TextEncoder().encode(html), contentType: 'text/html; charset=utf-8', url }),
  },
  fetchRobots,
  mayReach,
  giveBack: access.returnLeftAccess,
  runJobs,
  changed: () => panels.tell({ type: 'import-changed' }),
  wakeAt: (time) => browser.alarms.create(resumeImportAlarm, { when: Math.max(time, now() + shortestAlarmMs) }),
  now,
  newId,
});

function runImport(): void {
  void keepAwake(imports.run(), browser.runtime.getPlatformInfo).catch((error: unknown) =>
    console.error('The import stopped:', problemOf(error)),
  );
}

// Saving

const scriptFiles: Record<CaptureScript, string> = { page: captureScript, selection: selectionScript, video: videoScript };
const saveTab = async (tabId: number) => saveByScript(tabId, (await offersTranscript(tabId)) ? 'video' : 'page');
const saveSelection = (tabId: number) => saveByScript(tabId, 'selection');

async function offersTranscript(tabId: number): Promise<boolean> {
  try {
    const [found] = await browser.scripting.executeScript({ target: { tabId }, func: isCaptioned });
    return found?.result === true;
  } catch {
    // Why the tab cannot be read is told when it is tried.
    return false;
  }
}

async function injectScript(tabId: number, script: string): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId }, files: [script] });
}

async function saveByScript(tabId: number, script: CaptureScript): Promise<Job> {
  return savePage(tabId, {
    expectCapture: (id) => expectCapture(id, script, now()),
    injectCapture: (id) => injectScript(id, scriptFiles[script]),
    awaitCapture: pending.wait,
    savePdf: (id) =>
      storeAsJob((tools) =>
        savePdfTab(id, { ...tools, addressOf: async () => (await browser.tabs.get(id)).url, fetchFromTab, fetchLocalFile }),
      ),
  });
}

/** For what does not come from a content script: stores it, tells the panels and sets the queue going. */
async function storeAsJob(store: (tools: StoreCaptureTools) => Promise<Job>): Promise<Job> {
  wakeAt(now());
  const job = await store({ library: await openLibrary(), now, newId });
  wakeAt(now());
  panels.tell({ type: 'ingest-progress', progress: progressOf(job) });
  runJobs();
  return job;
}

const handleFile = createHandle<FileRequests, null>(
  { 'file/add': async (added) => progressOf(await storeAsJob((tools) => storeFile(added, tools))) },
  fileRequestSchemas,
  () => true,
);

// Only pages of the extension can speak to its worker in this way.
self.addEventListener('message', (event) => {
  const [port] = event.ports;
  event.waitUntil(handleFile(event.data, null)?.then((reply) => port?.postMessage(reply)) ?? Promise.resolve());
});

/** Asks for the link's site at once, for the click will not be taken for the person's wish later, and gives it back when the page is read. */
function saverOfLink(url: string): () => Promise<Job> {
  const holder = `link:${newId()}`;
  const origins = [originPattern(url) ?? ''];
  linksBeingSaved.add(holder);
  const borrowing = access.borrowAccess(holder, { origins, permissions: [] });
  // Refused outright when the click is not taken for the person's wish; the site may be allowed all the same.
  const asking = browser.permissions.request({ origins }).catch(() => browser.permissions.contains({ origins }));
  return async () => {
    try {
      const [isAllowed] = await Promise.all([asking, borrowing]);
      if (!isAllowed) throw new ProblemError({ code: 'access-refused' });
      return await keepAwake(
        storeAsJob((tools) => saveLink(url, { ...tools, fetchDocument })),
        browser.runtime.getPlatformInfo,
      );
    } finally {
      linksBeingSaved.delete(holder);
      await access.returnAccess(holder);
    }
  };
}

async function saveTabWithBadge(tab: Tabs.Tab | undefined, save: (tabId: number) => Promise<Job> = saveTab): Promise<void> {
  if (tab?.id === undefined) return;
  const { id, url = '', incognito } = tab;
  panels.tell({ type: 'tab-granted', tabId: id });
  await showBadge(id, 'working');
  try {
    await save(id);
    await showBadge(id, 'saved', '', () => refreshTab({ id, url, isPrivate: incognito }));
  } catch (error) {
    const problem = problemOf(error);
    panels.tell({ type: 'save-failed', tabId: id, problem });
    await showBadge(id, 'failed', browser.i18n.getMessage(`problem_${problem.code.replaceAll('-', '_')}`));
  }
}

const handleCapture = createHandle<CaptureMessages, Runtime.MessageSender>(
  {
    async 'capture/deliver'({ page, script }, sender) {
      const tab = tabOf(sender);
      let cause: CaptureCause | undefined;
      // Before the page is stored, not after: the worker may not live to begin with it.
      wakeAt(now());
      try {
        const library = await openLibrary();
        cause = await takeExpectedCapture(tab.id, script, now());
        const state = cause === 'rule' ? await autoSave.accept(page, watchedTabOf(sender)) : undefined;
        if (cause === 'rule' && !state) {
          pendingByRule.arrived(tab.id, undefined);
          return null;
        }
        const job = await receiveCapture(page, tab, { library, wasExpected: async () => cause !== undefined, now, newId });
        wakeAt(now());
        // The tab may be gone, and the page is stored all the same.
        if (state) void showPageState(tab.id, state).catch(() => {});
        else refreshTab(watchedTabOf(sender));
        if (cause === 'person') pending.arrived(tab.id, job);
        if (script === 'page') pendingByRule.arrived(tab.id, job);
        panels.tell({ type: 'ingest-progress', progress: progressOf(job) });
      } catch (error) {
        for (const each of waitingFor(script, cause)) each.failed(tab.id, problemOf(error));
        throw error;
      }
      runJobs();
      return null;
    },
    async 'capture/fail'({ problem, script }, sender) {
      const { id } = tabOf(sender);
      const cause = await takeExpectedCapture(id, script, now());
      if (!cause) return null;
      for (const each of waitingFor(script, cause)) each.failed(id, problem as Problem);
      return null;
    },
  },
  captureMessageSchemas,
  isWebPage,
);

/** A rule has no other script run than the page's, and may have found that the person had asked for it already. */
function waitingFor(script: CaptureScript, cause: CaptureCause | undefined): { failed(tabId: number, problem: Problem): void }[] {
  return [...(cause === 'rule' ? [] : [pending]), ...(script === 'page' ? [pendingByRule] : [])];
}

// Saving by itself

const endOfPauseAlarm = 'end-of-pause';

const autoSave = autoSaver({
  readSettings: readAutoSaveSettings,
  openLibrary,
  async requestCapture(tabId) {
    await expectCapture(tabId, 'page', now(), 'rule');
    const handedOver = pendingByRule.wait(tabId);
    handedOver.catch(() => {});
    await injectScript(tabId, captureScript);
    // However it ends: there is nobody to tell. But the page must hear that this worker lived to see it.
    await handedOver.catch(() => {});
  },
  async hasSecretField(tabId) {
    // What the watching script left in the world that the extension's scripts share in a page.
    const func = () => (globalThis as { commonplaceHasSecretField?: () => boolean }).commonplaceHasSecretField?.() ?? true;
    const [frame] = await browser.scripting.executeScript({ target: { tabId }, func }).catch(() => []);
    return frame?.result !== false;
  },
  showState: showPageState,
  now,
});

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

// The two below are only for show, and a tab may be gone by now.

function refreshTab(tab: WatchedTab): void {
  void autoSave.refresh(tab).catch(() => {});
}

function refreshTabs(): void {
  const refresh = async () => {
    for (const { id, url, incognito } of await browser.tabs.query({})) {
      if (id !== undefined && url) await autoSave.refreshOrClear({ id, url, isPrivate: incognito });
    }
  };
  void refresh().catch(() => {});
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

const handleWatch = createHandle<WatchMessages, Runtime.MessageSender>(
  {
    'watch/shown': (page, sender) => autoSave.shown(page, watchedTabOf(sender)),
    'watch/read': (page, sender) => autoSave.read(page, watchedTabOf(sender)),
  },
  watchMessageSchemas,
  isWebPage,
);

// Requests from the panel and the reader

const handleRequest = createHandle<WorkerRequests, Runtime.MessageSender>(
  requestHandlers({
    openLibrary,
    findPages: find,
    detectLanguage,
    saveTab,
    saveSelection,
    isLive: (conversationId) => answers.isLive(conversationId),
    mayReach,
    autoSave: watching.handlers,
    changed: () => {
      panels.tell({ type: 'library-changed' });
      refreshTabs();
    },
    embeddingChanged,
    openModel: models.embeddingOfKey,
    questionProblem: questions.problem,
    backlog: backlogCounter(openLibrary, loadTokenCounter, panels.tell),
    runJobs,
    runBackup,
    runImport,
    access,
    accessChanged,
    wakeAt,
    wakeModels: queueModel.wake,
    now,
    newId,
  }),
  workerRequestSchemas,
  isOwnPage,
);

browser.runtime.onMessage.addListener(
  (message: unknown, sender: Runtime.MessageSender) =>
    handleRequest(message, sender) ?? handleCapture(message, sender) ?? handleWatch(message, sender),
);

// Ports: answers, and news for open panels

const lockGoneMs = 1_000;

browser.runtime.onConnect.addListener((port) => {
  if (!port.sender || !isOwnPage(port.sender)) return port.disconnect();
  if (port.name === libraryPort) {
    panels.add(port);
    returnLeftAccess();
    // The panel's lock goes a moment after its port.
    port.onDisconnect.addListener(() => void setTimeout(returnLeftAccess, lockGoneMs));
    runJobs();
    runImport();
  } else if (port.name === answerPort) {
    void keepAwake(serveAnswer(port, answers.ask), browser.runtime.getPlatformInfo);
  } else if (port.name === filePort) {
    void keepAwake(serveFileWork(port, workOnFile), browser.runtime.getPlatformInfo);
  }
});

async function workOnFile(...[order, report, signal]: Parameters<Parameters<typeof serveFileWork>[1]>): ReturnType<typeof doFileWork> {
  const tools = { library: await openLibrary(), settings: await readBackedUpSettings(), now, newId };
  return doFileWork(order, report, signal, tools);
}

const answers = liveAnswers(async () => ({
  library: await openLibrary(),
  searcher,
  chatModel: models.chat,
  embeddingModel: questions.get,
  contextTokens: (await readModelSettings()).contextTokens,
  countTokens: loadTokenCounter,
  now,
  newId,
  newNonce,
}));

// Finding without asking: the search box, and «cp» in the address bar

async function find(text: string, limit: number, pageIds?: readonly PageId[]): ReturnType<typeof findPages> {
  return findPages(text, limit, { library: await openLibrary(), searcher, readTexts }, pageIds);
}

serveOmnibox(browser.omnibox, {
  find,
  addressOf: (place) => browser.runtime.getURL(readerPath(place)),
  libraryAddress: (sought) => browser.runtime.getURL(libraryPath(sought)),
  open: openAddress,
  words: {
    start: browser.i18n.getMessage('omnibox_start'),
    openBest: browser.i18n.getMessage('omnibox_open_best'),
    nothing: browser.i18n.getMessage('omnibox_nothing'),
    incomplete: browser.i18n.getMessage('index_incomplete'),
  },
});

function openAddress(url: string, disposition: Omnibox.OnInputEnteredDisposition): void {
  if (disposition === 'currentTab') void browser.tabs.update({ url });
  else void browser.tabs.create({ url, active: disposition === 'newForegroundTab' });
}

// Toolbar, shortcut and menu: each opens the tab to the extension

browser.action.onClicked.addListener((tab) => {
  // Before anything is awaited, else the browser no longer takes it for the person's wish.
  if (tab.windowId !== undefined) void sidePanel.open({ windowId: tab.windowId });
  if (tab.id !== undefined) panels.tell({ type: 'tab-granted', tabId: tab.id });
});
browser.commands.onCommand.addListener((command, tab) => {
  if (command === 'save-page') void saveTabWithBadge(tab);
});
browser.contextMenus.onClicked.addListener((info, tab) => {
  const { what, url } = wishOf(info);
  if (what === 'page') void saveTabWithBadge(tab);
  else if (what === 'selection') void saveTabWithBadge(tab, saveSelection);
  else if (url) void saveTabWithBadge(tab, saverOfLink(url));
});
browser.runtime.onInstalled.addListener(() => {
  createMenus();
  // The icon must be the extension's own to answer: only then does a click open the tab to it.
  void sidePanel.setPanelBehavior({ openPanelOnActionClick: false });
});

runJobs();
runImport();
returnLeftAccess();
void syncWatching();
