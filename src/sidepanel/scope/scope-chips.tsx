import { X } from 'lucide';
import { withoutPage, withoutTag } from '../../core/chosen-scope';
import { Icon } from '../../view/icon';
import { t } from '../../view/translate';
import type { ScopeState } from '../state/scope-state';

/** The pages and tags that were picked one by one, each to be taken away by a click. */
export function ScopeChips({ scope }: { readonly scope: ScopeState }) {
  const chosen = scope.chosen.value;
  if (chosen.kind !== 'library') return null;
  const pages = chosen.scope.pageIds ? (scope.description.value?.named ?? []) : [];
  const chips = [
    ...pages.map(({ id, title }) => ({ key: id as string, words: title, without: () => withoutPage(chosen, id) })),
    ...(chosen.scope.tags ?? []).map((tag) => ({ key: `#${tag}`, words: `#${tag}`, without: () => withoutTag(chosen, tag) })),
  ];
  if (chips.length === 0) return null;
  return (
    <ul class="scope-chips" aria-label={t('picked')}>
      {chips.map(({ key, words, without }) => (
        <li key={key}>
          <button
            type="button"
            class="filter-chip small"
            aria-label={t('remove_from_scope', words)}
            onClick={() => scope.choose(without())}
          >
            <span dir="auto">{words}</span>
            <Icon node={X} />
          </button>
        </li>
      ))}
    </ul>
  );
}
