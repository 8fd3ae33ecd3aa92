import { SquareArrowOutUpRight, Trash2 } from 'lucide';
import type { Page } from '../../core/page';
import { formatDate } from '../../view/format-date';
import { Icon } from '../../view/icon';
import { t, tCount } from '../../view/translate';
import { ConfirmDelete } from '../shared/confirm-delete';
import { useAside } from '../shared/use-aside';

interface PageRowProps {
  readonly page: Page;
  readonly onOpenLive: () => void;
  readonly onOpenSaved: () => void;
  readonly onDelete: () => void;
}

export function PageRow({ page, onOpenLive, onOpenSaved, onDelete }: PageRowProps) {
  const { aside, open, close, returnTo } = useAside<'deleting'>();
  if (aside) {
    return (
      <li>
        <ConfirmDelete question={t('delete_page_question', page.title)} onConfirm={onDelete} onCancel={close} />
      </li>
    );
  }
  return (
    <li class="page-row">
      <div class="page-row-names">
        <button type="button" class="page-title" dir="auto" onClick={onOpenSaved}>
          {page.title}
        </button>
        <p class="soft small">
          {page.site} · {formatDate(page.savedAt)} · {tCount('passages', page.passageCount)}
          {page.shareRead < 1 && ` · ${t('share_read', Math.floor(page.shareRead * 100))}`}
        </p>
      </div>
      <button
        type="button"
        class="icon-button"
        title={t('open_live_page')}
        aria-label={t('open_live_page_named', page.title)}
        onClick={onOpenLive}
      >
        <Icon node={SquareArrowOutUpRight} />
      </button>
      <button
        type="button"
        class="icon-button"
        title={t('delete')}
        aria-label={t('delete_named', page.title)}
        ref={returnTo}
        onClick={() => open('deleting')}
      >
        <Icon node={Trash2} />
      </button>
    </li>
  );
}
