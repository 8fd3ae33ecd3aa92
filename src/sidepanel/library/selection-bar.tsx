import { useState } from 'preact/hooks';
import type { PageId } from '../../core/pages/page';
import { splitTags } from '../../core/pages/tidy-tags';
import { t, tCount } from '../../view/translate';
import { ProgressBar } from '../shared/progress-bar';
import type { LibraryState } from '../state/library-state';
import { TextForm } from './text-form';

interface SelectionBarProps {
  readonly library: LibraryState;
  readonly onAsk: (pageIds: readonly PageId[]) => void;
  /** Has examples to train on drafted from them. */
  readonly onDraft: (pageIds: readonly PageId[]) => void;
}

/** What can be done with all that are chosen; how far it is, while it is being done. */
export function SelectionBar({ library, onAsk, onDraft }: SelectionBarProps) {
  const { list, bulk } = library;
  const [isTagging, setTagging] = useState(false);
  const count = list.selected.value.size;
  const work = bulk.work.value;
  if (work) {
    const words = t(work.kind === 'tagging' ? 'tagging_pages' : 'reindexing_pages', work.pagesDone, work.totalPages);
    return (
      <fieldset class="selection-bar" aria-label={t('selection')}>
        <p class="small" role="status">
          {words}
        </p>
        <ProgressBar label={words} percent={Math.round((100 * work.pagesDone) / work.totalPages)} />
        <div class="actions">
          <button type="button" class="text-button" onClick={bulk.stop}>
            {t('stop')}
          </button>
        </div>
      </fieldset>
    );
  }
  if (count === 0) return null;
  const total = list.held.value?.total ?? 0;
  if (isTagging) {
    return (
      <TextForm
        heading={tCount('selected', count)}
        name={t('add_tags')}
        label={t('tags_field')}
        value=""
        maxLength={1_000}
        onCancel={() => setTagging(false)}
        onSave={(written) => {
          setTagging(false);
          const tags = splitTags(written);
          if (tags.length > 0) void library.tagSelected(tags);
        }}
      />
    );
  }
  return (
    <fieldset class="selection-bar" aria-label={t('selection')}>
      <p role="status">{tCount('selected', count)}</p>
      <div class="actions">
        <button type="button" class="text-button" onClick={() => onAsk([...list.selected.value])}>
          {t(count === 1 ? 'ask_this_page' : 'ask_these')}
        </button>
        {count < total && (
          <button type="button" class="text-button" onClick={() => void list.selectAll()}>
            {t('select_all', total)}
          </button>
        )}
        <button type="button" class="text-button" onClick={list.selectNone}>
          {t('select_none')}
        </button>
        <button type="button" class="text-button" onClick={() => setTagging(true)}>
          {t('add_tags')}
        </button>
        <button type="button" class="text-button" onClick={() => onDraft([...list.selected.value])}>
          {t('drafts_of_selection')}
        </button>
        <button type="button" class="text-button" onClick={() => void library.reindexSelected()}>
          {t('reindex')}
        </button>
        <button type="button" class="text-button danger" onClick={() => void library.deletePages([...list.selected.value])}>
          {t('delete')}
        </button>
      </div>
    </fieldset>
  );
}
