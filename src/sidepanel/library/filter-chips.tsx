import { X } from 'lucide';
import type { PageFilter } from '../../core/pages/choose-pages';
import { dayOf } from '../../view/day-field';
import { formatDate } from '../../view/format-date';
import { Icon } from '../../view/icon';
import { t } from '../../view/translate';
import type { LibraryState } from '../state/library-state';
import { statusWords } from './filter-form';

/** What the list is narrowed to, each part to be taken away by a click. */
export function FilterChips({ library }: { readonly library: LibraryState }) {
  const chips = wordsOf(library.list.filter.value);
  if (chips.length === 0) return null;
  return (
    <ul class="filter-chips" aria-label={t('filtered_by')}>
      {chips.map(({ part, words }) => (
        <li key={part}>
          <button
            type="button"
            class="filter-chip small"
            aria-label={t('remove_filter', words)}
            onClick={() => void library.narrow({ [part]: undefined })}
          >
            <span dir="auto">{words}</span>
            <Icon node={X} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function wordsOf({ site, tag, status, after, before }: PageFilter): { readonly part: keyof PageFilter; readonly words: string }[] {
  const words: { readonly [Part in keyof PageFilter]: string } = {
    ...(site === undefined ? {} : { site: t('scope_sites', site) }),
    ...(tag === undefined ? {} : { tag: t('scope_tags', tag) }),
    ...(status === undefined ? {} : { status: t(statusWords[status]) }),
    ...(after === undefined ? {} : { after: t('chip_after', formatDate(after)) }),
    ...(before === undefined ? {} : { before: t('chip_before', formatDate(dayOf(before, -1))) }),
  };
  return Object.entries(words).map(([part, chip]) => ({ part: part as keyof PageFilter, words: chip }));
}
