import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ExampleDraft } from '../../../core/tuning/drafts/example-draft';
import { questionOf } from '../../../core/tuning/example';
import { t } from '../../../view/translate';
import { Field } from '../../settings/field';
import type { DecidingState, WrittenPair } from './deciding-state';
import { DraftPassages } from './draft-card';

interface DraftFormProps {
  readonly draft: ExampleDraft;
  readonly deciding: DecidingState;
}

/** A pair in the person's own words, beside what it was written from. */
export function DraftForm({ draft, deciding }: DraftFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const { id, example } = draft;
  const begun = deciding.typed.get(id) ?? { question: questionOf(example), answer: example.answer?.content ?? '' };
  useLayoutEffect(() => form.current?.querySelector<HTMLTextAreaElement>('[name="answer"]')?.focus(), [id]);
  return (
    <div class="draft-card">
      <form
        ref={form}
        class="tune-form"
        onInput={({ currentTarget }) => deciding.typed.set(id, writtenIn(currentTarget))}
        onSubmit={(event) => {
          event.preventDefault();
          void deciding.approve(writtenIn(event.currentTarget));
        }}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
          else if (event.key === 'Escape') deciding.edit(false);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <Field label={t('tune_column_question')}>
          {(field) => <textarea id={field} name="question" class="field" rows={2} required defaultValue={begun.question} dir="auto" />}
        </Field>
        <Field label={t('tune_answer')}>
          {(field) => <textarea id={field} name="answer" class="field" rows={5} required defaultValue={begun.answer} dir="auto" />}
        </Field>
        <div class="actions">
          <button type="submit" class="button primary" disabled={deciding.isBusy.value}>
            {t('drafts_save')}
          </button>
          <button type="button" class="button" onClick={() => deciding.edit(false)}>
            {t('cancel')}
          </button>
        </div>
      </form>
      <DraftPassages draft={draft} />
    </div>
  );
}

function writtenIn(form: HTMLFormElement): WrittenPair {
  const fields = new FormData(form);
  return { question: String(fields.get('question') ?? ''), answer: String(fields.get('answer') ?? '') };
}
