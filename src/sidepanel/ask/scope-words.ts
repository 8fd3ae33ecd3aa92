import type { SearchScope } from '../../core/search/search';
import { formatDate } from '../../view/format-date';
import { listWords as list } from '../../view/list-words';
import { t } from '../../view/translate';

/** Says what part of the library a scope is, such as “on example.org, tagged optics, read since 1 May 2026”. */
export function scopeWords({ sites, excludedSites, tags, excludedTags, after, before }: SearchScope): string {
  const parts = [
    sites && t('scope_sites', list(sites, 'disjunction')),
    excludedSites && t('scope_excluded_sites', list(excludedSites, 'disjunction')),
    tags && t('scope_tags', list(tags, 'conjunction')),
    excludedTags && t('scope_excluded_tags', list(excludedTags, 'disjunction')),
    after !== undefined && t('scope_after', formatDate(after)),
    before !== undefined && t('scope_before', formatDate(before)),
  ];
  return parts.filter(Boolean).join(', ');
}
