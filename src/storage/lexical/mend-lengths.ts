import { passageLength } from '../../core/lexical/index-passages';
import { lightReads } from '../light-reads';
import { lastOfRun, passagesOf, readRunsWithin } from '../pages/passage-runs';
import { perLibrary } from '../per-library';
import { emptyTotals, type Library, type PassageRun } from '../schema';
import { writeWhole } from '../write-whole';
import { blankSlab, openSlab, openSlabs, passagesOfSlab, readSlabs, sealSlab, setLength, withUnmeasured } from './length-slabs';

/** Passages measured in one transaction: a fraction of a second's work. */
const passagesAtOnce = 500;

/** Whether all lengths are to be looked at: also once after each start, so that it does no harm to forget it. */
const doubtOf = perLibrary(() => ({ isThere: true }));

/** Has `mendLengths` look at all lengths, for some were found damaged. */
export function doubtLengths(library: Library): void {
  doubtOf(library).isThere = true;
}

/**
 * One step of making lengths of passages anew from the stored text where they are damaged, found to be so or not. What was deleted does not come back: passages
 * that are there have a run. Must not run twice at once.
 * @returns whether there may be more to do
 */
export async function mendLengths(library: Library): Promise<boolean> {
  const doubt = doubtOf(library);
  if (!doubt.isThere) return false;
  doubt.isThere = false;
  try {
    if (await mendNext(library)) doubt.isThere = true;
  } catch (error) {
    doubt.isThere = true;
    throw error;
  }
  return doubt.isThere;
}

/**
 * Makes room for lengths that are written, for a slab that cannot be read at all would take back what is saved or deleted.
 * @param which those that the next pages saved will write to, or all
 * @returns whether there were any
 */
export async function clearUnreadableLengths(library: Library, which: 'next' | 'all'): Promise<boolean> {
  const reading = library.transaction(['lengths', 'totals']);
  const { nextPassageId } = (which === 'next' && (await lightReads(reading.objectStore('totals')).get('library'))) || emptyTotals;
  const slabs = await readSlabs({ lengths: lightReads(reading.objectStore('lengths')) }, nextPassageId - 1);
  const unreadable = [...slabs.keys()].filter((number) => slabs.get(number) === undefined);
  if (unreadable.length > 0) await clearSlabs(library, unreadable);
  return unreadable.length > 0;
}

/** Without reading what is there. What is saved into it meanwhile is measured with all else. */
async function clearSlabs(library: Library, numbers: readonly number[]): Promise<void> {
  doubtLengths(library);
  const transaction = library.transaction('lengths', 'readwrite');
  await writeWhole(transaction, async () => {
    for (const number of numbers) void transaction.store.put(blankSlab(), number);
  });
}

async function mendNext(library: Library): Promise<boolean> {
  const reading = library.transaction(['lengths', 'passageRuns', 'totals']);
  const [slabs, totals = emptyTotals, lastRun] = await Promise.all([
    readSlabs({ lengths: lightReads(reading.objectStore('lengths')) }),
    lightReads(reading.objectStore('totals')).get('library'),
    reading.objectStore('passageRuns').openKeyCursor(null, 'prev'),
  ]);
  const { damaged } = openSlabs(slabs, 1, Math.max(totals.nextPassageId, (lastRun?.key ?? 0) + 1));
  // Those of older versions have no checksum; and of one that was lost, they knew only what was written to it since.
  const number = damaged[0] ?? [...slabs.keys()].find((old) => slabs.get(old)?.checksum === undefined);
  if (number === undefined) return false;
  const slab = openSlab(slabs.get(number));
  if (slab) await measure(library, number, slab.checksum);
  else await clearSlabs(library, [number]);
  return true;
}

/**
 * Measures the next passages of a slab of which it is not known how long they are; where there are none, it is whole.
 * @param checksum as it was before they were looked for: less may be known of what was put in its stead since
 */
async function measure(library: Library, number: number, checksum: number | undefined): Promise<void> {
  const runs = await nextUnmeasured(library, number);
  const isWhole = runs.length === 0;
  const lengths = await Promise.all(runs.map((run) => measureRun(library, run)));
  const [first, last] = passagesOfSlab(number);
  const transaction = library.transaction(['lengths', 'passageRuns', 'totals'], 'readwrite');
  await writeWhole(transaction, async () => {
    const slab = openSlab(await transaction.objectStore('lengths').get(number));
    if (!slab || (isWhole && slab.checksum !== checksum)) return;
    for (const [at, run] of runs.entries()) {
      const { firstId } = run;
      // A page that was deleted or saved again in the meantime has left these ids.
      const isThere = (await transaction.objectStore('passageRuns').getKey(lastOfRun(run))) !== undefined;
      if (!isThere) continue;
      for (const [place, length] of (lengths[at] ?? []).entries()) {
        const id = firstId + place;
        if (id >= first && id <= last) setLength(slab, id, length);
      }
    }
    const { lengths: measured } = slab;
    const made = isWhole ? sealSlab({ lengths: measured }) : sealSlab({ lengths: measured, isIncomplete: true });
    void transaction.objectStore('lengths').put(made, number);
    const totals = (await transaction.objectStore('totals').get('library')) ?? emptyTotals;
    void transaction.objectStore('totals').put({ ...totals, lengthsRevision: (totals.lengthsRevision ?? 0) + 1 }, 'library');
  });
}

/** The next runs of a slab in which there are passages of which it is not known how long they are. */
async function nextUnmeasured(library: Library, number: number): Promise<PassageRun[]> {
  const [first, last] = passagesOfSlab(number);
  const reading = library.transaction(['lengths', 'passageRuns']);
  const reads = { lengths: lightReads(reading.objectStore('lengths')), passageRuns: lightReads(reading.objectStore('passageRuns')) };
  const { byId } = openSlabs(await readSlabs(reads, first, last + 1), first, last + 1);
  const { unmeasured } = await withUnmeasured(reads, { byId, damaged: [number] });
  const [from] = unmeasured;
  const to = unmeasured.slice(0, passagesAtOnce).at(-1);
  if (from === undefined || to === undefined) return [];
  const ids = new Set<number>(unmeasured);
  return (await readRunsWithin(reads.passageRuns, from, to)).filter(({ firstId, starts }) =>
    starts.some((_, place) => ids.has(firstId + place)),
  );
}

/** Of the passages of a run, in order. */
async function measureRun(library: Library, run: PassageRun): Promise<readonly number[]> {
  const { pageId, version } = run;
  const reading = library.transaction(['versions', 'indexedPages']);
  const [stored, place] = await Promise.all([
    lightReads(reading.objectStore('versions')).get([pageId, version]),
    lightReads(reading.objectStore('indexedPages')).get(pageId),
  ]);
  if (stored) return passagesOf(run).map((passage) => passageLength(stored.text, passage));
  // It stays to be found by its words, which the index has.
  const mean = place && place.passageCount > 0 ? Math.round(place.totalLength / place.passageCount) : 1;
  return Array.from(run.starts, () => Math.max(1, mean));
}
