import type { PageId } from '../pages/page';
import { tidyTag } from '../pages/tidy-tags';
import type { AskChoices } from '../prompt/ask-choices';
import { isNarrowed } from './matches-scope';
import type { SearchScope } from './search';

/**
 * What a person has chosen to ask. `page` is the one in the tab, whichever that is when the question is asked; `tabs` are those open in the window then.
 * Once asked, they are pages like any others: a conversation stays about what it began with.
 */
export type ChosenScope = { readonly kind: 'page' } | { readonly kind: 'tabs' } | { readonly kind: 'library'; readonly scope: SearchScope };

export const wholeLibrary: ChosenScope = { kind: 'library', scope: {} };

/** What questions asked so were asked of. */
export function scopeOfChoices({ scope }: AskChoices): ChosenScope {
  return scope ? { kind: 'library', scope } : wholeLibrary;
}

/** Pages and no others, whatever their site and tags; a span of time still counts. */
export function withPages(chosen: ChosenScope, pageIds: readonly PageId[]): ChosenScope {
  return { kind: 'library', scope: { ...spanOf(chosen), pageIds } };
}

/** Adds a page to those that are asked, and makes it the first when there are none. */
export function withPage(chosen: ChosenScope, pageId: PageId): ChosenScope {
  const others = partsOf(chosen).pageIds ?? [];
  return withPages(chosen, [...others.filter((id) => id !== pageId), pageId]);
}

/** The last page that goes leaves the whole library, not nothing. */
export function withoutPage(chosen: ChosenScope, pageId: PageId): ChosenScope {
  const { pageIds = [], ...rest } = partsOf(chosen);
  const others = pageIds.filter((id) => id !== pageId);
  return { kind: 'library', scope: others.length > 0 ? { ...rest, pageIds: others } : rest };
}

/** Narrows what is asked to a site. Pages that were chosen one by one give way: they were chosen whatever their site. */
export function withSite(chosen: ChosenScope, site: string): ChosenScope {
  const { pageIds: _, excludedSites: __, ...rest } = partsOf(chosen);
  return { kind: 'library', scope: { ...rest, sites: [site] } };
}

export function withoutSite(chosen: ChosenScope): ChosenScope {
  const { sites: _, ...rest } = partsOf(chosen);
  return { kind: 'library', scope: rest };
}

/** Narrows what is asked to what was read in a span of time; an empty one is any time. */
export function withSpan(chosen: ChosenScope, span: Pick<SearchScope, 'after' | 'before'>): ChosenScope {
  const { after: _, before: __, ...rest } = partsOf(chosen);
  return { kind: 'library', scope: { ...rest, ...span } };
}

/** Narrows what is asked to pages with the tag. The page and the tabs give way to the library: they were chosen whatever they are tagged with. */
export function withTag(chosen: ChosenScope, tag: string): ChosenScope {
  const scope = partsOf(chosen);
  const tags = [...new Set([...(scope.tags ?? []), tidyTag(tag)])].filter(Boolean);
  return tags.length > 0 ? { kind: 'library', scope: { ...scope, tags } } : chosen;
}

export function withoutTag(chosen: ChosenScope, tag: string): ChosenScope {
  const { tags = [], ...rest } = partsOf(chosen);
  const others = tags.filter((other) => other !== tag);
  return { kind: 'library', scope: others.length > 0 ? { ...rest, tags: others } : rest };
}

/** The scope that goes with a question; nothing for the whole library. */
export function askedScope(scope: SearchScope): Pick<AskChoices, 'scope'> {
  return isNarrowed(scope) ? { scope } : {};
}

/** What narrows a scope, in the order in which it is said. */
export type ScopePart = 'pages' | 'site' | 'tag' | 'time';

export function scopeParts({ pageIds, sites, excludedSites, tags, excludedTags, after, before }: SearchScope): ScopePart[] {
  return [
    ...(pageIds ? (['pages'] as const) : []),
    ...((sites ?? excludedSites) ? (['site'] as const) : []),
    ...((tags ?? excludedTags) ? (['tag'] as const) : []),
    ...((after ?? before) === undefined ? [] : (['time'] as const)),
  ];
}

function spanOf(chosen: ChosenScope): Pick<SearchScope, 'after' | 'before'> {
  const { after, before } = partsOf(chosen);
  return { ...(after === undefined ? {} : { after }), ...(before === undefined ? {} : { before }) };
}

function partsOf(chosen: ChosenScope): SearchScope {
  return chosen.kind === 'library' ? chosen.scope : {};
}
