import { useSignal } from '@preact/signals';
import type { JudgementId, JudgementRun } from '../../../core/tuning/judging/judgement';
import { formatDateTime } from '../../../view/format-date';
import { t, tCount } from '../../../view/translate';
import { ConfirmDelete } from '../../shared/confirm-delete';
import type { JudgeState } from './judge-state';
import { sideWords } from './side-words';

/** The comparisons there are, the newest first. */
export function JudgeList({ judge }: { readonly judge: JudgeState }) {
  const deleting = useSignal<JudgementId | undefined>(undefined);
  const runs = judge.runs.value ?? [];
  if (runs.length === 0) return null;
  return (
    <ul class="judge-list" aria-label={t('judge_list')}>
      {runs.map((run) => {
        const name = t('judge_of', sideWords(run.plan.sides[0]), sideWords(run.plan.sides[1]));
        return (
          <li key={run.id}>
            {deleting.value === run.id ? (
              <ConfirmDelete
                question={t('judge_delete_question')}
                onConfirm={() => void judge.remove(run.id)}
                onCancel={() => {
                  deleting.value = undefined;
                }}
              />
            ) : (
              <>
                <p>{name}</p>
                <p class="soft small">
                  {formatDateTime(run.createdAt)} · {tCount('judge_questions', run.pairs)} · {stateWords(run)}
                </p>
                <div class="actions">
                  <button type="button" class="button" aria-label={t('judge_open_named', name)} onClick={() => void judge.open(run.id)}>
                    {t(run.isRevealed ? 'judge_look' : 'judge_vote')}
                  </button>
                  <button
                    type="button"
                    class="button quiet"
                    aria-label={t('judge_delete_named', name)}
                    onClick={() => {
                      deleting.value = run.id;
                    }}
                  >
                    {t('delete')}
                  </button>
                </div>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function stateWords({ state, isRevealed, problem }: JudgementRun): string {
  if (isRevealed) return t('judge_state_revealed');
  if (problem) return t('judge_state_held');
  return t(`judge_state_${state}`);
}
