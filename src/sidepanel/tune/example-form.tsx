import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../../core/problem';
import type { ExampleSplit, TuningExample } from '../../core/tuning/example';
import { writtenTags } from '../../core/tuning/mark-example';
import type { StoredExample } from '../../core/tuning/stored-example';
import { t } from '../../view/translate';
import { Field } from '../settings/field';
import { ConfirmDelete } from '../shared/confirm-delete';
import { ProblemNotice } from '../shared/problem-notice';
import type { ExamplesState } from './examples-state';

interface ExampleFormProps {
  readonly stored: StoredExample;
  /** It was opened just now, and not only drawn again. */
  readonly takesFocus: boolean;
  readonly examples: ExamplesState;
  readonly onClose: () => void;
}

/** Every turn of an example, its answers, its tags and its side of the split, to be changed in place. */
export function ExampleForm({ stored, takesFocus, examples, onClose }: ExampleFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [isDeleted, setDeleted] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const { seen, draft } = examples.opened.get(stored.id) ?? { seen: stored, draft: stored.example };
  const { id } = seen;
  useLayoutEffect(() => {
    if (takesFocus) form.current?.querySelector('textarea')?.focus();
  }, []);
  if (isDeleted) {
    return (
      <ConfirmDelete question={t('tune_delete_sure')} onConfirm={() => void examples.remove([id])} onCancel={() => setDeleted(false)} />
    );
  }
  const store = async () => {
    if (!form.current) return;
    const failed = await examples.write(seen, changed(seen.example, new FormData(form.current)));
    if (failed) setProblem(failed);
    else onClose();
  };
  return (
    <form
      ref={form}
      class="tune-form"
      onInput={(event) => examples.opened.set(id, { seen, draft: changed(seen.example, new FormData(event.currentTarget)) })}
      onSubmit={(event) => {
        event.preventDefault();
        void store();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing) return;
        event.stopPropagation();
        onClose();
      }}
    >
      {draft.conversation.map(({ role, content }, index) => (
        // Turns have no other name.
        <Field key={index} label={t('tune_turn', role)}>
          {(field) => <textarea id={field} name={`turn ${index}`} class="field" rows={2} defaultValue={content} dir="auto" />}
        </Field>
      ))}
      <Field label={t('tune_answer')}>
        {(field) => <textarea id={field} name="answer" class="field" rows={3} defaultValue={draft.answer?.content ?? ''} dir="auto" />}
      </Field>
      <Field label={t('tune_rejected')}>
        {(field) => <textarea id={field} name="rejected" class="field" rows={2} defaultValue={draft.rejected?.content ?? ''} dir="auto" />}
      </Field>
      <Field label={t('tune_tags')}>
        {(field) => <input id={field} name="tags" class="field" defaultValue={draft.tags?.join(', ') ?? ''} maxLength={1_000} dir="auto" />}
      </Field>
      <Field label={t('tune_side')}>
        {(field) => (
          <select id={field} name="split" class="field" defaultValue={draft.split ?? ''}>
            <option value="">{t('tune_no_side')}</option>
            <option value="train">{t('tuning_split_train')}</option>
            <option value="validation">{t('tuning_split_validation')}</option>
          </select>
        )}
      </Field>
      {seen.example.passages && (
        <details class="small">
          <summary>{t('tune_passages', seen.example.passages.length)}</summary>
          <ol>
            {seen.example.passages.map(({ title, text }, index) => (
              // They never change places.
              <li key={index} dir="auto">
                <strong>{title}</strong> {text}
              </li>
            ))}
          </ol>
        </details>
      )}
      {problem && <ProblemNotice problem={problem} />}
      <div class="actions">
        <button type="submit" class="button primary">
          {t('save')}
        </button>
        <button type="button" class="button" onClick={onClose}>
          {t('cancel')}
        </button>
        <button type="button" class="button quiet" onClick={() => setDeleted(true)}>
          {t('delete')}
        </button>
      </div>
    </form>
  );
}

/** The example as the form has it. What the form does not show stays as it is. */
function changed(example: TuningExample, fields: FormData): TuningExample {
  const { answer, rejected, tags: _, split: __, ...rest } = example;
  const text = (name: string) => String(fields.get(name) ?? '');
  const said = (name: 'answer' | 'rejected', before: TuningExample['answer']) => {
    const content = text(name);
    const isKept = content !== '' || before?.toolCalls;
    return isKept ? { [name]: { ...(before ?? { role: 'assistant' }), content } } : {};
  };
  const tags = writtenTags(text('tags'));
  const split = text('split') as ExampleSplit | '';
  return {
    ...rest,
    conversation: example.conversation.map((message, index) => ({ ...message, content: text(`turn ${index}`) })),
    ...said('answer', answer),
    ...said('rejected', rejected),
    ...(tags.length > 0 ? { tags } : {}),
    ...(split === '' ? {} : { split }),
  };
}
