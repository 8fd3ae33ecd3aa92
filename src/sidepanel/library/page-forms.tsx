import type { Page } from '../../core/pages/page';
import { splitTags } from '../../core/pages/tidy-tags';
import { t } from '../../view/translate';
import type { LibraryState } from '../state/library-state';
import { TextForm } from './text-form';

export type PageForm = 'tags' | 'note' | 'name';

interface PageFormsProps {
  readonly form: PageForm;
  readonly page: Page;
  readonly library: Pick<LibraryState, 'tagPage' | 'notePage' | 'renamePage'>;
  readonly onClose: () => void;
}

/** Asks for what a person says of a page, in the place of its row. */
export function PageForms({ form, page, library, onClose }: PageFormsProps) {
  const { id, title, ownTitle, tags = [], note = '' } = page;
  const common = { heading: title, onCancel: onClose };
  const saving = (before: string, save: (written: string) => Promise<void>) => (written: string) => {
    onClose();
    if (written.trim() !== before) void save(written);
  };
  switch (form) {
    case 'tags':
      return (
        <TextForm
          {...common}
          name={t('edit_tags_named', title)}
          label={t('tags_field')}
          value={tags.join(', ')}
          maxLength={1_000}
          onSave={saving(tags.join(', '), (written) => library.tagPage(id, splitTags(written)))}
        />
      );
    case 'note':
      return (
        <TextForm
          {...common}
          name={t('edit_note_named', title)}
          label={t('note_field')}
          value={note}
          maxLength={2_000}
          isLong
          onSave={saving(note, (written) => library.notePage(id, written))}
        />
      );
    case 'name':
      return (
        <TextForm
          {...common}
          heading={ownTitle ?? title}
          name={t('rename_named', title)}
          label={t('name_field')}
          value={title}
          maxLength={500}
          onSave={saving(title, (written) => library.renamePage(id, written))}
        />
      );
  }
}
