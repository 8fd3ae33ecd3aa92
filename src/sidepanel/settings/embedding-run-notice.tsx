import type { EmbeddingProgress } from '../../protocol/worker-requests';
import { formatTime } from '../../view/format-date';
import { t, tCount } from '../../view/translate';
import { ProblemNotice } from '../shared/problem-notice';
import { ProgressLine } from '../shared/progress-line';
import type { SettingsState } from '../state/settings-state';

interface EmbeddingRunNoticeProps {
  readonly run: EmbeddingProgress;
  readonly settings: SettingsState;
}

/** How many of the pages have their vectors, what that has taken so far, and ways to pause it, go on or give it up. */
export function EmbeddingRunNotice({ run, settings }: EmbeddingRunNoticeProps) {
  const { state, pagesDone, totalPages, tokensSent, problem, retryAt } = run;
  const isBusy = settings.working.value !== undefined;
  const percent = totalPages > 0 ? Math.floor((pagesDone / totalPages) * 100) : 100;
  return (
    <>
      <ProgressLine
        label={t('run_running', run.name)}
        words={t(state === 'running' ? 'run_running' : state === 'paused' ? 'run_paused' : 'run_stopped', run.name)}
        percent={percent}
      />
      <p class="soft small">{t('run_progress', pagesDone, tCount('pages', totalPages), tCount('tokens_sent', tokensSent))}</p>
      {state === 'not-chosen' && <p>{t('run_not_chosen', run.name)}</p>}
      {problem && state !== 'not-chosen' && (
        <ProblemNotice problem={problem}>
          {retryAt !== undefined && <p class="soft small">{t('tries_again_at', formatTime(retryAt))}</p>}
        </ProblemNotice>
      )}
      <div class="actions">
        {(state === 'paused' || state === 'stopped') && (
          <button type="button" class="button" disabled={isBusy} onClick={() => void settings.resumeEmbedding()}>
            {t('go_on')}
          </button>
        )}
        {(state === 'running' || (state === 'stopped' && retryAt !== undefined)) && (
          <button type="button" class="button" disabled={isBusy} onClick={() => void settings.pauseEmbedding()}>
            {t('pause')}
          </button>
        )}
        <button type="button" class="button quiet" disabled={isBusy} onClick={() => void settings.cancelEmbedding()}>
          {t('give_up')}
        </button>
      </div>
    </>
  );
}
