import { useState } from 'preact/hooks';
import type { TuningExample } from '../../core/tuning/example';
import { t, tCount } from '../../view/translate';
import { Field } from '../settings/field';
import type { ExamplesState } from './examples-state';

interface Denial {
  readonly system: string;
  readonly question: string;
  readonly answer: string;
}

/** Examples of not knowing, made of what the set asks about and is told; they are looked at and changed before any is added. */
export function SuggestDenials({ examples }: { readonly examples: ExamplesState }) {
  const [denials, setDenials] = useState<readonly Denial[]>();
  if (!denials) {
    const suggest = async () => {
      const ground = await examples.denialGround();
      if (ground) setDenials(suggested(ground.subjects, ground.systemPrompts));
    };
    return (
      <button type="button" class="text-button small" disabled={examples.isBusy.value} onClick={() => void suggest()}>
        {t('tune_suggest_denials')}
      </button>
    );
  }
  const change = (place: number, part: Partial<Denial>) =>
    setDenials(denials.map((one, index) => (index === place ? { ...one, ...part } : one)));
  const leave = (place: number) => {
    const others = denials.filter((_, index) => index !== place);
    setDenials(others.length > 0 ? others : undefined);
  };
  return (
    <form
      class="tune-form"
      aria-label={t('tune_denials')}
      onSubmit={(event) => {
        event.preventDefault();
        void examples.addAndShow(denials.map(exampleOfDenial), t('tune_denial_tag'));
      }}
    >
      <p class="small soft">{t('tune_denials_hint')}</p>
      {denials.map(({ system, question, answer }, place) => (
        // They have no other name, and those that are left keep what was typed into them.
        <fieldset key={place} class="tune-denial">
          <legend class="visually-hidden">{t('tuning_example', place + 1)}</legend>
          {system && (
            <p class="small soft tune-clipped" dir="auto">
              {t('tune_turn', 'system')} {system}
            </p>
          )}
          <Field label={t('tune_column_question')}>
            {(id) => (
              <textarea
                id={id}
                class="field"
                rows={2}
                required
                dir="auto"
                value={question}
                onInput={({ currentTarget }) => change(place, { question: currentTarget.value })}
              />
            )}
          </Field>
          <Field label={t('tune_answer')}>
            {(id) => (
              <textarea
                id={id}
                class="field"
                rows={2}
                required
                dir="auto"
                value={answer}
                onInput={({ currentTarget }) => change(place, { answer: currentTarget.value })}
              />
            )}
          </Field>
          <button type="button" class="text-button small" onClick={() => leave(place)}>
            {t('tune_denial_leave')}
          </button>
        </fieldset>
      ))}
      <div class="actions">
        <button type="submit" class="button" disabled={examples.isBusy.value}>
          {tCount('tune_denials_add', denials.length)}
        </button>
        <button type="button" class="button quiet" onClick={() => setDenials(undefined)}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

/** What will be, what is private, and what hangs on a case that nobody has told: no set knows these. */
function suggested(subjects: readonly string[], systemPrompts: readonly string[]): Denial[] {
  const about = (place: number) => subjects[place % subjects.length] ?? t('tune_denial_subject');
  const systemOf = (place: number) => systemPrompts[place % systemPrompts.length] ?? '';
  return [
    { system: systemOf(0), question: t('tune_denial_future', about(0)), answer: t('tune_denial_future_answer', about(0)) },
    { system: systemOf(1), question: t('tune_denial_private', about(1)), answer: t('tune_denial_private_answer', about(1)) },
    { system: systemOf(2), question: t('tune_denial_case', about(2)), answer: t('tune_denial_case_answer', about(2)) },
  ];
}

function exampleOfDenial({ system, question, answer }: Denial): Omit<TuningExample, 'tags'> {
  return {
    conversation: [...(system ? [{ role: 'system', content: system }] : []), { role: 'user', content: question }],
    answer: { role: 'assistant', content: answer },
  };
}
