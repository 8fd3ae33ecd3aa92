import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Assistant } from '../../../core/assistants/assistant';
import { mostJudgedCharacters, mostJudgedQuestions } from '../../../core/tuning/judging/judgement';
import { t } from '../../../view/translate';
import { Field } from '../../settings/field';
import { ProblemNotice } from '../../shared/problem-notice';
import type { SettingsState } from '../../state/settings-state';
import type { JudgeDraft, TypedFlaws } from './judge-draft';
import { JudgeEstimate } from './judge-estimate';
import type { JudgeState } from './judge-state';
import { SideFields } from './side-fields';

interface JudgeFormProps {
  readonly judge: JudgeState;
  readonly settings: SettingsState;
  /** Whose instructions can be taken. */
  readonly assistants: readonly Assistant[];
}

/** Which two are compared, over which questions; then for how much. */
export function JudgeForm({ judge, settings, assistants }: JudgeFormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => void settings.load(), [settings]);
  useLayoutEffect(() => form.current?.querySelector('input')?.focus(), []);
  const { kind, count, seed, texts, instructions } = judge.draft.value;
  const flaws = judge.flaws.value;
  return (
    <form
      class="tune-form"
      ref={form}
      aria-label={t('judge_new')}
      onSubmit={(event) => {
        event.preventDefault();
        void judge.prepare();
      }}
    >
      <SideFields at={0} judge={judge} settings={settings} />
      <SideFields at={1} judge={judge} settings={settings} />
      {!settings.models.value && (
        <div class="actions">
          <button type="button" class="button" disabled={settings.working.value !== undefined} onClick={() => void settings.test()}>
            {t('compare_list_models')}
          </button>
        </div>
      )}
      {settings.problem.value && <ProblemNotice problem={settings.problem.value} />}
      <Field label={t('judge_questions_from')}>
        {(id) => (
          <select
            id={id}
            class="field"
            value={kind}
            onChange={({ currentTarget }) => judge.change({ kind: currentTarget.value as JudgeDraft['kind'] })}
          >
            <option value="held-out">{t('judge_from_held_out')}</option>
            <option value="typed">{t('judge_from_typed')}</option>
          </select>
        )}
      </Field>
      {kind === 'held-out' ? (
        <div class="judge-pair-of-fields">
          <NumberField
            label={t('judge_count')}
            value={count}
            min={1}
            max={mostJudgedQuestions}
            onInput={(value) => judge.change({ count: value })}
          />
          <NumberField
            label={t('tune_split_seed')}
            hint={t('judge_seed_hint')}
            value={seed}
            onInput={(value) => judge.change({ seed: value })}
          />
        </div>
      ) : (
        <>
          <TextField
            label={t('judge_typed')}
            flaw={questionsFlaw(flaws)}
            rows={4}
            value={texts}
            onInput={(value) => judge.change({ texts: value })}
          />
          {assistants.length > 0 && (
            <Field label={t('judge_instructions_of')}>
              {(id) => (
                <select
                  id={id}
                  class="field"
                  value=""
                  onChange={({ currentTarget }) => {
                    const chosen = assistants.find((assistant) => assistant.id === currentTarget.value);
                    if (chosen) judge.change({ instructions: [chosen.instructions, chosen.tone].filter(Boolean).join('\n') });
                    currentTarget.value = '';
                  }}
                >
                  <option value="">{t('judge_instructions_choose')}</option>
                  {assistants.map((assistant) => (
                    <option key={assistant.id} value={assistant.id}>
                      {assistant.name}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
          <TextField
            label={t('judge_instructions')}
            hint={t('judge_instructions_hint')}
            flaw={flaws.areInstructionsLong && t('judge_instructions_long', mostJudgedCharacters)}
            rows={2}
            value={instructions}
            onInput={(value) => judge.change({ instructions: value })}
          />
        </>
      )}
      <div class="actions">
        <button
          type="submit"
          class={judge.estimate.value?.questions ? 'button' : 'button primary'}
          disabled={!judge.plan.value || judge.isBusy.value}
        >
          {judge.isBusy.value && !judge.estimate.value ? t('searching') : t('compare_estimate')}
        </button>
        <button type="button" class="button quiet" onClick={judge.closeForm}>
          {t('cancel')}
        </button>
      </div>
      <JudgeEstimate judge={judge} />
    </form>
  );
}

function questionsFlaw({ questions, longQuestion }: TypedFlaws): string | undefined {
  if (questions !== undefined) return t('judge_too_many', mostJudgedQuestions, questions);
  return longQuestion === undefined ? undefined : t('judge_too_long', longQuestion, mostJudgedCharacters);
}

interface NumberFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: number;
  readonly min?: number;
  readonly max?: number;
  readonly onInput: (value: number) => void;
}

function NumberField({ label, hint, value, min, max, onInput }: NumberFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(id, hintId) => (
        <input
          id={id}
          class="field"
          type="number"
          step={1}
          min={min}
          max={max}
          aria-describedby={hintId}
          value={value}
          onInput={({ currentTarget }) => onInput(Math.trunc(currentTarget.valueAsNumber || 0))}
        />
      )}
    </Field>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly hint?: string;
  /** Why what is in it cannot be taken; said in the place of the hint. */
  readonly flaw?: string | undefined;
  readonly rows: number;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

function TextField({ label, hint, flaw, rows, value, onInput }: TextFieldProps) {
  return (
    <Field label={label} hint={flaw ?? hint}>
      {(id, hintId) => (
        <textarea
          id={id}
          class="field"
          rows={rows}
          dir="auto"
          aria-describedby={hintId}
          aria-invalid={flaw !== undefined}
          value={value}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
    </Field>
  );
}
