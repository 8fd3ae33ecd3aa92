import { hasLivePage } from '../../core/files/file-address';
import type { Page, PageId } from '../../core/pages/page';
import { t } from '../../view/translate';
import type { Client } from '../client';
import type { LibraryState } from '../state/library-state';
import type { PageForm } from './page-forms';

interface PageActionsProps {
  readonly id: string;
  readonly page: Page;
  readonly client: Pick<Client, 'openAddress'>;
  readonly library: Pick<LibraryState, 'deletePages' | 'reindexPage'>;
  readonly onAsk: (pageIds: readonly PageId[]) => void;
  readonly onOpenForm: (form: PageForm) => void;
  readonly onClose: () => void;
}

/** What can be done with a page besides opening its saved copy. */
export function PageActions({ id, page, client, library, onAsk, onOpenForm, onClose }: PageActionsProps) {
  const actions = [
    { words: 'ask', name: 'ask_named', run: () => onAsk([page.id]) },
    ...(hasLivePage(page.url)
      ? ([{ words: 'live_page', name: 'open_live_page_named', run: () => client.openAddress(page.url) }] as const)
      : []),
    { words: 'tags', name: 'edit_tags_named', run: () => onOpenForm('tags') },
    { words: 'note', name: 'edit_note_named', run: () => onOpenForm('note') },
    { words: 'rename', name: 'rename_named', run: () => onOpenForm('name') },
    {
      words: 'reindex',
      name: 'reindex_named',
      run() {
        onClose();
        void library.reindexPage(page.id);
      },
    },
    { words: 'delete', name: 'delete_named', run: () => void library.deletePages([page.id]) },
  ] as const;
  return (
    <div id={id} class="row-actions actions">
      {actions.map(({ words, name, run }) => (
        <button
          key={words}
          type="button"
          class={words === 'delete' ? 'text-button danger' : 'text-button'}
          aria-label={t(name, page.title)}
          onClick={run}
        >
          {t(words)}
        </button>
      ))}
    </div>
  );
}
