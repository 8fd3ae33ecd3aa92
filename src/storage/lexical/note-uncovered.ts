import { analyzerVersion } from '../../core/lexical/analyze-text';
import type { PassageId } from '../../core/pages/page';
import { lightReads } from '../light-reads';
import { perLibrary } from '../per-library';
import { emptyTotals, type Library, type Segment } from '../schema';
import { writeWhole } from '../write-whole';
import { type LengthReads, readLengths } from './length-slabs';
import { takeSegmentId } from './segment-output';
import { deleteSegments, isInPlace } from './segments';

/** Those that were noted once: where their text cannot be read, nothing can be made of them. */
const notedBefore = perLibrary(() => new Set<number>());

/**
 * Notes passages that no segment holds as those of a damaged one, so that searches say that they were not searched, and they are made anew: what was known of
 * their segment is gone. To be called before anything is merged, which would hide them. Reads next to nothing where there are none.
 */
export async function noteUncovered(library: Library): Promise<void> {
  const noted = notedBefore(library);
  for (let found = await findUncovered(library, noted); found; found = await findUncovered(library, noted)) {
    noted.add(found.firstPassageId);
    const uncovered = found;
    const stores = ['segments', 'termDictionaries', 'postingBlocks', 'totals'] as const;
    const transaction = library.transaction(stores, 'readwrite', { durability: 'strict' });
    await writeWhole(transaction, async () => {
      const known = new Set(await transaction.objectStore('segments').getAllKeys());
      for (const name of ['termDictionaries', 'postingBlocks'] as const) {
        const parts = transaction.objectStore(name);
        // What is left of it would stay for ever.
        for (
          let key = await parts.getKey(IDBKeyRange.lowerBound([]));
          key;
          key = await parts.getKey(IDBKeyRange.lowerBound([key[0], []]))
        ) {
          if (!known.has(key[0])) deleteSegments(transaction, key[0]);
        }
      }
      const id = await takeSegmentId(transaction);
      const nothing = { deadCount: 0, bytes: 0, stretches: 0, blocks: 0, languages: {} };
      void transaction.objectStore('segments').put({ id, ...uncovered, ...nothing, analyzerVersion, damaged: true });
    });
  }
}

/** Passages that follow one another. */
type PassageRange = Pick<Segment, 'firstPassageId' | 'passageCount'>;

/**
 * The first stretch of passages that no segment holds, of which any has words: of whole pages, which may begin and end with passages that have none.
 * @param noted first passages of those that are passed over
 */
async function findUncovered(library: Library, noted: ReadonlySet<number>): Promise<PassageRange | undefined> {
  const transaction = library.transaction(['segments', 'passageRuns', 'lengths', 'totals']);
  const [allSegments, { nextPassageId } = emptyTotals] = await Promise.all([
    transaction.objectStore('segments').getAll(),
    transaction.objectStore('totals').get('library'),
  ]);
  const segments = allSegments.filter(isInPlace);
  const runs = transaction.objectStore('passageRuns');
  const reads = { lengths: lightReads(transaction.objectStore('lengths')), passageRuns: lightReads(runs) };
  const theEnd = { firstPassageId: nextPassageId, passageCount: 0 };
  let from = 1;
  for (const { firstPassageId, passageCount } of [...segments.sort((a, b) => a.firstPassageId - b.firstPassageId), theEnd]) {
    // A run is kept under its last passage's id, and lies within a segment or outside.
    const isRunThere =
      from < firstPassageId && (await runs.getKey(IDBKeyRange.bound(from as PassageId, (firstPassageId - 1) as PassageId))) !== undefined;
    const lengths = isRunThere ? await lengthsBetween(reads, from, firstPassageId) : new Uint16Array();
    const first = lengths.findIndex(isThere);
    if (lengths.some(hasWords) && !noted.has(from + first)) {
      return { firstPassageId: from + first, passageCount: lengths.findLastIndex(isThere) - first + 1 };
    }
    from = Math.max(from, firstPassageId + passageCount);
  }
  return undefined;
}

/** Where they are damaged, what is there is taken to have words. */
async function lengthsBetween(reads: LengthReads, first: number, end: number): Promise<Uint16Array> {
  const { byId, unmeasured } = await readLengths(reads, first, end);
  for (const id of unmeasured) byId[id] = leastWithWords;
  return byId.subarray(first, end);
}

const leastWithWords = 2;

const isThere = (length: number): boolean => length > 0;

/** One that has none counts as if it had one. */
const hasWords = (length: number): boolean => length >= leastWithWords;
