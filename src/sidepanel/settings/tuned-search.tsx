import { useEffect } from 'preact/hooks';
import type { TuningFigures, TuningStage } from '../../core/retrieval-tuning/tuning-figures';
import type { TunedSearchStatus } from '../../protocol/tuned-search-requests';
import { formatDateTime } from '../../view/format-date';
import { type MessageKey, t, tCount } from '../../view/translate';
import { ProblemNotice } from '../shared/problem-notice';
import { ProgressLine } from '../shared/progress-line';
import type { TunedSearchState } from '../state/tuned-search-state';

const stageWords: Readonly<Record<TuningStage, MessageKey>> = {
  reading: 'tuned_reading',
  finding: 'tuned_finding',
  training: 'tuned_training',
  choosing: 'tuned_choosing',
  checking: 'tuned_checking',
};

/** Search learns from what was opened and cited: how much there is to learn from, the training, what came of it, and the way back. */
export function TunedSearch({ tuned }: { readonly tuned: TunedSearchState }) {
  useEffect(() => void tuned.load(), [tuned]);
  const status = tuned.status.value;
  const problem = tuned.problem.value;
  if (!status) return problem ? <ProblemNotice problem={problem} /> : null;
  return (
    <section class="settings-section" aria-labelledby="tuned-search-heading">
      <h3 id="tuned-search-heading">{t('tuned_search')}</h3>
      <p class="soft">{t('tuned_what')}</p>
      {status.model === undefined ? <p>{t('tuned_no_vectors')}</p> : <Tuning status={status} tuned={tuned} />}
      {problem && <ProblemNotice problem={problem} />}
    </section>
  );
}

function Tuning({ status, tuned }: { readonly status: TunedSearchStatus; readonly tuned: TunedSearchState }) {
  const { questions, fewest, isTraining, last, used, isDamaged } = status;
  const progress = tuned.progress.value;
  const isLastUsed = last !== undefined && last.at === used?.at;
  return (
    <>
      <p>
        {tCount('tuned_questions', questions)} {questions < fewest && t('tuned_needs', fewest)}
      </p>
      {isDamaged && <p role="alert">{t('tuned_damaged')}</p>}
      {last && !isLastUsed && <p>{outcomeWords(last)}</p>}
      {used && !isDamaged && (
        <p>
          {keptWords(used)} {t('tuned_used_since', formatDateTime(used.at))}
        </p>
      )}
      {(last ?? used) && <p class="soft small">{t('tuned_measure')}</p>}
      {isTraining && <ProgressLine label={t(progress ? stageWords[progress.stage] : 'tuned_reading')} percent={progress?.percent} />}
      <div class="actions">
        {isTraining ? (
          <button type="button" class="button" onClick={() => void tuned.stop()}>
            {t('stop')}
          </button>
        ) : (
          <button type="button" class="button" disabled={questions < fewest} onClick={() => void tuned.train()}>
            {t(last ? 'tuned_train_again' : 'tuned_train')}
          </button>
        )}
        {used && !isTraining && (
          <button type="button" class="button quiet" onClick={() => void tuned.undo()}>
            {t('undo')}
          </button>
        )}
      </div>
    </>
  );
}

const written = (measure: number) => measure.toFixed(3);

function outcomeWords({ outcome, questions, before, after, low, high }: TuningFigures): string {
  if (outcome === 'nothing-better') return t('tuned_nothing_better', questions.check, written(before));
  return t('tuned_not_sure', questions.check, written(before), written(after), signed(low), signed(high));
}

function keptWords({ questions, before, after }: TuningFigures): string {
  return t('tuned_kept', questions.check, written(before), written(after));
}

function signed(difference: number): string {
  return `${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(3)}`;
}
