import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../view/translate';

interface ConfirmDeleteProps {
  readonly question: string;
  /** What is done to it, if it is not deleted. */
  readonly action?: string;
  /** What is done instead. */
  readonly otherwise?: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks once more, in the place of the thing to be deleted. Begins on “Keep”, so that a hasty Enter deletes nothing. */
export function ConfirmDelete({ question, action = t('delete'), otherwise = t('keep'), onConfirm, onCancel }: ConfirmDeleteProps) {
  const keep = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => keep.current?.focus(), []);
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
          {action}
        </button>
        <button type="button" class="button" ref={keep} onClick={onCancel}>
          {otherwise}
        </button>
      </div>
    </div>
  );
}
