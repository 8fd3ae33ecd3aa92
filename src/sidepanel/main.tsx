import { batch, effect, signal } from '@preact/signals';
import { render } from 'preact';
import browser from 'webextension-polyfill';
import type { PageId } from '../core/pages/page';
import { wholeLibrary, withPages } from '../core/search/chosen-scope';
import { askedPagesKey, takeAskedPages } from '../protocol/asked-pages';
import { isTuneAsked, soughtIn } from '../protocol/panel-address';
import { panelLock } from '../protocol/panel-lock';
import { t } from '../view/translate';
import { loadAhead } from '../view/use-loaded';
import { loadExcerpts } from './ask/answer/quotation';
import { createClient } from './client';
import { browserLists } from './import/browser-lists';
import { createImportState } from './import/import-state';
import { mostFoundInSight } from './library/most-found-in-sight';
import { loadedAhead, Panel } from './panel';
import { createPictureState } from './picture/picture-state';
import { bringIntoSight } from './shared/bring-into-sight';
import { createAssistantsState } from './state/assistants-state';
import { createAutoSaveState } from './state/auto-save-state';
import { createComparisonState } from './state/comparison-state';
import { createConversationState } from './state/conversation-state';
import { createDataState } from './state/data-state';
import { createDraftStore } from './state/draft-store';
import { createDraftsState } from './state/drafts-state';
import { createFilesState } from './state/files-state';
import { createLibraryState } from './state/library-state';
import { prepareChoices } from './state/prepare-choices';
import { createScopeState } from './state/scope-state';
import { createSettingsState } from './state/settings-state';
import { createSpeechState } from './state/speech-state';
import { createSpendingState } from './state/spending-state';
import { createStorageState } from './state/storage-state';
import { createSuggestionsState } from './state/suggestions-state';
import { createTabState } from './state/tab-state';
import { createTrainedModelsState } from './state/trained-models-state';
import { createTunedSearchState } from './state/tuned-search-state';
import { createVerdictState } from './state/verdict-state';
import { createWindowState } from './state/window-state';
import { createDecidingState } from './tune/drafts/deciding-state';
import { createDraftingState } from './tune/drafts/drafting-state';
import { createExamplesState } from './tune/examples-state';
import { createJudgeState } from './tune/judge/judge-state';
import { createMarvState } from './tune/marv/marv-state';
import { createTrainState } from './tune/train/train-state';
import type { ViewName } from './views';

const panelId = crypto.randomUUID();
// Held until the panel closes, whatever becomes of the worker.
void navigator.locks.request(panelLock(panelId), () => new Promise(() => {}));
const client = createClient(browser, panelId);
const tab = createTabState(client);
const tabs = createWindowState(client);
const library = createLibraryState(client, mostFoundInSight);
const imports = createImportState(client, browserLists(browser), () => Date.now());
const settings = createSettingsState(client);
const tunedSearch = createTunedSearchState(client);
const spending = createSpendingState(client);
const picture = createPictureState(client, localStorage);
const suggestions = createSuggestionsState(client);
const data = createDataState(client);
const autoSave = createAutoSaveState(client);
const storage = createStorageState(client, {
  persisted: () => navigator.storage.persisted(),
  persist: () => navigator.storage.persist(),
  // Browsers that know this permission delete nothing of an extension that has it.
  isSpared: () => browser.permissions.contains({ permissions: ['unlimitedStorage'] }),
});
const files = createFilesState(client);
const conversation = createConversationState({ client, memory: localStorage, beforeNextFrame: requestAnimationFrame });
const drafts = createDraftsState({ store: createDraftStore(localStorage, () => Date.now()), conversation });
const assistants = createAssistantsState({ client, tab, conversation, drafts, memory: localStorage, now: () => Date.now() });
const scope = createScopeState({ client, tab, library, conversation, drafts });
const examples = createExamplesState(client);
const drafting = createDraftingState({ client, scope, now: () => Date.now(), newId: () => crypto.randomUUID() });
const deciding = createDecidingState(client);
const judge = createJudgeState(client);
const trainedModels = createTrainedModelsState(client);
const marv = createMarvState({
  client,
  examples,
  memory: localStorage,
  word: (key) => t(key),
  now: () => Date.now(),
  newId: () => crypto.randomUUID(),
});
const verdicts = createVerdictState({ client, conversation });
const comparison = createComparisonState({
  client,
  conversation,
  judge: verdicts.judge,
  prepareChoices: (question) => prepareChoices(question, { scope, assistants }),
  choicesProblem: () => scope.problem.value,
  questionStored: drafts.takeOut,
  settingsChanged: () => void settings.reload().catch(() => {}),
});
const speech = createSpeechState({
  speech: globalThis.speechSynthesis,
  newUtterance: (text) => new SpeechSynthesisUtterance(text),
  detectLanguage: (text) => browser.i18n.detectLanguage(text),
});

