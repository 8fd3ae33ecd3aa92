import type { ImportItem } from '../../core/import/import-item';
import { canonicalUrl } from '../../core/pages/canonical-url';
import { ProblemError } from '../../core/problem';
import type { ImportHost, ImportId, ImportRecord, Library, StoredImportItem, WriteTransaction } from '../schema';

export type ImportPlan = Pick<ImportRecord, 'id' | 'source' | 'createdAt' | 'origins' | 'delayMs'>;

const importStores = ['imports', 'importItems', 'importTexts', 'importHosts'] as const;

/** The import there is, if any. */
export async function readImport(library: Library): Promise<ImportRecord | undefined> {
  const [record] = await library.getAll('imports', null, 1);
  return record;
}

/**
 * Makes a new import, to which items are then added. What an earlier one has left goes, if it has ended or never came to begin.
 * @throws ProblemError `import-busy`
 */
export async function beginImport(library: Library, plan: ImportPlan): Promise<void> {
  const transaction = library.transaction(importStores, 'readwrite', { durability: 'strict' });
  for (const earlier of await transaction.objectStore('imports').getAll()) {
    if (earlier.state === 'running' || earlier.state === 'paused') throw new ProblemError({ code: 'import-busy' });
    removeWithin(transaction as unknown as WriteTransaction, earlier.id);
  }
  const record: ImportRecord = { ...plan, state: 'receiving', total: 0, imported: 0, alreadySaved: 0, failed: 0, tokens: 0 };
  void transaction.objectStore('imports').put(record);
  await transaction.done;
}

/** Adds to an import that has not been started. @throws ProblemError `not-found` */
export async function addImportItems(library: Library, id: ImportId, items: readonly ImportItem[]): Promise<void> {
  const transaction = library.transaction(importStores, 'readwrite');
  const record = await transaction.objectStore('imports').get(id);
  if (record?.state !== 'receiving') throw new ProblemError({ code: 'not-found' });
  const hosts = transaction.objectStore('importHosts');
  for (const [index, { text, ...item }] of items.entries()) {
    const number = record.total + index;
    const { host, origin } = text ? { host: '', origin: '' } : hostOf(item.url);
    const stored: StoredImportItem = {
      ...item,
      importId: id,
      number,
      canonicalUrl: canonicalUrl(item.url),
      host,
      state: 'waiting',
      attempts: 0,
      notBefore: 0,
    };
    void transaction.objectStore('importItems').put(stored);
    if (text) void transaction.objectStore('importTexts').put(text, [id, number]);
    void hosts.put({ importId: id, host, origin, nextAt: 0, failuresInRow: 0 });
  }
  void transaction.objectStore('imports').put({ ...record, total: record.total + items.length });
  await transaction.done;
}

function hostOf(url: string): Pick<ImportHost, 'host' | 'origin'> {
  const { protocol, host } = new URL(url);
  return { host, origin: `${protocol}//${host}` };
}

/** Changes the import, unless it has gone. */
export async function changeImport(library: Library, change: (record: ImportRecord) => ImportRecord): Promise<void> {
  const transaction = library.transaction('imports', 'readwrite', { durability: 'strict' });
  const [record] = await transaction.store.getAll(null, 1);
  if (record) void transaction.store.put(change(record));
  await transaction.done;
}

/** Sets it going, or going on: what waits because of a problem is due at once. */
export async function resumeImport(library: Library): Promise<void> {
  const transaction = library.transaction(['imports', 'importHosts'], 'readwrite', { durability: 'strict' });
  const [record] = await transaction.objectStore('imports').getAll(null, 1);
  if (record && (record.state === 'receiving' || record.state === 'paused')) {
    const { problem: _, ...rest } = record;
    void transaction.objectStore('imports').put({ ...rest, state: 'running' });
  }
  await transaction.done;
}

/** Takes an import and all that is known of it away; the pages that it brought stay. */
export async function removeImport(library: Library, id: ImportId): Promise<void> {
  const transaction = library.transaction(importStores, 'readwrite');
  removeWithin(transaction as unknown as WriteTransaction, id);
  await transaction.done;
}

function removeWithin(transaction: WriteTransaction, id: ImportId): void {
  void transaction.objectStore('imports').delete(id);
  void transaction.objectStore('importItems').delete(IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]));
  void transaction.objectStore('importTexts').delete(IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]));
  void transaction.objectStore('importHosts').delete(IDBKeyRange.bound([id, ''], [id, []]));
}

/** All items of an import in one state, host by host. */
export function itemsInState(id: ImportId, state: StoredImportItem['state']): IDBKeyRange {
  return IDBKeyRange.bound([id, state], [id, state, []]);
}

/** Pages that could not be imported, at most so many. */
export function listFailedItems(library: Library, id: ImportId, limit: number): Promise<StoredImportItem[]> {
  return library.getAllFromIndex('importItems', 'byTurn', itemsInState(id, 'failed'), limit);
}

/**
 * Sets failed pages going again, as if they had never been tried.
 * @param number of one of them; absent: all
 */
export async function retryFailedItems(library: Library, id: ImportId, number?: number): Promise<void> {
  const transaction = library.transaction(['imports', 'importItems', 'importHosts'], 'readwrite', { durability: 'strict' });
  const record = await transaction.objectStore('imports').get(id);
  const items = transaction.objectStore('importItems');
  const failed = record ? await items.index('byTurn').getAll(itemsInState(id, 'failed')) : [];
  const chosen = failed.filter((item) => number === undefined || item.number === number);
  for (const { problem: _, ...item } of chosen) void items.put({ ...item, state: 'waiting', attempts: 0, notBefore: 0 });
  for (const host of new Set(chosen.map((item) => item.host))) {
    const known = await transaction.objectStore('importHosts').get([id, host]);
    if (!known) continue;
    // One that nothing waits for may be asked at once: its last request is longer ago than any delay.
    const nextAt = Number.isFinite(known.nextAt) ? known.nextAt : 0;
    void transaction.objectStore('importHosts').put({ ...known, nextAt, failuresInRow: 0 });
  }
  if (record && chosen.length > 0) {
    const { problem: _, ...rest } = record;
    void transaction.objectStore('imports').put({ ...rest, state: 'running', failed: record.failed - chosen.length });
  }
  await transaction.done;
}
