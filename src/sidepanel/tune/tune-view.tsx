import { useEffect, useMemo } from 'preact/hooks';
import { t, tCount } from '../../view/translate';
import type { AnswerActions } from '../ask/answer/answer';
import { sourceActions } from '../ask/answer/source-actions';
import type { Client } from '../client';
import { bringIntoSight } from '../shared/bring-into-sight';
import { ProblemNotice } from '../shared/problem-notice';
import type { AssistantsState } from '../state/assistants-state';
import type { SettingsState } from '../state/settings-state';
import { CheckResults } from './check-results';
import { DecideDrafts } from './drafts/decide-drafts';
import type { DecidingState } from './drafts/deciding-state';
import { DraftFromPages } from './drafts/draft-from-pages';
import type { DraftingState } from './drafts/drafting-state';
import { ExampleList } from './example-list';
import type { ExamplesState } from './examples-state';
import { ExportExamples } from './export-examples';
import { ImportExamples } from './import-examples';
import { JudgeSection } from './judge/judge-section';
import type { JudgeState } from './judge/judge-state';
import { Marv } from './marv/marv';
import type { MarvState } from './marv/marv-state';
import { SplitExamples } from './split-examples';
import { TrainSection } from './train/train-section';
import type { TrainState } from './train/train-state';
import { Ways } from './ways';

export interface TuneViewProps {
  readonly client: Pick<Client, 'openQuotation' | 'openSavedCopy'>;
  readonly examples: ExamplesState;
  readonly marv: MarvState;
  readonly drafting: DraftingState;
  readonly deciding: DecidingState;
  readonly assistants: Pick<AssistantsState, 'offered'>;
  readonly judge: JudgeState;
  readonly settings: SettingsState;
  readonly train: TrainState;
  /** Takes the person to a part of Settings, by the id of its heading. */
  readonly onOpenSettings: (headingId: string) => void;
  readonly onOpenAsk: () => void;
}

/** The examples to train on: where they come from, what is wrong with them, what training would cost, and where they go. */
export function TuneView({
  client,
  examples,
  marv,
  drafting,
  deciding,
  assistants,
  judge,
  settings,
  train,
  onOpenSettings,
  onOpenAsk,
}: TuneViewProps) {
  const actions = useMemo<AnswerActions>(
    () => ({
      ...sourceActions(client),
      // What search learns from is what was opened in conversations.
      onOpened: () => {},
      onOpenSettings: () => onOpenSettings('models-heading'),
      onReadPicture: () => Promise.reject(new Error('An answer that is judged has no picture.')),
      onSavePicture: () => {},
    }),
    [client, onOpenSettings],
  );
  useEffect(() => {
    void examples.load();
    void deciding.load();
    void drafting.refresh();
    return examples.leave;
  }, [examples, deciding, drafting]);
  const openTunedSearch = () => onOpenSettings('tuned-search-heading');
  const beginTraining = () => {
    train.isFormOpen.value = true;
    bringIntoSight('train-heading');
  };
  const total = examples.total.value;
  const problem = examples.problem.value;
  if (deciding.isOpen.value) return <DecideDrafts deciding={deciding} />;
  return (
    <div class="tune-view">
      <Ways
        isOpen={total === 0}
        onOpenAssistants={() => onOpenSettings('assistants-heading')}
        onOpenTunedSearch={openTunedSearch}
        onOpenAsk={onOpenAsk}
        onDraft={() => {
          drafting.open(true);
          bringIntoSight('tune-drafts');
        }}
      />
      <Marv marv={marv} examples={examples} onTrain={beginTraining} />
      <div class="tune-part">
        <h3>{total ? tCount('tune_examples', total) : t('tune_list')}</h3>
        {problem && (
          <ProblemNotice problem={problem}>
            <button type="button" class="button" onClick={() => void examples.load()}>
              {t('try_again')}
            </button>
          </ProblemNotice>
        )}
        {total === 0 && <p class="soft">{t('tune_empty')}</p>}
        <DraftFromPages drafting={drafting} deciding={deciding} assistants={assistants} />
        <ImportExamples state={examples.import} />
        {/* All of them may have been deleted a moment ago, and are to be put back here. */}
        {((total ?? 0) > 0 || examples.selection.deleted.value.length > 0) && <ExampleList examples={examples} />}
      </div>
      {total !== undefined && total > 0 && (
        <div class="tune-part">
          <h3>{t('tune_ready')}</h3>
          <CheckResults examples={examples} />
          <SplitExamples examples={examples} />
          <ExportExamples examples={examples} />
        </div>
      )}
      {total !== undefined && (
        <TrainSection
          train={train}
          canTrain={total > 0}
          actions={{
            onSaveFolder: () => void saveFolder(examples),
            onOpenAssistants: () => onOpenSettings('assistants-heading'),
            onOpenTunedSearch: openTunedSearch,
            onOpenSpending: () => onOpenSettings('spending-heading'),
            onCheckExamples: () => {
              bringIntoSight('tune-check');
              void examples.runCheck();
            },
          }}
        />
      )}
      <JudgeSection judge={judge} settings={settings} actions={actions} assistants={assistants.offered.value} />
      <section class="tune-part" aria-labelledby="tune-search-heading">
        <h3 id="tune-search-heading">{t('tuned_search')}</h3>
        <p class="small soft">{t('tuned_what')}</p>
        <div class="actions">
          <button type="button" class="button" onClick={openTunedSearch}>
            {t('tune_open_tuned_search')}
          </button>
        </div>
      </section>
    </div>
  );
}

/** All of them, whatever the list shows. */
async function saveFolder(examples: ExamplesState): Promise<void> {
  await examples.narrow({});
  await examples.export('folder', 'examples.zip', {});
}
