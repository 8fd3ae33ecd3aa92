import { t, tCount } from '../../view/translate';
import { ProgressLine } from '../shared/progress-line';
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
      <ProgressLine label={t('counting_tokens')} percent={percent} />
      <p class="soft small">{t('counted_pages', pagesCounted, tCount('pages', totalPages))}</p>
      <div class="actions">
        <button type="button" class="button quiet" onClick={() => void settings.stopCounting()}>
          {t('stop')}
        </button>
      </div>
    </>
  );
}
