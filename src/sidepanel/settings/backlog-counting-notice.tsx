import { t, tCount } from '../../view/translate';
import { ProgressBar } from '../shared/progress-bar';
import type { BacklogCounting, SettingsState } from '../state/settings-state';

interface BacklogCountingNoticeProps {
  readonly counting: BacklogCounting;
  readonly settings: SettingsState;
}

/** How far the counting is of what fetching vectors would send, and a way to stop it or to have it done after all. */
export function BacklogCountingNotice({ counting, settings }: BacklogCountingNoticeProps) {
  if (counting === 'stopped') {
    return (
      <>
        <p>{t('counting_stopped')}</p>
        <div class="actions">
          <button type="button" class="button" onClick={() => void settings.countBacklog()}>
            {t('count_tokens')}
          </button>
        </div>
      </>
    );
  }
  const { pagesCounted, totalPages } = counting;
  const percent = Math.floor((pagesCounted / Math.max(1, totalPages)) * 100);
  return (
    <>
      <div class="progress-line">
        <p class="small soft">
          <span role="status">{t('counting_tokens')}</span>
          <span>{t('percent', percent)}</span>
        </p>
        <ProgressBar label={t('counting_tokens')} percent={percent} />
      </div>
      <p class="soft small">{t('counted_pages', pagesCounted, tCount('pages', totalPages))}</p>
      <div class="actions">
        <button type="button" class="button quiet" onClick={() => void settings.stopCounting()}>
          {t('stop')}
        </button>
      </div>
    </>
  );
}
