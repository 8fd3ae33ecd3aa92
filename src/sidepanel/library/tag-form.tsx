import { useEffect, useId, useRef } from 'preact/hooks';
import { splitTags } from '../../core/tidy-tags';
import { t } from '../../view/translate';

interface TagFormProps {
  /** Of the page. */
  readonly title: string;
  readonly tags: readonly string[];
  readonly onSave: (tags: readonly string[]) => void;
  readonly onCancel: () => void;
}

/** Asks for the tags of a page, in the place of its row. */
export function TagForm({ title, tags, onSave, onCancel }: TagFormProps) {
  const input = useRef<HTMLInputElement>(null);
  const fieldId = useId();
  useEffect(() => input.current?.focus(), []);
  return (
    <form
      class="tag-form"
      aria-label={t('edit_tags_named', title)}
      onSubmit={(event) => {
        event.preventDefault();
        onSave(splitTags(input.current?.value ?? ''));
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <p class="tag-form-title" dir="auto">
        {title}
      </p>
      <label class="soft small" for={fieldId}>
        {t('tags_field')}
      </label>
      <div class="tag-form-line">
        <input ref={input} id={fieldId} class="field" defaultValue={tags.join(', ')} maxLength={1_000} dir="auto" />
        <button type="submit" class="button">
          {t('save')}
        </button>
      </div>
    </form>
  );
}
