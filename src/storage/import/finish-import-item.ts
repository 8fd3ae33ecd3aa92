import type { RobotsRules } from '../../core/capture/robots-rules';
import { concernsHost, maximumHostFailures, nextAttemptDelayMs } from '../../core/import/next-attempt';
import { canonicalUrl } from '../../core/pages/canonical-url';
import type { CapturedPage } from '../../core/pages/page';
import type { Problem } from '../../core/problem';
import { putIngestJobWithin, queueStores } from '../pages/jobs';
import type { ImportHost, Job, Library, StoredImportItem, WriteTransaction } from '../schema';
import { endItem, failed, isInLibrary, wakeHost } from './import-turns';

/**
 * Stores the page that came for an item as a job, and the item's end, in one transaction: a page is never fetched again that is on its way, and never
 * counted that is not.
 * @param tokens of its text, estimated
 * @param make as in `putIngestJob`
 * @returns the job; `undefined` when the item is no longer wanted, or the page is in the library already, and nothing was stored
 */
export async function finishImportItem(
  library: Library,
  item: StoredImportItem,
  capture: CapturedPage,
  tokens: number,
  make: (waiting: Job | undefined) => Job,
): Promise<Job | undefined> {
  const transaction = library.transaction(['imports', 'importItems', 'importHosts', 'importTexts', 'pages', ...queueStores], 'readwrite', {
    durability: 'strict',
  });
  const within = transaction as unknown as WriteTransaction;
  const isWanted = await isFetching(within, item);
  let job: Job | undefined;
  if (isWanted) {
    // Only what came tells where the list's address leads to: what the person has of that page, perhaps read signed in, is not replaced.
    const isKnown = await isInLibrary(within, [capture.canonicalUrl, canonicalUrl(capture.url)]);
    if (!isKnown) job = await putIngestJobWithin(within, { capture, make });
    await endItem(within, { ...item, state: isKnown ? 'already-saved' : 'imported' }, isKnown ? 0 : tokens);
    void within.objectStore('importTexts').delete([item.importId, item.number]);
    await changeHost(within, item, (host) => ({ ...host, failuresInRow: 0 }));
  }
  await transaction.done;
  return job;
}

/**
 * Stores that a page did not come: it waits for another attempt, or has failed. A host that did not answer is left alone for as long, and after some times
 * in a row all its pages have failed.
 */
export async function failImportItem(library: Library, item: StoredImportItem, problem: Problem, now: number): Promise<void> {
  const transaction = library.transaction(['imports', 'importItems', 'importHosts'], 'readwrite', { durability: 'strict' });
  const within = transaction as unknown as WriteTransaction;
  if (await isFetching(within, item)) {
    const delayMs = nextAttemptDelayMs(problem, item.attempts);
    const at = now + (delayMs ?? 0);
    if (delayMs === undefined) await endItem(within, failed(item, problem));
    else void within.objectStore('importItems').put({ ...item, state: 'waiting', notBefore: at, problem });
    await wakeHost(within, item, at);
    const isHostSilent = concernsHost(problem);
    await changeHost(within, item, (host) => ({
      ...host,
      failuresInRow: isHostSilent ? host.failuresInRow + 1 : 0,
      nextAt: isHostSilent && delayMs !== undefined ? Math.max(host.nextAt, at) : host.nextAt,
    }));
    await giveUpSilentHost(within, item, problem);
  }
  await transaction.done;
}

/** Stores what a host asks of programs, and when its first page may be fetched. */
export async function storeRobots(library: Library, host: ImportHost, robots: RobotsRules, nextAt: number): Promise<void> {
  const transaction = library.transaction('importHosts', 'readwrite');
  await changeHost(transaction as unknown as WriteTransaction, host, (current) => ({ ...current, robots, nextAt, failuresInRow: 0 }));
  await transaction.done;
}

/** Stores that a host could not be asked for its rules: without them nothing is fetched from it. */
export async function failRobots(library: Library, host: ImportHost, problem: Problem, now: number): Promise<void> {
  const transaction = library.transaction(['imports', 'importItems', 'importHosts'], 'readwrite');
  const within = transaction as unknown as WriteTransaction;
  const failuresInRow = host.failuresInRow + 1;
  const nextAt = now + (nextAttemptDelayMs(problem, failuresInRow) ?? 0);
  await changeHost(within, host, (current) => ({ ...current, failuresInRow, nextAt }));
  const isFinal = nextAttemptDelayMs(problem, failuresInRow) === undefined;
  await giveUpSilentHost(within, host, problem, isFinal);
  await transaction.done;
}

type OfHost = Pick<ImportHost, 'importId' | 'host'>;

async function giveUpSilentHost(
  transaction: WriteTransaction,
  { importId, host }: OfHost,
  problem: Problem,
  isFinal = false,
): Promise<void> {
  const known = await transaction.objectStore('importHosts').get([importId, host]);
  if (!isFinal && (known?.failuresInRow ?? 0) < maximumHostFailures) return;
  const ofHost = IDBKeyRange.bound([importId, 'waiting', host], [importId, 'waiting', host, []]);
  const waiting = await transaction.objectStore('importItems').index('byTurn').getAll(ofHost);
  for (const item of waiting) await endItem(transaction, failed(item, problem));
  await changeHost(transaction, { importId, host }, (current) => ({ ...current, nextAt: Number.POSITIVE_INFINITY, failuresInRow: 0 }));
}

async function isFetching(transaction: WriteTransaction, { importId, number }: StoredImportItem): Promise<boolean> {
  return (await transaction.objectStore('importItems').get([importId, number]))?.state === 'fetching';
}

async function changeHost(
  transaction: WriteTransaction,
  { importId, host }: OfHost,
  change: (host: ImportHost) => ImportHost,
): Promise<void> {
  const known = await transaction.objectStore('importHosts').get([importId, host]);
  if (known) void transaction.objectStore('importHosts').put(change(known));
}
