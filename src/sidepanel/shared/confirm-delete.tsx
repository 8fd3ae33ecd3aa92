import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../view/translate';

interface ConfirmDeleteProps {
  readonly question: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks once more, in the place of the thing to be deleted. Begins on “Keep”, so that a hasty Enter deletes nothing. */
export function ConfirmDelete({ question, onConfirm, onCancel }: ConfirmDeleteProps) {
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onCancel();
  };
  return (
    <div class="confirm" role="alertdialog" aria-label={question} onKeyDown={onKeyDown}>
      <p>{question}</p>
      <div class="actions">
        <button type="button" class="button danger" onClick={onConfirm}>
          {t('delete')}
        </button>
        <button type="button" class="button" ref={keep} onClick={onCancel}>
          {t('keep')}
        </button>
      </div>
    </div>
  );
}
