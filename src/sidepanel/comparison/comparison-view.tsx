import { useEffect, useRef } from 'preact/hooks';
import { candidateLimits } from '../../protocol/comparison-stream';
import { t, tCount } from '../../view/translate';
import type { AnswerActions } from '../ask/answer/answer';
import { Field } from '../settings/field';
import { ProblemNotice } from '../shared/problem-notice';
import type { ComparisonState } from '../state/comparison-state';
import type { SettingsState } from '../state/settings-state';
import { CandidateForm } from './candidate-form';
import { CandidateResult } from './candidate-result';
import { ComparisonEstimate } from './comparison-estimate';

interface ComparisonViewProps {
  readonly comparison: ComparisonState;
  readonly settings: SettingsState;
  readonly actions: AnswerActions;
}

/** One question to several models: which, for how much, and what each answers. */
export function ComparisonView({ comparison, settings, actions }: ComparisonViewProps) {
  const step = comparison.step.value;
  const candidates = comparison.candidates.value;
  const problem = comparison.problem.value;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => void settings.load(), [settings]);
  // Whoever reads the panel by ear is taken along to each step.
  useEffect(() => heading.current?.focus(), [step === 'choosing', step === 'prepared']);
  const isChoosing = step === 'choosing' || step === 'preparing';
  return (
    <section class="comparison" aria-labelledby="comparison-heading">
      <div class="comparison-head">
        <h3 id="comparison-heading" tabIndex={-1} ref={heading}>
          {t('compare_models')}
        </h3>
        <button type="button" class="button quiet" onClick={comparison.close}>
          {t('close')}
        </button>
      </div>
      {problem && <ProblemNotice problem={problem} />}
      {isChoosing ? (
        <form
          class="model-form"
          onSubmit={(event) => {
            event.preventDefault();
            void comparison.prepare();
          }}
        >
          <Field label={t('compare_question')}>
            {(id) => (
              <textarea
                id={id}
                class="field"
                rows={2}
                dir="auto"
                required
                value={comparison.question.value}
                onInput={({ currentTarget }) => {
                  comparison.question.value = currentTarget.value;
                }}
              />
            )}
          </Field>
          {candidates.map((candidate, index) => (
            <CandidateForm
              key={index}
              index={index}
              candidate={candidate}
              models={settings.models.value}
              baseUrl={settings.stored.value?.baseUrl ?? ''}
              client={settings}
              onChange={(change) => comparison.change(index, change)}
              onRemove={candidates.length > candidateLimits.min ? () => comparison.remove(index) : undefined}
            />
          ))}
          <div class="actions">
            {candidates.length < candidateLimits.max && (
              <button type="button" class="button" onClick={comparison.add}>
                {t('compare_add')}
              </button>
            )}
            {!settings.models.value && (
              <button type="button" class="button" disabled={settings.working.value !== undefined} onClick={() => void settings.test()}>
                {t('compare_list_models')}
              </button>
            )}
          </div>
          {settings.problem.value && <ProblemNotice problem={settings.problem.value} />}
          <div class="actions">
            <button type="submit" class="button primary" disabled={!comparison.canPrepare.value}>
              {step === 'preparing' ? t('searching') : t('compare_estimate')}
            </button>
            {step === 'preparing' && (
              <button type="button" class="button" onClick={comparison.stop}>
                {t('stop')}
              </button>
            )}
          </div>
        </form>
      ) : (
        <h4 class="question" dir="auto">
          {comparison.question.value}
        </h4>
      )}
      {step === 'prepared' && <ComparisonEstimate comparison={comparison} />}
      {(step === 'asking' || step === 'done') && (
        <>
          <div class="actions">
            {step === 'asking' ? (
              <button type="button" class="button" onClick={comparison.stop}>
                {t('stop')}
              </button>
            ) : (
              <button type="button" class="button" onClick={comparison.reset}>
                {t('compare_again')}
              </button>
            )}
            <span class="soft small" role="status">
              {tCount('compare_ended', comparison.answers.value.filter(({ answer }) => answer).length, candidates.length)}
            </span>
          </div>
          <div class="candidates">
            {comparison.answers.value.map((answer, index) => (
              <CandidateResult key={index} index={index} result={answer} comparison={comparison} actions={actions} />
            ))}
          </div>
        </>
      )}
    </section>
  );
}
