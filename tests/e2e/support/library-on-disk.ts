import type { Page as Tab } from 'playwright-core';
import type { CapturedPage, PageVersion, Passage } from '../../../src/core/pages/page';
import { passagesOf } from '../../../src/storage/pages/passage-runs';
import { databaseName, type Job, type LibraryStore, type PassageRun, type StoredPage } from '../../../src/storage/schema';

/** What lies in the library at one moment. */
export interface LibraryOnDisk {
  readonly pages: readonly StoredPage[];
  readonly versions: readonly PageVersion[];
  readonly passages: readonly Passage[];
  readonly jobs: readonly Job[];
  readonly captures: readonly CapturedPage[];
}

type RawLibrary = Omit<LibraryOnDisk, 'passages'> & { readonly passageRuns: readonly PassageRun[] };

const stores = ['pages', 'versions', 'passageRuns', 'jobs', 'captures'] as const satisfies readonly (LibraryStore & keyof RawLibrary)[];

/**
 * Looks into the library without the worker, which asking for it would wake, in one transaction.
 * @param tab shows a file of the extension
 */
export async function readLibraryOnDisk(tab: Tab): Promise<LibraryOnDisk> {
  const raw = await tab.evaluate(
    async ([name, storeNames]) => {
      const finished = <Value>(request: IDBRequest<Value>) =>
        new Promise<Value>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await finished(indexedDB.open(name));
      const transaction = database.transaction(storeNames);
      const contents = await Promise.all(storeNames.map((store) => finished(transaction.objectStore(store).getAll())));
      database.close();
      return Object.fromEntries(storeNames.map((store, index) => [store, contents[index]])) as unknown as RawLibrary;
    },
    [databaseName, [...stores]] as const,
  );
  const { passageRuns, ...rest } = raw;
  return { ...rest, passages: passageRuns.flatMap(passagesOf) };
}

/** What is wrong with the library, one sentence each: a page must be there with all its passages, once each, or not at all. */
export function findHalves({ pages, versions, passages }: LibraryOnDisk): string[] {
  const faults: string[] = [];
  for (const page of pages) {
    const own = passages.filter((passage) => passage.pageId === page.id);
    if (own.length !== page.passageCount) faults.push(`${page.title} has ${own.length} of ${page.passageCount} passages.`);
    if (own.some(({ version }) => version !== page.version)) faults.push(`${page.title} has passages of another version.`);
    if (!versions.some(({ pageId, version }) => pageId === page.id && version === page.version)) faults.push(`${page.title} has no text.`);
    const inOrder = own.toSorted((a, b) => a.start - b.start);
    if (inOrder.some(({ start }, index) => start < (inOrder[index - 1]?.end ?? 0))) faults.push(`Passages of ${page.title} overlap.`);
  }
  const known = new Set(pages.map(({ id }) => id));
  const strays = passages.filter(({ pageId }) => !known.has(pageId)).length;
  if (strays > 0) faults.push(`${strays} passages belong to no page.`);
  const addresses = pages.map(({ canonicalUrl }) => canonicalUrl);
  if (new Set(addresses).size < addresses.length) faults.push('A page is there twice.');
  return faults;
}

/** Makes all pages older than they are, as if time had gone by. */
export function backdatePages(tab: Tab, byMs: number): Promise<void> {
  return tab.evaluate(
    ([name, ms]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const transaction = database.transaction('pages', 'readwrite');
          transaction.objectStore('pages').openCursor().onsuccess = ({ target }) => {
            const cursor = (target as IDBRequest<IDBCursorWithValue | null>).result;
            if (!cursor) return;
            cursor.update({ ...cursor.value, capturedAt: cursor.value.capturedAt - ms });
            cursor.continue();
          };
          transaction.oncomplete = () => {
            database.close();
            resolve();
          };
        };
      }),
    [databaseName, byMs] as const,
  );
}
