import { useEffect } from 'preact/hooks';
import type { SpaceUse } from '../../protocol/worker-requests';
import { formatBytes } from '../../view/format-bytes';
import { type MessageKey, t } from '../../view/translate';
import type { StorageState } from '../state/storage-state';

/** Less than this is what an empty library takes. */
const smallestShownBytes = 1_000;

interface StorageProps {
  readonly storage: StorageState;
  readonly onOpenLibrary: () => void;
}

const names: Readonly<Record<SpaceUse, MessageKey>> = {
  texts: 'space_texts',
  index: 'space_index',
  vectors: 'space_vectors',
  conversations: 'space_conversations',
};

/** What takes how much room, what can be done about it, and whether the browser keeps it. */
export function Storage({ storage, onOpenLibrary }: StorageProps) {
  useEffect(() => void storage.load(), [storage]);
  const view = storage.view.value;
  if (!view) return null;
  return (
    <section class="settings-section" aria-labelledby="storage-heading">
      <h3 id="storage-heading">{t('storage')}</h3>
      <p class="soft">{t('storage_used', formatBytes(view.usedBytes), formatBytes(view.freeBytes))}</p>
      <dl class="space-used">
        {view.parts
          .filter(({ bytes }) => bytes >= smallestShownBytes)
          .map(({ use, bytes }) => (
            <div key={use}>
              <dt>{t(names[use])}</dt>
              <dd>{t('about', formatBytes(bytes))}</dd>
            </div>
          ))}
      </dl>
      <p class="soft small">{t('storage_free_room')}</p>
      <div class="actions">
        <button type="button" class="button" onClick={onOpenLibrary}>
          {t('choose_pages_to_delete')}
        </button>
        <button type="button" class="button quiet" onClick={() => void storage.load()}>
          {t('measure_again')}
        </button>
      </div>
      {storage.isKept.value !== undefined && <p class="soft small">{storage.isKept.value ? t('storage_kept') : t('storage_not_kept')}</p>}
      {storage.isKept.value === false && (
        <button type="button" class="button" onClick={() => void storage.keep()}>
          {t('keep_storage')}
        </button>
      )}
    </section>
  );
}
