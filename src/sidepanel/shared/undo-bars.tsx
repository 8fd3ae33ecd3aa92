import { useEffect } from 'preact/hooks';
import { t } from '../../view/translate';

interface Undoable {
  readonly key: string | number;
  readonly words: string;
  /** In milliseconds since 1970; from then on it is over. */
  readonly until: number;
  readonly onUndo: () => void;
  readonly onDeleteNow: () => void;
}

interface UndoBarsProps {
  readonly deletions: readonly Undoable[];
  /** Called when the time of one of them is over. */
  readonly onOver: () => void;
}

/** What was deleted a moment ago, and how to take that back. */
export function UndoBars({ deletions, onOver }: UndoBarsProps) {
  const next = deletions.length > 0 ? Math.min(...deletions.map(({ until }) => until)) : undefined;
  useEffect(() => {
    if (next === undefined) return;
    const timer = setTimeout(onOver, Math.max(0, next - Date.now()) + 50);
    return () => clearTimeout(timer);
  }, [next]);
  return (
    <div class="undo-bars" role="status">
      {deletions.map(({ key, words, onUndo, onDeleteNow }) => (
        <div key={key} class="undo-bar">
          <p dir="auto">{words}</p>
          <div class="actions">
            <button type="button" class="button" onClick={onUndo}>
              {t('undo')}
            </button>
            <button type="button" class="button quiet" onClick={onDeleteNow}>
              {t('delete_now')}
            </button>
          </div>
        </div>
      ))}
    </div>
  );
}
