import type { Signal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import type { PageId } from '../core/pages/page';
import { Icon } from '../view/icon';
import { t } from '../view/translate';
import { AskView } from './ask/ask-view';
import type { Client } from './client';
import type { ImportState } from './import/import-state';
import type { PictureState } from './picture/picture-state';
import { bringIntoSight } from './shared/bring-into-sight';
import { FileDrop } from './shared/file-drop';
import { TunedModels } from './shared/lineage/tuned-models';
import { StorageProblem } from './shared/storage-problem';
import { whenNeeded } from './shared/when-needed';
import type { AssistantsState } from './state/assistants-state';
import type { AutoSaveState } from './state/auto-save-state';
import type { ComparisonState } from './state/comparison-state';
import type { ConversationState } from './state/conversation-state';
import type { DataState } from './state/data-state';
import type { DraftsState } from './state/drafts-state';
import type { FilesState } from './state/files-state';
import type { LibraryState } from './state/library-state';
import type { ScopeState } from './state/scope-state';
import type { SettingsState } from './state/settings-state';
import type { SpeechState } from './state/speech-state';
import type { SpendingState } from './state/spending-state';
import type { StorageState } from './state/storage-state';
import type { SuggestionsState } from './state/suggestions-state';
import type { TabState } from './state/tab-state';
import type { TrainedModelsState } from './state/trained-models-state';
import type { TunedSearchState } from './state/tuned-search-state';
import type { VerdictState } from './state/verdict-state';
import type { WindowState } from './state/window-state';
import type { DecidingState } from './tune/drafts/deciding-state';
import type { DraftingState } from './tune/drafts/drafting-state';
import type { ExamplesState } from './tune/examples-state';
import type { JudgeState } from './tune/judge/judge-state';
import type { MarvState } from './tune/marv/marv-state';
import type { TrainState } from './tune/train/train-state';
import { type ViewName, views } from './views';

// The panel opens with Ask.
const LibraryView = whenNeeded(async () => ({ View: (await import('./library/library-view')).LibraryView }));
const SettingsView = whenNeeded(async () => ({ View: (await import('./settings/settings-view')).SettingsView }));
const TuneView = whenNeeded(async () => ({ View: (await import('./tune/tune-view')).TuneView }));

/** What most people will want next. */
export const loadedAhead = [LibraryView.load, SettingsView.load];

export interface PanelProps {
  readonly client: Client;
  readonly tab: TabState;
  readonly tabs: WindowState;
  readonly library: LibraryState;
  readonly imports: ImportState;
  readonly conversation: ConversationState;
  readonly scope: ScopeState;
  readonly assistants: AssistantsState;
  readonly comparison: ComparisonState;
  readonly speech: SpeechState;
  readonly verdicts: VerdictState;
  readonly examples: ExamplesState;
  readonly drafting: DraftingState;
  readonly deciding: DecidingState;
  readonly judge: JudgeState;
  readonly marv: MarvState;
  readonly settings: SettingsState;
  readonly trainedModels: TrainedModelsState;
  readonly tunedSearch: TunedSearchState;
  readonly spending: SpendingState;
  readonly train: TrainState;
  readonly picture: PictureState;
  readonly suggestions: SuggestionsState;
  readonly data: DataState;
  readonly autoSave: AutoSaveState;
  readonly storage: StorageState;
  readonly files: FilesState;
  readonly drafts: DraftsState;
  readonly view: Signal<ViewName>;
  /** Opens a new conversation about pages. */
  readonly askPages: (pageIds: readonly PageId[]) => void;
  /** Opens the drafting of examples from pages. */
  readonly draftPages: (pageIds: readonly PageId[]) => void;
}

/** The frame: tabs above, the chosen view below. */
export function Panel(props: PanelProps) {
  const { view: chosen } = props;
  const choose = (name: ViewName) => {
    chosen.value = name;
  };
  const { conversation, comparison, files, speech } = props;
  const onDrop = useCallback(
    (dropped: readonly File[]) => {
      // Where they can be seen to arrive.
      chosen.value = 'library';
      void files.add(dropped);
    },
    [chosen, files],
  );
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing) {
        speech.stop();
        conversation.stop();
        comparison.stop();
        return;
      }
      const digit = event.altKey && !event.ctrlKey && !event.metaKey && /^Digit(\d)$/.exec(event.code)?.[1];
      const view = digit ? views[Number(digit) - 1] : undefined;
      if (!view) return;
      event.preventDefault();
      choose(view.name);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [conversation, comparison, speech]);
  const { trained, load } = props.trainedModels;
  const tuned = {
    trained: trained.value,
    baseUrl: props.settings.chatBaseUrl.value,
    prices: props.spending.status.value?.prices ?? [],
    load,
  };
  return (
    <>
      <header>
        <h1 class="visually-hidden">{t('extension_name')}</h1>
        <nav class="tabs" aria-label={t('views')}>
          {views.map(({ name, title, icon }, index) => (
            <button
              key={name}
              type="button"
              class="tab"
              title={t('view_hint', t(title), index + 1)}
              aria-keyshortcuts={`Alt+${index + 1}`}
              aria-current={chosen.value === name ? 'page' : undefined}
              onClick={() => choose(name)}
            >
              <Icon node={icon} />
              {t(title)}
            </button>
          ))}
        </nav>
        <StorageProblem client={props.client} library={props.library} storage={props.storage} onOpenSettings={() => choose('settings')} />
      </header>
      <main>
        <h2 class="visually-hidden">{t(`view_${chosen.value}`)}</h2>
        <TunedModels.Provider value={tuned}>
          <ChosenView {...props} name={chosen.value} choose={choose} />
        </TunedModels.Provider>
      </main>
      <FileDrop onDrop={onDrop} />
    </>
  );
}

