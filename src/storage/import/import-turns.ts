import { isAllowedBy } from '../../core/capture/robots-rules';
import { maximumInterruptions } from '../../core/import/next-attempt';
import type { Problem } from '../../core/problem';
import type { ImportHost, ImportId, ImportRecord, Library, StoredImportItem, WriteTransaction } from '../schema';
import { itemsInState } from './imports';

/** What an import has to do next. */
export type ImportTurn =
  | { readonly kind: 'page'; readonly item: StoredImportItem }
  /** The rules of a host are to be fetched before any of its pages. */
  | { readonly kind: 'robots'; readonly host: ImportHost }
  /** Nothing before this time, in milliseconds since 1970. */
  | { readonly kind: 'wait'; readonly until: number }
  /** Nothing waits any more, but for what is under way. */
  | { readonly kind: 'nothing' };

/**
 * Takes the next page whose host may be asked, and stores that it is being fetched, and when the host may be asked again, before anything is sent. Pages
 * that are in the library by now, or that their site does not want to be fetched, are passed over.
 * @param isBusy hosts that are being asked at the moment
 */
export async function takeImportTurn(
  library: Library,
  { id, delayMs }: ImportRecord,
  now: number,
  isBusy: (host: string) => boolean,
): Promise<ImportTurn> {
  const transaction = library.transaction(['imports', 'importItems', 'importHosts', 'pages', 'jobs'], 'readwrite', {
    durability: 'strict',
  });
  const turn = await takeWithin(transaction as unknown as WriteTransaction, id, delayMs, now, isBusy);
  await transaction.done;
  return turn;
}

async function takeWithin(
  transaction: WriteTransaction,
  id: ImportId,
  delayMs: number,
  now: number,
  isBusy: (host: string) => boolean,
): Promise<ImportTurn> {
  const hosts = transaction.objectStore('importHosts');
  const byNextAt = hosts.index('byNextAt');
  let until = Number.POSITIVE_INFINITY;
  for (const host of await byNextAt.getAll(IDBKeyRange.bound([id, 0], [id, Number.MAX_VALUE]), manyHosts)) {
    if (isBusy(host.host)) continue;
    if (host.nextAt > now) {
      until = Math.min(until, host.nextAt);
      break;
    }
    const waiting = await firstWaiting(transaction, host);
    if (!waiting || waiting.notBefore > now) {
      const nextAt = waiting?.notBefore ?? Number.POSITIVE_INFINITY;
      void hosts.put({ ...host, nextAt });
      until = Math.min(until, nextAt);
      continue;
    }
    if (host.host !== '' && !host.robots) return { kind: 'robots', host };
    const item = await firstToFetch(transaction, host, now);
    if (!item) {
      until = now;
      continue;
    }
    void transaction.objectStore('importItems').put(item);
    void hosts.put({ ...host, nextAt: host.host === '' ? now : now + Math.max(delayMs, host.robots?.crawlDelayMs ?? 0) });
    return { kind: 'page', item };
  }
  return Number.isFinite(until) ? { kind: 'wait', until } : { kind: 'nothing' };
}

/** Enough to find one that is not busy; hosts that are done are not among them. */
const manyHosts = 200;

function firstWaiting(transaction: WriteTransaction, { importId, host }: ImportHost): Promise<StoredImportItem | undefined> {
  const ofHost = IDBKeyRange.bound([importId, 'waiting', host, 0], [importId, 'waiting', host, Number.MAX_VALUE]);
  return transaction.objectStore('importItems').index('byTurn').get(ofHost);
}

/** The first that has to be fetched and may be, as it is to be stored; ends those before it. At most so many at once, to let others have their turn. */
async function firstToFetch(transaction: WriteTransaction, host: ImportHost, now: number): Promise<StoredImportItem | undefined> {
  for (let passed = 0; passed < 500; passed += 1) {
    const item = await firstWaiting(transaction, host);
    if (!item || item.notBefore > now) return undefined;
    if (await isInLibrary(transaction, [item.canonicalUrl])) {
      await endItem(transaction, { ...item, state: 'already-saved' });
    } else if (host.robots && !isAllowedBy(host.robots, item.url)) {
      await endItem(transaction, { ...item, state: 'failed', problem: { code: 'import-disallowed' } });
    } else {
      return { ...item, state: 'fetching', attempts: item.attempts + 1 };
    }
  }
  return undefined;
}

/** Whether a page is known by any of these addresses, or on its way: a selection of it is not the page. Within a transaction that has `pages` and `jobs`. */
export async function isInLibrary(transaction: WriteTransaction, addresses: readonly string[]): Promise<boolean> {
  for (const address of addresses) {
    if ((await transaction.objectStore('pages').index('byAddress').getKey(address)) !== undefined) return true;
    const jobs = await transaction.objectStore('jobs').index('byCanonicalUrl').getAll(address);
    if (jobs.some(({ kind, isSelection }) => kind === 'ingest' && !isSelection)) return true;
  }
  return false;
}

/** Stores that an item has come to its end, and counts it. */
export async function endItem(transaction: WriteTransaction, item: StoredImportItem, tokens = 0): Promise<void> {
  void transaction.objectStore('importItems').put(item);
  const record = await transaction.objectStore('imports').get(item.importId);
  if (!record) return;
  const count = (state: StoredImportItem['state']) => (item.state === state ? 1 : 0);
  void transaction.objectStore('imports').put({
    ...record,
    imported: record.imported + count('imported'),
    alreadySaved: record.alreadySaved + count('already-saved'),
    failed: record.failed + count('failed'),
    tokens: record.tokens + tokens,
  });
}

/** Items whose fetch was begun and of which no end is stored: a worker died, or they are under way. */
export function listFetchingItems(library: Library, id: ImportId): Promise<StoredImportItem[]> {
  return library.getAllFromIndex('importItems', 'byTurn', itemsInState(id, 'fetching'));
}

/** Puts an item back whose fetch is lost, or gives it up when that has happened too often. */
export async function putBackItem(library: Library, item: StoredImportItem): Promise<void> {
  const transaction = library.transaction(['imports', 'importItems', 'importHosts'], 'readwrite', { durability: 'strict' });
  const within = transaction as unknown as WriteTransaction;
  const current = await within.objectStore('importItems').get([item.importId, item.number]);
  if (current?.state === 'fetching') {
    if (current.attempts >= maximumInterruptions) await endItem(within, failed(current, { code: 'interrupted' }));
    else void within.objectStore('importItems').put({ ...current, state: 'waiting' });
    await wakeHost(within, item, 0);
  }
  await transaction.done;
}

export function failed(item: StoredImportItem, problem: Problem): StoredImportItem {
  return { ...item, state: 'failed', problem };
}

/** Has a host looked at again at a time, if nothing of it waited. */
export async function wakeHost(transaction: WriteTransaction, { importId, host }: StoredImportItem, at: number): Promise<void> {
  const known = await transaction.objectStore('importHosts').get([importId, host]);
  if (known?.nextAt === Number.POSITIVE_INFINITY) void transaction.objectStore('importHosts').put({ ...known, nextAt: at });
}
