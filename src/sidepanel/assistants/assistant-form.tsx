import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { type Assistant, assistantLimits, checkAssistant, isUsable } from '../../core/assistants/assistant';
import { t } from '../../view/translate';
import type { Client } from '../client';
import { Field } from '../settings/field';
import { ConfirmDelete } from '../shared/confirm-delete';
import { ProblemNotice } from '../shared/problem-notice';
import type { AssistantsState } from '../state/assistants-state';
import type { SettingsState } from '../state/settings-state';
import { AnsweringFields } from './answering-fields';
import { type AssistantDraft, assistantOf, strangeSites } from './assistant-draft';
import { PromptPreview } from './prompt-preview';
import { TemplateProblems } from './template-problems';

interface AssistantFormProps {
  readonly client: Pick<Client, 'send'>;
  readonly assistants: AssistantsState;
  readonly settings: SettingsState;
  readonly draft: AssistantDraft;
  readonly start: AssistantDraft;
  /** It was opened just now: the keyboard goes on in it. */
  readonly takesFocus: boolean;
  readonly onDone: () => void;
}

/** Everything that an assistant is, and what it would send. */
export function AssistantForm({ client, assistants, settings, draft, start, takesFocus, onDone }: AssistantFormProps) {
  const question = useSignal('');
  const wasTried = useSignal(false);
  /** Where the person was when they were asked whether to leave it. */
  const leftFrom = useSignal<Element | null | undefined>(undefined);
  const first = useRef<HTMLInputElement>(null);
  const headingId = useId();
  useLayoutEffect(() => {
    if (takesFocus) first.current?.focus();
  }, []);
  const assistant = assistantOf(draft);
  const others = assistants.all.value.filter(({ id }) => id !== start.id);
  const problems = checkAssistant(
    assistant,
    others.flatMap(({ command }) => command ?? []),
  );
  const strange = strangeSites(draft.sites);
  const canBeKept = isUsable(problems) && strange.length === 0;
  const { change } = assistants.written;
  const save = async () => {
    wasTried.value = true;
    if (canBeKept && (await assistants.write(assistant))) onDone();
  };
  const leave = () => {
    if (JSON.stringify(draft) === JSON.stringify(start)) return onDone();
    leftFrom.value = document.activeElement;
  };
  const stay = () => {
    const before = leftFrom.value;
    leftFrom.value = undefined;
    if (before instanceof HTMLElement) requestAnimationFrame(() => (before.isConnected ? before : first.current)?.focus());
  };
  const text = (part: 'name' | 'tone' | 'contact' | 'command', most: number) => ({
    class: 'field',
    maxLength: most,
    autocomplete: 'off',
    value: draft[part],
    onInput: (event: { currentTarget: HTMLInputElement }) => change({ [part]: event.currentTarget.value }),
  });
  const area = (part: 'instructions' | 'words' | 'template', most: number, rows: number) => ({
    class: 'field',
    maxLength: most,
    rows,
    dir: 'auto' as const,
    value: draft[part],
    onInput: (event: { currentTarget: HTMLTextAreaElement }) => change({ [part]: event.currentTarget.value }),
  });
  return (
    <form
      class="assistant-form"
      aria-labelledby={headingId}
      // A number that is not taken says so itself, and may be folded away.
      noValidate
      onKeyDown={(event) => {
        // An input method ends a word with it.
        if (event.key !== 'Escape' || event.isComposing) return;
        event.stopPropagation();
        leave();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h4 id={headingId}>{start.name === '' ? t('new_assistant') : t('edit_assistant', start.name)}</h4>
      <Field label={t('assistant_name')}>
        {(id) => <input id={id} {...text('name', assistantLimits.name)} ref={first} required placeholder={t('assistant_name_example')} />}
      </Field>
      <Field label={t('instructions')} hint={t('instructions_hint')}>
        {(id, hintId) => (
          <>
            <textarea
              id={id}
              aria-describedby={`${hintId} ${id}-problems`}
              {...area('instructions', assistantLimits.instructions, 6)}
              placeholder={t('instructions_example')}
            />
            <TemplateProblems id={`${id}-problems`} problems={problems.instructions} />
          </>
        )}
      </Field>
      <Field label={t('tone')}>{(id) => <input id={id} {...text('tone', assistantLimits.tone)} placeholder={t('tone_example')} />}</Field>
      <Field label={t('fallback_words')} hint={t('fallback_hint')}>
        {(id, hintId) => (
          <textarea id={id} aria-describedby={hintId} {...area('words', assistantLimits.words, 2)} placeholder={t('fallback_example')} />
        )}
      </Field>
      <Field label={t('contact')}>
        {(id) => <input id={id} {...text('contact', assistantLimits.contact)} placeholder={t('contact_example')} />}
      </Field>
      <details open={draft.command !== '' || problems.template.length > 0}>
        <summary>{t('command_and_template')}</summary>
        <Field label={t('command')} hint={t('command_hint')}>
          {(id, hintId) => (
            <>
              <input
                id={id}
                aria-describedby={`${hintId} ${id}-problem`}
                spellcheck={false}
                {...text('command', assistantLimits.command + 1)}
                placeholder={t('command_example')}
              />
              <p id={`${id}-problem`} class="field-problems small" role="status">
                {problems.command && t(problems.command === 'taken' ? 'command_taken' : 'command_not_a_word')}
              </p>
            </>
          )}
        </Field>
        <Field label={t('template')} hint={t('template_hint')}>
          {(id, hintId) => (
            <>
              <textarea
                id={id}
                aria-describedby={`${hintId} ${id}-problems`}
                spellcheck={false}
                {...area('template', assistantLimits.template, 5)}
              />
              <TemplateProblems id={`${id}-problems`} problems={problems.template} />
            </>
          )}
        </Field>
      </details>
      <AnsweringFields draft={draft} settings={settings} strangeSites={strange} onChange={change} />
      {assistants.problem.value && <ProblemNotice problem={assistants.problem.value} />}
      {leftFrom.value !== undefined && (
        <ConfirmDelete question={t('discard_assistant_question')} action={t('discard')} onConfirm={onDone} onCancel={stay} />
      )}
      <div class="actions" hidden={leftFrom.value !== undefined}>
        <button type="submit" class="button primary">
          {t('save')}
        </button>
        <button type="button" class="button" onClick={leave}>
          {t('cancel')}
        </button>
        <span class="field-problems small" role="status">
          {wasTried.value && !canBeKept && t(problems.hasNoName ? 'assistant_no_name' : 'assistant_mend')}
        </span>
      </div>
      <h5>{t('preview')}</h5>
      <Field label={t('preview_question')}>
        {(id) => (
          <input
            id={id}
            class="field"
            dir="auto"
            autocomplete="off"
            value={question.value}
            onInput={(event) => {
              question.value = event.currentTarget.value;
            }}
            // It tries the assistant, and must not store it.
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.preventDefault();
            }}
          />
        )}
      </Field>
      {isUsable({ ...problems, hasNoName: false }) && (
        <PromptPreview
          client={client}
          about={JSON.stringify([assistant, question.value])}
          order={async () => ({ question: question.value, ...(await previewed(assistant, assistants, question.value)) })}
        />
      )}
    </form>
  );
}

async function previewed(assistant: Assistant, assistants: AssistantsState, question: string) {
  const { assistantId: _, ...choices } = await assistants.prepare(question, assistant);
  // The name may not have been written yet.
  return { choices, assistant: { ...assistant, name: assistant.name || '…' } };
}
