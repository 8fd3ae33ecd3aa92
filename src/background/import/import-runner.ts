import type { RobotsRules } from '../../core/capture/robots-rules';
import { problemOf } from '../../core/problem';
import { failRobots, storeRobots } from '../../storage/import/finish-import-item';
import { listFetchingItems, putBackItem, takeImportTurn } from '../../storage/import/import-turns';
import { changeImport, readImport, removeImport } from '../../storage/import/imports';
import type { ImportHost, ImportRecord, Library, StoredImportItem } from '../../storage/schema';
import { type ImportItemTools, loadTicket, runImportItem } from './run-import-item';

export interface ImportRunnerTools extends Omit<ImportItemTools, 'library'> {
  readonly openLibrary: () => Promise<Library>;
  /** The rules of a site's robots.txt. @throws ProblemError `fetch-…` when it cannot be asked for them now */
  readonly fetchRobots: (origin: string) => Promise<RobotsRules>;
  /** Gives back what was lent for an import that is no more. */
  readonly giveBack: () => Promise<unknown>;
  /** Asks to be run again at a time, even if the worker dies before. */
  readonly wakeAt: (time: number) => void;
}

/** Works through an import: several hosts side by side, one request at a time to each. */
export interface ImportRunner {
  /** Begins if it isn't running, and looks again at once if it waits; resolves when nothing is left to do now. */
  run(): Promise<void>;
}

const hostsAtOnce = 4;
/** Pages that wait to be made searchable; with more, fetching rests until they are. */
const longestQueue = 20;
const queueLookMs = 250;
/** A longer wait is left to the alarm, and the worker may go. */
const longestNapMs = 25_000;
/** A list that was not sent whole in this time never will be: its panel has gone. */
const receivingForMs = 3_600_000;

export function importRunner(tools: ImportRunnerTools): ImportRunner {
  let running: Promise<void> | undefined;
  let askedAgain = false;
  let wake = () => {};
  /** Resolves after so long, or when something has come up. */
  const nap = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(ms, longestNapMs));
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const runUntilNobodyAsks = async () => {
    try {
      do {
        askedAgain = false;
        await runImport(tools, nap);
      } while (askedAgain);
    } finally {
      running = undefined;
    }
  };
  return {
    run() {
      askedAgain = true;
      wake();
      running ??= runUntilNobodyAsks();
      return running;
    },
  };
}

type Nap = (ms: number) => Promise<void>;

async function runImport(tools: ImportRunnerTools, nap: Nap): Promise<void> {
  const library = await tools.openLibrary();
  const { now, wakeAt } = tools;
  /** By host. */
  const underWay = new Map<string, Promise<void>>();
  let isCutOff = false;
  const begin = (host: string, work: Promise<void>) => {
    const ended = work
      .catch(async (error: unknown) => {
        isCutOff = !(await pause(library, error, tools));
      })
      .finally(() => {
        underWay.delete(host);
        tools.changed();
      });
    underWay.set(host, ended);
  };
  await takeUpAgain(library, tools, begin);
  // What is left then is taken up again when the alarm rings, or the browser starts.
  while (!isCutOff) {
    const record = await readImport(library);
    if (record?.state === 'receiving' && record.createdAt < now() - receivingForMs) await removeImport(library, record.id);
    if (record?.state !== 'running') break;
    // Before the work, not after: the worker may not live to see the end of it.
    wakeAt(now());
    if (await isQueueLong(library)) {
      await nap(queueLookMs);
      continue;
    }
    const isFull = underWay.size >= hostsAtOnce;
    const wasBusy = underWay.size > 0;
    const turn = isFull ? undefined : await takeImportTurn(library, record, now(), (host) => underWay.has(host));
    if (turn?.kind === 'page') {
      begin(turn.item.host, runImportItem(turn.item, { ...tools, library }));
    } else if (turn?.kind === 'robots') {
      begin(turn.host.host, askForRules(library, record, turn.host, tools));
    } else if (turn && wasBusy && underWay.size === 0) {
    } else if (turn?.kind === 'nothing' && underWay.size === 0) {
      // A worker that was ended may have begun one after this one had looked for what it left behind.
      if (await takeUpAgain(library, tools, begin)) continue;
      await changeImport(library, (current) => ({ ...current, state: 'done' }));
      break;
    } else {
      const napMs = turn?.kind === 'wait' ? Math.max(0, turn.until - now()) : longestNapMs;
      if (turn?.kind === 'wait' && underWay.size === 0 && napMs > longestNapMs) return wakeAt(turn.until);
      await Promise.race([...underWay.values(), nap(napMs)]);
    }
  }
  await Promise.all(underWay.values());
  await giveBackAtEnd(library, tools);
}

/**
 * What a worker left behind when it died: pages whose fetch goes on without it are waited for, the others begin again.
 * @returns whether there was anything
 */
async function takeUpAgain(
  library: Library,
  tools: ImportRunnerTools,
  begin: (host: string, work: Promise<void>) => void,
): Promise<boolean> {
  const record = await readImport(library);
  if (record?.state !== 'running') return false;
  const fetching = await listFetchingItems(library, record.id);
  if (fetching.length === 0) return false;
  const held = new Set(await tools.loader.held());
  const isHeld = (item: StoredImportItem) => held.has(loadTicket(item));
  for (const item of fetching) {
    if (isHeld(item)) begin(item.host, runImportItem(item, { ...tools, library }));
    else await putBackItem(library, item);
  }
  return true;
}

async function askForRules(
  library: Library,
  record: ImportRecord,
  host: ImportHost,
  { fetchRobots, now }: ImportRunnerTools,
): Promise<void> {
  let robots: RobotsRules;
  try {
    robots = await fetchRobots(host.origin);
  } catch (error) {
    return failRobots(library, host, problemOf(error), now());
  }
  await storeRobots(library, host, robots, now() + Math.max(record.delayMs, robots.crawlDelayMs ?? 0));
}

/** Whether more pages wait for their first try at being made searchable than should. */
async function isQueueLong(library: Library): Promise<boolean> {
  return (await library.countFromIndex('jobs', 'byTurn', IDBKeyRange.bound(['ingest', 0], ['ingest', 0, []]))) >= longestQueue;
}

/** When nothing is fetched any more: what was asked for because of the import is closed again. */
async function giveBackAtEnd(library: Library, { giveBack, changed }: ImportRunnerTools): Promise<void> {
  const record = await readImport(library);
  if (record?.state !== 'running' && record?.state !== 'paused') await giveBack();
  if (record?.state === 'done' || record?.state === 'stopped') changed();
}

/**
 * What is wrong with one page fails that page; what comes here is wrong with all of it.
 * @returns whether the import waits for the person to see to it; if not, it will do by itself, as when the browser is shutting down
 */
async function pause(library: Library, error: unknown, { changed }: ImportRunnerTools): Promise<boolean> {
  const problem = problemOf(error);
  console.error('The import stopped:', problem);
  if (problem.code !== 'import-permission-missing' && problem.code !== 'storage-full') return false;
  await changeImport(library, (record) => (record.state === 'running' ? { ...record, state: 'paused', problem } : record)).catch(() => {});
  changed();
  return true;
}
