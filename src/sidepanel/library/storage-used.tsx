import type { LibraryUsage } from '../../protocol/worker-requests';
import { formatBytes } from '../../view/format-bytes';
import { t } from '../../view/translate';
import type { LibraryState } from '../state/library-state';

/** How much room the library takes, and on demand what takes it. */
export function StorageUsed({ library }: { readonly library: LibraryState }) {
  const total = library.overview.value?.storedBytes ?? 0;
  const usage = library.usage.value;
  return (
    <details
      class="storage-used small"
      onToggle={(event) => {
        if (event.currentTarget.open) void library.readUsage();
      }}
    >
      <summary class="soft">{t('stored', formatBytes(total))}</summary>
      {usage && (
        <dl>
          {partsOf(usage).map(({ words, bytes }) => (
            <div key={words}>
              <dt>{t(words)}</dt>
              <dd class="soft">{t('about', formatBytes(bytes))}</dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  );
}

function partsOf({ textBytes, indexBytes, vectorBytes }: LibraryUsage) {
  const parts = [
    { words: 'storage_text', bytes: textBytes },
    { words: 'storage_index', bytes: indexBytes },
    { words: 'storage_vectors', bytes: vectorBytes },
  ] as const;
  return parts.filter(({ bytes }) => bytes > 0);
}
