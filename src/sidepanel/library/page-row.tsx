import { SquareArrowOutUpRight, Tag, Trash2 } from 'lucide';
import { useId } from 'preact/hooks';
import { hasLivePage } from '../../core/file-address';
import type { FoundPage } from '../../protocol/worker-requests';
import { formatDate } from '../../view/format-date';
import { Icon } from '../../view/icon';
import { MarkedText } from '../../view/marked-text';
import { t, tCount } from '../../view/translate';
import type { Client } from '../client';
import { ConfirmDelete } from '../shared/confirm-delete';
import { useAside } from '../shared/use-aside';
import type { LibraryState } from '../state/library-state';
import { openFound } from './open-found';
import { TagForm } from './tag-form';

interface PageRowProps {
  /** The page, and where in it something was found, if anything was looked for. */
  readonly found: FoundPage;
  readonly client: Pick<Client, 'openAddress' | 'openSavedCopy'>;
  readonly library: Pick<LibraryState, 'deletePage' | 'tagPage'>;
}

export function PageRow({ found, client, library }: PageRowProps) {
  const { aside, open, close, returnTo } = useAside<'deleting' | 'tagging'>();
  const snippetId = useId();
  const { page, titleHighlights, passage } = found;
  const { tags = [] } = page;
  if (aside === 'deleting') {
    const remove = () => void library.deletePage(page.id);
    return (
      <li>
        <ConfirmDelete question={t('delete_page_question', page.title)} onConfirm={remove} onCancel={close} />
      </li>
    );
  }
  if (aside === 'tagging') {
    const save = (newTags: readonly string[]) => {
      close();
      if (newTags.join() !== tags.join()) void library.tagPage(page.id, newTags);
    };
    return (
      <li>
        <TagForm title={page.title} tags={tags} onSave={save} onCancel={close} />
      </li>
    );
  }
  return (
    <li class="page-row">
      <div class="page-row-names">
        <button
          type="button"
          class="page-title"
          dir="auto"
          aria-describedby={passage ? snippetId : undefined}
          ref={returnTo}
          onClick={() => openFound(client, found)}
        >
          <MarkedText text={page.title} highlights={titleHighlights} />
        </button>
        <p class="soft small">
          {page.site} · {formatDate(page.savedAt)} · {tCount('passages', page.passageCount)}
          {page.shareRead < 1 && ` · ${t('share_read', Math.floor(page.shareRead * 100))}`}
        </p>
        {tags.length > 0 && (
          <ul class="tags" aria-label={t('tags')}>
            {tags.map((tag) => (
              <li key={tag} class="tag small" dir="auto">
                {tag}
              </li>
            ))}
          </ul>
        )}
      </div>
      {hasLivePage(page.url) && (
        <button
          type="button"
          class="icon-button"
          title={t('open_live_page')}
          aria-label={t('open_live_page_named', page.title)}
          onClick={() => client.openAddress(page.url)}
        >
          <Icon node={SquareArrowOutUpRight} />
        </button>
      )}
      <button
        type="button"
        class="icon-button"
        title={t('edit_tags')}
        aria-label={t('edit_tags_named', page.title)}
        onClick={() => open('tagging')}
      >
        <Icon node={Tag} />
      </button>
      <button
        type="button"
        class="icon-button"
        title={t('delete')}
        aria-label={t('delete_named', page.title)}
        onClick={() => open('deleting')}
      >
        <Icon node={Trash2} />
      </button>
      {passage && (
        <p class="snippet" id={snippetId} dir="auto">
          <MarkedText text={passage.snippet.text} highlights={passage.snippet.highlights} />
        </p>
      )}
    </li>
  );
}
