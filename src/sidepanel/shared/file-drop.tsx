import { FileDown } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../../view/icon';
import { t } from '../../view/translate';

/** Takes files that are dropped anywhere on the panel, and shows so while they are held over it. */
export function FileDrop({ onDrop }: { readonly onDrop: (files: readonly File[]) => void }) {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const listen = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', listener: (event: DragEvent) => void) =>
      document.addEventListener(type, (event) => holdsFiles(event) && listener(event), { signal: listening.signal });
    listen('dragenter', () => setOver(true));
    listen('dragover', (event) => {
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    });
    // Left for another element of the panel, it is over that one.
    listen('dragleave', (event) => event.relatedTarget === null && setOver(false));
    listen('drop', (event) => {
      // Else the browser would open the file in the panel's place.
      event.preventDefault();
      setOver(false);
      onDrop([...(event.dataTransfer?.files ?? [])]);
    });
    return () => listening.abort();
  }, [onDrop]);
  if (!isOver) return null;
  return (
    <div class="drop-target" role="status">
      <Icon node={FileDown} />
      <p class="drop-title">{t('drop_files_title')}</p>
      <p class="soft">{t('drop_files')}</p>
    </div>
  );
}

/** Selected words that are dragged are none. */
function holdsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}
