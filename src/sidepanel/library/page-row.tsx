import { Ellipsis } from 'lucide';
import { useId } from 'preact/hooks';
import type { PageId } from '../../core/pages/page';
import type { Problem } from '../../core/problem';
import type { FoundPage } from '../../protocol/worker-requests';
import { formatDate } from '../../view/format-date';
import { Icon } from '../../view/icon';
import { MarkedText } from '../../view/marked-text';
import { problemWords } from '../../view/problem-words';
import { t, tCount } from '../../view/translate';
import type { Client } from '../client';
import { useAside } from '../shared/use-aside';
import type { LibraryState } from '../state/library-state';
import { openFound } from './open-found';
import { PageActions } from './page-actions';
import { type PageForm, PageForms } from './page-forms';

interface PageRowProps {
  /** The page, and where in it something was found, if anything was looked for. */
  readonly found: FoundPage;
  readonly problem?: Problem | undefined;
  readonly client: Pick<Client, 'openAddress' | 'openSavedCopy'>;
  readonly library: LibraryState;
  readonly onAsk: (pageIds: readonly PageId[]) => void;
}

/** What a row of a list says of a page, and what can be done with it. */
export function PageRow({ found, problem, client, library, onAsk }: PageRowProps) {
  const { aside, open, close, returnTo } = useAside<PageForm | 'actions'>();
  const [snippetId, actionsId] = [useId(), useId()];
  const { page, titleHighlights, passage, note: foundNote } = found;
  const { tags = [], note, ownTitle } = page;
  const { selected, toggle } = library.list;
  if (aside && aside !== 'actions') return <PageForms form={aside} page={page} library={library} onClose={close} />;
  return (
    <div class="page-row">
      <input
        type="checkbox"
        class="row-check"
        aria-label={t('select_named', page.title)}
        checked={selected.value.has(page.id)}
        onChange={() => toggle(page.id)}
      />
      <div class="page-row-names">
        <button
          type="button"
          class="page-title"
          dir="auto"
          title={ownTitle}
          aria-describedby={passage ? snippetId : undefined}
          ref={returnTo}
          onClick={() => openFound(client, found)}
        >
          <MarkedText text={page.title} highlights={titleHighlights} />
        </button>
        <p class="soft small">
          {page.site} · {formatDate(page.savedAt)} · {tCount('passages', page.passageCount)}
          {page.shareRead < 1 && <span class="row-part"> · {t('share_read', Math.floor(page.shareRead * 100))}</span>}
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
        {note && (
          <p class={foundNote ? 'small' : 'row-note small'} dir="auto" title={note}>
            {foundNote ? <MarkedText text={foundNote.text} highlights={foundNote.highlights} /> : note}
          </p>
        )}
        {problem && <p class="row-problem small">{problemWords(problem)}</p>}
      </div>
      <button
        type="button"
        class="icon-button"
        title={t('more')}
        aria-label={t('more_named', page.title)}
        aria-expanded={aside === 'actions'}
        aria-controls={aside === 'actions' ? actionsId : undefined}
        onClick={() => (aside ? close() : open('actions'))}
      >
        <Icon node={Ellipsis} />
      </button>
      {passage && (
        <p class="snippet" id={snippetId} dir="auto">
          <MarkedText text={passage.snippet.text} highlights={passage.snippet.highlights} />
        </p>
      )}
      {aside === 'actions' && (
        <PageActions id={actionsId} page={page} client={client} library={library} onAsk={onAsk} onOpenForm={open} onClose={close} />
      )}
    </div>
  );
}
