import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../view/translate';

interface RewordingFormProps {
  readonly className: string;
  readonly label: string;
  readonly hint: string;
  /** Of the button that takes the words. */
  readonly verb: string;
  /** As it is worded now. */
  readonly text: string;
  readonly rows: number;
  /** One line, rather than paragraphs: it is gone on with at its end, and Enter takes it. */
  readonly isLine?: boolean;
  /** @param text without spaces around it; may be empty */
  readonly onSubmit: (text: string) => void;
  readonly onCancel: () => void;
}

/** To put what stands there in other words, in its place. Escape leaves it. */
export function RewordingForm({ className, label, hint, verb, text, rows, isLine = false, onSubmit, onCancel }: RewordingFormProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  // Before it is painted: what is typed at once must not find the selection moved.
  useLayoutEffect(() => {
    input.current?.focus();
    if (isLine) input.current?.setSelectionRange(text.length, text.length);
  }, [text, isLine]);
  const submit = () => onSubmit(input.current?.value.trim() ?? '');
  return (
    <form
      class={className}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.isComposing) return;
        if (event.key === 'Escape') {
          event.stopPropagation();
          onCancel();
        } else if (isLine && event.key === 'Enter' && !event.shiftKey && event.target === input.current) {
          event.preventDefault();
          submit();
        }
      }}
    >
      <textarea ref={input} class="field" aria-label={label} defaultValue={text} maxLength={100_000} rows={rows} dir="auto" />
      <p class="soft small">{hint}</p>
      <div class="actions">
        <button type="submit" class="button primary">
          {verb}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
