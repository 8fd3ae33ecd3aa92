import type { PageId, Passage, PassageId } from '../../core/pages/page';
import type { PassageSpan } from '../../core/pages/split-passages';
import type { LightReads } from '../light-reads';
import type { PassageRun, WriteTransaction } from '../schema';

/** More make a long page's record slow to read for the sake of one passage; most pages have fewer. */
const longestRun = 64;

/** Stores the passages of a page under ids from `firstId` on, within a transaction. */
export function putPassages(
  transaction: Pick<WriteTransaction, 'objectStore'>,
  page: { readonly pageId: PageId; readonly version: number },
  firstId: PassageId,
  spans: readonly PassageSpan[],
): void {
  for (let done = 0; done < spans.length; done += longestRun) {
    const run = spans.slice(done, done + longestRun);
    const last = (firstId + done + run.length - 1) as PassageId;
    void transaction.objectStore('passageRuns').put(runOf(page, (firstId + done) as PassageId, run), last);
  }
}

function runOf(
  { pageId, version }: { readonly pageId: PageId; readonly version: number },
  firstId: PassageId,
  spans: readonly PassageSpan[],
): PassageRun {
  const places = new Map<string, number>();
  const headingPaths: (readonly string[])[] = [];
  const headings = Uint8Array.from(spans, ({ headingPath }) => {
    const key = JSON.stringify(headingPath);
    const place = places.get(key) ?? headingPaths.push(headingPath) - 1;
    places.set(key, place);
    return place;
  });
  const startsInCode = spans.flatMap((span, place) => (span.startsInCode ? [place] : []));
  return {
    pageId,
    version,
    firstId,
    starts: Uint32Array.from(spans, ({ start }) => start),
    ends: Uint32Array.from(spans, ({ end }) => end),
    headingPaths,
    headings,
    ...(startsInCode.length > 0 ? { startsInCode } : {}),
  };
}

interface RunStore {
  get(range: IDBKeyRange): Promise<PassageRun | undefined>;
  getAll(range: IDBKeyRange, count?: number): Promise<PassageRun[]>;
}

/** Ids no further apart are mostly of one run. */
const nearby = 8;

/**
 * Passages, each as soon as it is there; `undefined` when there is no such passage, or no longer. What is found is often found on few pages: of passages that lie
 * side by side only the first is asked for, and the next where the run of the one before does not hold it.
 * @param runRead called with each run that is read for it
 */
export function readPassages(
  store: Pick<RunStore, 'get'>,
  ids: readonly PassageId[],
  runRead: (run: PassageRun) => void = () => {},
): Promise<Passage | undefined>[] {
  const readRun = async (id: PassageId) => {
    const run = await store.get(IDBKeyRange.lowerBound(id));
    if (run) runRead(run);
    return run;
  };
  const runs = new Map<PassageId, Promise<PassageRun | undefined>>();
  let before: PassageId | undefined;
  for (const id of [...ids].sort((a, b) => a - b)) {
    const near = before !== undefined && id - before <= nearby ? runs.get(before) : undefined;
    runs.set(id, near ? near.then((run) => (run && holds(run, id) ? run : readRun(id))) : readRun(id));
    before = id;
  }
  return ids.map(async (id) => {
    const run = await runs.get(id);
    return run && holds(run, id) ? passageAt(run, id - run.firstId) : undefined;
  });
}

const holds = ({ firstId, starts }: PassageRun, id: PassageId) => id >= firstId && id < firstId + starts.length;

/**
 * The runs of the passages whose ids are from `first` to `last`, which are those of whole pages, in order.
 * @param count at most so many
 */
export function readRuns(store: Pick<RunStore, 'getAll'>, first: number, last: number, count?: number): Promise<PassageRun[]> {
  return store.getAll(IDBKeyRange.bound(first, last), count);
}

/** The runs in which there is any passage whose id is from `first` to `last`, in order, but for those that cannot be read or are not where they would belong. */
export async function readRunsWithin(store: LightReads<PassageRun>, first: number, last: number): Promise<PassageRun[]> {
  const range = IDBKeyRange.bound(first, last + longestRun - 1);
  const [keys, runs] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
  return runs.filter((run, at) => run !== undefined && run.firstId <= last && lastOfRun(run) === keys[at]) as PassageRun[];
}

/** The id that a run is kept under. */
export const lastOfRun = ({ firstId, starts }: PassageRun): PassageId => (firstId + starts.length - 1) as PassageId;

/** The passages of a run, in order. */
export function passagesOf(run: PassageRun): Passage[] {
  return Array.from(run.starts, (_, place) => passageAt(run, place));
}

function passageAt(run: PassageRun, place: number): Passage {
  const { pageId, version, firstId, starts, ends, headingPaths, headings, startsInCode } = run;
  return {
    id: (firstId + place) as PassageId,
    pageId,
    version,
    start: starts[place] ?? 0,
    end: ends[place] ?? 0,
    headingPath: headingPaths[headings[place] ?? 0] ?? [],
    ...(startsInCode?.includes(place) ? { startsInCode: true } : {}),
  };
}
