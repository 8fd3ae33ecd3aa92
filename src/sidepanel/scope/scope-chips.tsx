import { X } from 'lucide';
import { scopeParts, withoutPage, withoutSite, withoutTag, withSpan } from '../../core/search/chosen-scope';
import { Icon } from '../../view/icon';
import { t } from '../../view/translate';
import type { PageChoice } from '../state/scope-state';
import { spanLabel } from './scope-label';

interface ScopeChipsProps {
  readonly scope: PageChoice;
  /** The chip that was pressed goes: the keyboard has to go on elsewhere. */
  readonly onRemove: () => void;
}

/** The pages and tags that were picked one by one, and what else narrows them together, each to be taken away by a click. */
export function ScopeChips({ scope, onRemove }: ScopeChipsProps) {
  const chosen = scope.chosen.value;
  if (chosen.kind !== 'library') return null;
  const pages = chosen.scope.pageIds ? (scope.description.value?.named ?? []) : [];
  // By itself, what the line over the composer says is chip enough.
  const isCombined = scopeParts(chosen.scope).length > 1;
  const site = chosen.scope.sites?.join(', ');
  const span = spanLabel(chosen.scope);
  const chips = [
    ...pages.map(({ id, title }) => ({ key: id as string, words: title, without: () => withoutPage(chosen, id) })),
    ...(isCombined && site ? [{ key: 'site', words: site, without: () => withoutSite(chosen) }] : []),
    ...(chosen.scope.tags ?? []).map((tag) => ({ key: `#${tag}`, words: `#${tag}`, without: () => withoutTag(chosen, tag) })),
    ...(isCombined && span ? [{ key: 'span', words: span, without: () => withSpan(chosen, {}) }] : []),
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
            onClick={() => {
              onRemove();
              scope.choose(without());
            }}
          >
            <span dir="auto">{words}</span>
            <Icon node={X} />
          </button>
        </li>
      ))}
    </ul>
  );
}
