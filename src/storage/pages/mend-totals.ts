import { lightReads } from '../light-reads';
import { emptyTotals, type Library } from '../schema';
import { writeWhole } from '../write-whole';

/**
 * Counts the library anew where its totals are gone, or give ids that were given before: what is saved next would be written over another page's passages. To be
 * called before anything is saved.
 */
export async function mendTotals(library: Library): Promise<void> {
  const { nextPassageId, nextSegmentId } = await readTotals(library);
  const reading = library.transaction(['passageRuns', 'segments']);
  const [lastPassage, lastSegment] = await Promise.all([
    reading.objectStore('passageRuns').openKeyCursor(null, 'prev'),
    reading.objectStore('segments').openKeyCursor(null, 'prev'),
  ]);
  if ((lastPassage?.key ?? 0) < nextPassageId && (lastSegment?.key ?? 0) < nextSegmentId) return;

  const transaction = library.transaction(['totals', 'indexedPages', 'segments'], 'readwrite', { durability: 'strict' });
  await writeWhole(transaction, async () => {
    const totals = { ...emptyTotals, nextPassageId: (lastPassage?.key ?? 0) + 1, nextSegmentId: (lastSegment?.key ?? 0) + 1 };
    // What was deleted of them may not be written anew yet.
    for (const { firstPassageId, passageCount } of await transaction.objectStore('segments').getAll()) {
      totals.nextPassageId = Math.max(totals.nextPassageId, firstPassageId + passageCount);
    }
    for (const { passageCount, totalLength } of await transaction.objectStore('indexedPages').getAll()) {
      totals.pages += 1;
      totals.passages += passageCount;
      totals.length += totalLength;
    }
    // Not read here: what cannot be read would take the transaction back.
    void transaction.objectStore('totals').put({ ...totals, listRevision: totals.nextPassageId }, 'library');
  });
}

/** Those of an empty library, where they are gone or cannot be read. */
const readTotals = async (library: Library) => (await lightReads(library.transaction('totals').store).get('library')) ?? emptyTotals;
