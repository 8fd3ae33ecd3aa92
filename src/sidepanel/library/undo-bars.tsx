import { useEffect } from 'preact/hooks';
import { t, tCount } from '../../view/translate';
import type { LibraryState } from '../state/library-state';

/** What was deleted a moment ago, and how to take that back. */
export function UndoBars({ library }: { readonly library: LibraryState }) {
  const deletions = library.overview.value?.deletions ?? [];
  const next = deletions.at(-1)?.deleteAt;
  useEffect(() => {
    if (next === undefined) return;
    const timer = setTimeout(() => void library.refresh(), Math.max(0, next - Date.now()) + 50);
    return () => clearTimeout(timer);
  }, [library, next]);
  return (
    <div class="undo-bars" role="status">
      {deletions.map(({ deleteAt, pages }) => (
        <div key={deleteAt} class="undo-bar">
          <p>{tCount('deleted', pages)}</p>
          <div class="actions">
            <button type="button" class="button" onClick={() => void library.takeBackDeletion(deleteAt)}>
              {t('undo')}
            </button>
            <button type="button" class="button quiet" onClick={() => void library.finishDeletion(deleteAt)}>
              {t('delete_now')}
            </button>
          </div>
        </div>
      ))}
    </div>
  );
}
