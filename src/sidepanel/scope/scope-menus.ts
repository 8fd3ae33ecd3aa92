import type { PageId } from '../../core/pages/page';
import { withPage, withTag } from '../../core/search/chosen-scope';
import { t, tCount } from '../../view/translate';
import type { ComposerMenu } from '../ask/composer/composer-menu';
import type { ScopeState } from '../state/scope-state';

/** `@` in a question picks the pages it is put to; what was typed of them goes from the question. */
export function pageMenu(scope: ScopeState): ComposerMenu {
  return {
    character: '@',
    label: t('choose_pages'),
    search: async (sought) => (await scope.pagesLike(sought)).map(({ id, title, site }) => ({ id, label: title, detail: site })),
    choose: ({ id }) => scope.choose(withPage(scope.chosen.value, id as PageId)),
  };
}

/** `#` picks tags. */
export function tagMenu(scope: ScopeState): ComposerMenu {
  return {
    character: '#',
    label: t('choose_tag'),
    search: async (sought) =>
      (await scope.tagsLike(sought)).map(({ name, pages }) => ({ id: name, label: `#${name}`, detail: tCount('pages', pages) })),
    choose: ({ id }) => scope.choose(withTag(scope.chosen.value, id)),
  };
}
