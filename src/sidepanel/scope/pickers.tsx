import { withoutPage, withoutTag, withPage, withTag } from '../../core/search/chosen-scope';
import { t, tCount } from '../../view/translate';
import type { PageChoice } from '../state/scope-state';
import { Picker } from './picker';

interface PickerStepProps {
  readonly scope: PageChoice;
  readonly onBack: () => void;
}

/** One site, which counts at once. */
export function SitePicker({ scope, onChoose, onBack }: PickerStepProps & { readonly onChoose: (site: string) => void }) {
  return (
    <Picker
      heading={t('choose_site')}
      label={t('find_site')}
      nothing={t('no_site_found')}
      find={async (text) =>
        (await scope.sitesLike(text)).map(({ name, pages }) => ({ key: name, words: name, note: tCount('pages', pages) }))
      }
      onChoose={({ key }) => onChoose(key)}
      onBack={onBack}
    />
  );
}

/** Any number of tags, all of which a page must have. */
export function TagPicker({ scope, onDone, onBack }: PickerStepProps & { readonly onDone: () => void }) {
  const chosen = scope.chosen.value;
  const tags = chosen.kind === 'library' ? (chosen.scope.tags ?? []) : [];
  return (
    <Picker
      heading={t('choose_tag')}
      label={t('find_tag')}
      nothing={t('no_tag_found')}
      chosen={chosen}
      find={async (text) =>
        (await scope.tagsLike(text)).map(({ name, pages }) => ({
          key: name,
          words: `#${name}`,
          note: tCount('pages', pages),
          isChosen: tags.includes(name),
        }))
      }
      onChoose={({ key, isChosen }) => scope.choose(isChosen ? withoutTag(chosen, key) : withTag(chosen, key))}
      onBack={onBack}
      onDone={onDone}
    />
  );
}

/** Any number of pages. */
export function PagePicker({ scope, onDone, onBack }: PickerStepProps & { readonly onDone: () => void }) {
  const chosen = scope.chosen.value;
  const pageIds = chosen.kind === 'library' ? (chosen.scope.pageIds ?? []) : [];
  return (
    <Picker
      heading={t('choose_pages')}
      label={t('find_page')}
      nothing={t('no_page_found')}
      chosen={chosen}
      find={async (text) =>
        (await scope.pagesLike(text)).map(({ id, title, site }) => ({
          key: id as string,
          id,
          words: title,
          note: site,
          isChosen: pageIds.includes(id),
        }))
      }
      onChoose={({ id, isChosen }) => scope.choose(isChosen ? withoutPage(chosen, id) : withPage(chosen, id))}
      onBack={onBack}
      onDone={onDone}
    />
  );
}