client.onCurrentTab((tabId, isNewPage) => void tab.show(tabId, isNewPage));
client.onLibraryEvent({
  onEvent(event) {
    void tab.receive(event);
    void library.receive(event);
    void settings.receive(event);
    void tunedSearch.receive(event);
    void spending.receive(event);
    train.receive(event);
    void data.receive(event);
    void imports.receive(event);
    void autoSave.receive(event);
    void assistants.receive(event);
    examples.receive(event);
    if (event.type === 'tuning-jobs-changed') seeTraining();
    deciding.receive(event);
    judge.receive(event);
    trainedModels.receive(event);
    marv.receive(event);
    void verdicts.receive(event);
  },
  onReconnect() {
    void tab.refresh();
    void library.refresh();
    void settings.refresh();
    void tunedSearch.refresh();
    void spending.refresh();
    train.refresh();
    void data.refresh();
    void imports.refresh();
    void autoSave.refresh();
    void assistants.load();
    void deciding.load();
    void judge.refresh();
    void trainedModels.refresh();
  },
});
// What is selected on the page may have changed since the person was last here.
addEventListener('focus', () => void tab.refresh());
document.documentElement.addEventListener('pointerenter', () => void tab.refresh());
const sought = soughtIn(location.search);
const opened = isTuneAsked(location.search) ? 'tune' : 'ask';
const view = signal<ViewName>(sought === undefined ? opened : 'library');
const train = createTrainState({
  client,
  settingsChanged: () => void settings.reload().catch(() => {}),
  async openSettings(begun) {
    view.value = 'settings';
    await settings.load();
    settings.change(begun);
    bringIntoSight('models-heading');
  },
  compare(models) {
    judge.propose(models);
    bringIntoSight('judge-heading');
  },
  newId: () => crypto.randomUUID(),
});
const askPages = (pageIds: readonly PageId[]) =>
  batch(() => {
    comparison.dismiss();
    conversation.startNew();
    scope.choose(withPages(wholeLibrary, pageIds));
    view.value = 'ask';
  });
const draftPages = (pageIds: readonly PageId[]) =>
  batch(() => {
    deciding.isOpen.value = false;
    drafting.openWith(pageIds);
    view.value = 'tune';
  });
if (sought !== undefined) void library.find.type(sought);
void library.refresh();
// What the mark on the icon says of jobs of training is to be seen there.
const seeTraining = () => {
  if (view.value === 'tune') void client.send('tuning-jobs/seen', null).catch(() => {});
};
effect(seeTraining);
// With the first saved page there is something to lose, and a browser that asks the person has a reason to give.
effect(() => {
  if ((library.overview.value?.pages ?? 0) > 0) void storage.keep();
});
const resumed = conversation.resume();
/** What the reader wants asked, in this window. */
const takeAsked = async () => {
  await resumed;
  const { id } = await browser.windows.getCurrent();
  const pageIds = takeAskedPages(localStorage, id, Date.now());
  if (pageIds) askPages(pageIds);
};
addEventListener('storage', ({ key }) => {
  if (key === askedPagesKey) void takeAsked();
});
void takeAsked();
void assistants.load();

document.title = t('extension_name');
document.documentElement.lang = t('language');
render(
  <Panel
    client={client}
    tab={tab}
    tabs={tabs}
    library={library}
    imports={imports}
    conversation={conversation}
    scope={scope}
    assistants={assistants}
    comparison={comparison}
    speech={speech}
    verdicts={verdicts}
    examples={examples}
    drafting={drafting}
    deciding={deciding}
    judge={judge}
    trainedModels={trainedModels}
    marv={marv}
    settings={settings}
    tunedSearch={tunedSearch}
    spending={spending}
    train={train}
    picture={picture}
    suggestions={suggestions}
    data={data}
    autoSave={autoSave}
    storage={storage}
    files={files}
    drafts={drafts}
    view={view}
    askPages={askPages}
    draftPages={draftPages}
  />,
  document.body,
);

/** After what the panel opens with was asked for and drawn. */
const aheadAfterMs = 500;
setTimeout(() => void loadAllAhead(), aheadAfterMs);

/** One after the other, each when there is nothing else to do: who clicks meanwhile does not wait for what nobody has asked for yet. */
async function loadAllAhead(): Promise<void> {
  for (const load of [loadExcerpts, ...loadedAhead]) {
    await new Promise((resolve) => requestIdleCallback(resolve));
    await loadAhead(load);
  }
}
