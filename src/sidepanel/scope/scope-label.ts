import type { ChosenScope } from '../../core/search/chosen-scope';
import { isNarrowed } from '../../core/search/matches-scope';
import type { SearchScope } from '../../core/search/search';
import type { NamedPage } from '../../protocol/worker-requests';
import { dayOf } from '../../view/day-field';
import { formatDate } from '../../view/format-date';
import { t, tCount, wordsLocale } from '../../view/translate';

/**
 * What is asked, in the words of the control: “Whole library”, “github.com”, “#optics”, “Since 1 May 2026”.
 * @param named the pages of the scope, as far as they are known
 */
export function scopeLabel(chosen: ChosenScope, named: readonly NamedPage[] = []): string {
  if (chosen.kind === 'page') return t('this_page');
  if (chosen.kind === 'tabs') return t('open_tabs');
  const { scope } = chosen;
  if (!isNarrowed(scope)) return t('whole_library');
  const { pageIds, sites = [], excludedSites = [], tags = [], excludedTags = [] } = scope;
  const [only] = named;
  const pages = pageIds && (pageIds.length === 1 && only ? only.title : tCount('chosen_pages', pageIds.length));
  const parts = [
    ...(pages ? [pages] : []),
    ...(sites.length > 0 ? [new Intl.ListFormat(wordsLocale(), { type: 'disjunction' }).format(sites)] : []),
    ...tags.map((tag) => `#${tag}`),
    ...excludedSites.map((site) => t('scope_excluded_sites', site)),
    ...excludedTags.map((tag) => t('scope_excluded_tags', tag)),
    spanLabel(scope),
  ];
  return parts.filter(Boolean).join(', ');
}

/** “Since 1 May 2026”; empty for any time. */
export function spanLabel({ after, before }: SearchScope): string {
  // The day it ends with, not the moment after it.
  const lastDay = before === undefined ? '' : formatDate(dayOf(before, -1));
  if (after === undefined) return lastDay && t('span_until', lastDay);
  return lastDay ? t('span_between', formatDate(after), lastDay) : t('span_since', formatDate(after));
}
