import type { Page } from '../../../core/pages/page';
import type { AskChoices } from '../../../core/prompt/ask-choices';
import { askedScope, type ChosenScope } from '../../../core/search/chosen-scope';
import type { OpenTabsState } from '../../state/open-tabs-state';

interface PreviewedPages {
  /** Absent when nothing of what would be asked is saved. */
  readonly choices?: Pick<AskChoices, 'scope'>;
  /** Something of it is read only when one asks. */
  readonly isPartUnread: boolean;
}

/**
 * Of what would be asked, that which can be shown before: what is saved.
 * @param saved the page in the tab
 */
export function previewedPages(
  chosen: ChosenScope,
  saved: Pick<Page, 'id'> | undefined,
  openTabs: Pick<OpenTabsState, 'places' | 'saved' | 'readable'>,
): PreviewedPages {
  if (chosen.kind === 'library') return { choices: askedScope(chosen.scope), isPartUnread: false };
  if (chosen.kind === 'page') return saved ? { choices: { scope: { pageIds: [saved.id] } }, isPartUnread: false } : { isPartUnread: true };
  const pageIds = [...new Set(openTabs.saved.value.flatMap((place) => place.saved?.id ?? []))];
  return {
    ...(pageIds.length > 0 ? { choices: { scope: { pageIds } } } : {}),
    isPartUnread: openTabs.places.value === undefined || openTabs.readable.value.length > 0,
  };
}
