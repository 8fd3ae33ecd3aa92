import type { AskChoices } from './ask-choices';
import { isNarrowed } from './matches-scope';
import type { PageId } from './page';
import type { SearchScope } from './search';
import { tidyTag } from './tidy-tags';

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

/** Adds a page to those that are asked, and makes it the first when there are none. What else had been chosen no longer counts: it is asked whole. */
export function withPage(chosen: ChosenScope, pageId: PageId): ChosenScope {
  const others = partsOf(chosen).pageIds ?? [];
  return { kind: 'library', scope: { pageIds: [...others.filter((id) => id !== pageId), pageId] } };
}

/** The last page that goes leaves the whole library, not nothing. */
export function withoutPage(chosen: ChosenScope, pageId: PageId): ChosenScope {
  const { pageIds = [], ...rest } = partsOf(chosen);
  const others = pageIds.filter((id) => id !== pageId);
  return { kind: 'library', scope: others.length > 0 ? { ...rest, pageIds: others } : rest };
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

function partsOf(chosen: ChosenScope): SearchScope {
  return chosen.kind === 'library' ? chosen.scope : {};
}
