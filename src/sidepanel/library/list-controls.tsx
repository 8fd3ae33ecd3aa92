import { ListFilter } from 'lucide';
import { useId, useState } from 'preact/hooks';
import { type PageSort, pageSorts } from '../../core/pages/choose-pages';
import { Icon } from '../../view/icon';
import { type MessageKey, t } from '../../view/translate';
import type { LibraryState } from '../state/library-state';
import { FilterChips } from './filter-chips';
import { FilterForm } from './filter-form';

const sortWords = {
  newest: 'sort_newest',
  oldest: 'sort_oldest',
  title: 'sort_title',
  site: 'sort_site',
  longest: 'sort_longest',
} as const satisfies Record<PageSort, MessageKey>;

/** How the list is ordered and what it is narrowed to. */
export function ListControls({ library }: { readonly library: LibraryState }) {
  const { list, find } = library;
  const [isOpen, setOpen] = useState(false);
  const formId = useId();
  return (
    <div class="list-controls">
      <div class="actions">
        <button
          type="button"
          class="button quiet"
          aria-expanded={isOpen}
          aria-controls={isOpen ? formId : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon node={ListFilter} />
          {t('filter')}
        </button>
        {/* What is found comes with the best first. */}
        {!find.isLooking.value && (
          <select
            class="field sort-field"
            aria-label={t('sort_by')}
            value={list.sort.value}
            onChange={(event) => void list.sortBy(event.currentTarget.value as PageSort)}
          >
            {pageSorts.map((sort) => (
              <option key={sort} value={sort}>
                {t(sortWords[sort])}
              </option>
            ))}
          </select>
        )}
      </div>
      {isOpen && <FilterForm id={formId} library={library} />}
      <FilterChips library={library} />
    </div>
  );
}
