import type { TuningJob, TuningJobState } from '../../../core/tuning/training/tuning-job';
import { formatUsd } from '../../../view/format-usd';
import { type MessageKey, t, tCount } from '../../../view/translate';

const states: Readonly<Record<TuningJobState, MessageKey>> = {
  uploading: 'train_uploading',
  creating: 'train_creating',
  validating: 'train_validating',
  queued: 'train_queued',
  running: 'train_running',
  paused: 'train_paused',
  succeeded: 'train_succeeded',
  failed: 'train_failed',
  cancelled: 'train_cancelled',
};

export function stateWords({ state, isCancelling }: TuningJob): string {
  return t(isCancelling ? 'train_cancelling' : states[state]);
}

/** What it cost, as far as that is known. Of one that failed nothing is charged as a rule, so nothing is said unless the service does. */
export function spentWords({ spentUsd, trainedTokens, state }: TuningJob): string {
  const tokens = trainedTokens === undefined ? '' : ` ${tCount('train_tokens_trained', trainedTokens)}`;
  if (spentUsd !== undefined) return `${spentUsd === 0 ? t('train_spent_nothing') : t('train_spent', formatUsd(spentUsd))}${tokens}`;
  if (state === 'failed') return tokens;
  return `${t(state === 'cancelled' ? 'train_spent_unknown_yet' : 'train_spent_unknown')}${tokens}`;
}
