import { useState } from 'preact/hooks';
import type { ExampleSplit } from '../../core/tuning/example';
import { writtenTags } from '../../core/tuning/mark-example';
import { t, tCount } from '../../view/translate';
import { TextForm } from '../library/text-form';
import { ProgressBar } from '../shared/progress-bar';
import { UndoBars } from '../shared/undo-bars';
import type { ExamplesState } from './examples-state';

/** What can be done with all examples that are chosen; how far it is, while it is being done. */
export function ExampleSelectionBar({ examples }: { readonly examples: ExamplesState }) {
  const { selection } = examples;
  const [tagging, setTagging] = useState<'add' | 'remove'>();
  const count = selection.selected.value.size;
  const shown = examples.ids.value?.length ?? 0;
  const work = selection.work.value;
  return (
    <>
      {work ? (
        <fieldset class="selection-bar" aria-label={t('tune_selection')}>
          <p class="small" role="status">
            {t('tune_marking', work.done, work.total)}
          </p>
          <ProgressBar label={t('tune_marking', work.done, work.total)} percent={Math.round((100 * work.done) / work.total)} />
          <div class="actions">
            <button type="button" class="text-button" onClick={selection.stop}>
              {t('stop')}
            </button>
          </div>
        </fieldset>
      ) : tagging && count > 0 ? (
        <TextForm
          heading={tCount('tune_selected', count)}
          name={t(tagging === 'add' ? 'add_tags' : 'tune_remove_tags')}
          label={t('tune_tags')}
          value=""
          maxLength={1_000}
          onCancel={() => setTagging(undefined)}
          onSave={(written) => {
            setTagging(undefined);
            const tags = writtenTags(written);
            if (tags.length > 0) void selection.mark({ [tagging]: tags });
          }}
        />
      ) : (
        count > 0 && (
          <fieldset class="selection-bar" aria-label={t('tune_selection')} disabled={examples.isBusy.value}>
            <p role="status">{tCount('tune_selected', count)}</p>
            <div class="actions">
              {count < shown && (
                <button type="button" class="text-button" onClick={selection.selectAll}>
                  {t('select_all', shown)}
                </button>
              )}
              <button type="button" class="text-button" onClick={selection.selectNone}>
                {t('select_none')}
              </button>
              <button type="button" class="text-button" onClick={() => setTagging('add')}>
                {t('add_tags')}
              </button>
              <button type="button" class="text-button" onClick={() => setTagging('remove')}>
                {t('tune_remove_tags')}
              </button>
              <select
                class="field small tune-set-side"
                aria-label={t('tune_set_side')}
                value=""
                onChange={(event) => {
                  void selection.mark({ split: event.currentTarget.value as ExampleSplit | 'none' });
                  event.currentTarget.value = '';
                }}
              >
                <option value="" disabled>
                  {t('tune_set_side')}
                </option>
                <option value="train">{t('tuning_split_train')}</option>
                <option value="validation">{t('tuning_split_validation')}</option>
                <option value="none">{t('tune_no_side')}</option>
              </select>
              <button type="button" class="text-button danger" onClick={() => void selection.remove()}>
                {t('delete')}
              </button>
            </div>
          </fieldset>
        )
      )}
      <UndoBars
        deletions={selection.deleted.value.map(({ deletedAt, count: gone, until }) => ({
          key: deletedAt,
          words: tCount('tune_deleted', gone),
          until,
          onUndo: () => void selection.putBack(deletedAt),
          onDeleteNow: () => void selection.forget(deletedAt),
        }))}
        onOver={() => void selection.forgetOver()}
      />
    </>
  );
}