interface ChosenViewProps extends Omit<PanelProps, 'view'> {
  readonly name: ViewName;
  readonly choose: (name: ViewName) => void;
}

function ChosenView(props: ChosenViewProps) {
  const {
    name,
    choose,
    client,
    tab,
    tabs,
    library,
    imports,
    conversation,
    scope,
    assistants,
    comparison,
    speech,
    verdicts,
    examples,
    drafting,
    deciding,
    judge,
    marv,
    settings,
    tunedSearch,
    spending,
    train,
    picture,
    suggestions,
    autoSave,
    storage,
    data,
    files,
    drafts,
    askPages,
    draftPages,
  } = props;
  switch (name) {
    case 'ask':
      return (
        <AskView
          client={client}
          tab={tab}
          library={library}
          conversation={conversation}
          scope={scope}
          assistants={assistants}
          comparison={comparison}
          settings={settings}
          spending={spending}
          picture={picture}
          suggestions={suggestions}
          speech={speech}
          drafts={drafts}
          verdicts={verdicts}
          onOpenSettings={() => choose('settings')}
          onSaveTabs={() => {
            choose('library');
            void tabs.open();
          }}
        />
      );
    case 'library':
      return (
        <LibraryView client={client} library={library} imports={imports} tabs={tabs} files={files} onAsk={askPages} onDraft={draftPages} />
      );
    case 'tune':
      return (
        <TuneView
          client={client}
          examples={examples}
          marv={marv}
          drafting={drafting}
          deciding={deciding}
          assistants={assistants}
          judge={judge}
          settings={settings}
          train={train}
          onOpenSettings={(headingId) => {
            choose('settings');
            bringIntoSight(headingId);
          }}
          onOpenAsk={() => choose('ask')}
        />
      );
    case 'settings':
      return (
        <SettingsView
          client={client}
          assistants={assistants}
          settings={settings}
          tunedSearch={tunedSearch}
          spending={spending}
          autoSave={autoSave}
          storage={storage}
          data={data}
          onOpenLibrary={() => choose('library')}
        />
      );
  }
}
