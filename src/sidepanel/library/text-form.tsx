import type { Ref } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../view/translate';

interface TextFormProps {
  /** What it is about, shown. */
  readonly heading: string;
  /** What it is for, said. */
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** In UTF-16 code units. */
  readonly maxLength: number;
  /** More than a line is welcome. */
  readonly isLong?: boolean;
  readonly onSave: (written: string) => void;
  readonly onCancel: () => void;
}

/** Asks for some text, in the place of what it is about. */
export function TextForm({ heading, name, label, value, maxLength, isLong = false, onSave, onCancel }: TextFormProps) {
  const field = useRef<HTMLInputElement | HTMLTextAreaElement>(null);
  const fieldId = useId();
  useLayoutEffect(() => field.current?.focus(), []);
  const common = { id: fieldId, class: 'field', defaultValue: value, maxLength, dir: 'auto' } as const;
  return (
    <form
      class="text-form"
      aria-label={name}
      onSubmit={(event) => {
        event.preventDefault();
        onSave(field.current?.value ?? '');
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <p class="text-form-heading" dir="auto">
        {heading}
      </p>
      <label class="soft small" for={fieldId}>
        {label}
      </label>
      {isLong ? (
        <textarea {...common} rows={3} ref={field as Ref<HTMLTextAreaElement>} />
      ) : (
        <input {...common} ref={field as Ref<HTMLInputElement>} />
      )}
      <div class="actions">
        <button type="submit" class="button">
          {t('save')}
        </button>
        <button type="button" class="button quiet" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
