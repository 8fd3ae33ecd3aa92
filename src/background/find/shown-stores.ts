import { lightReads } from '../../storage/light-reads';
import type { Library } from '../../storage/schema';

/**
 * Opens the stores of what is shown of pages when the first of it is wanted, which may be remembered: in one transaction, for each costs the worker as much as
 * reading six records. All has to be asked for at once.
 */
export function shownStores(library: Library) {
  const open = () => {
    const transaction = library.transaction(['versions', 'indexedPages', 'pages']);
    return {
      versions: lightReads(transaction.objectStore('versions')),
      indexedPages: lightReads(transaction.objectStore('indexedPages')),
      pages: lightReads(transaction.objectStore('pages')),
    };
  };
  let opened: ReturnType<typeof open> | undefined;
  return () => {
    opened ??= open();
    return opened;
  };
}

export type OpenShownStores = ReturnType<typeof shownStores>;
