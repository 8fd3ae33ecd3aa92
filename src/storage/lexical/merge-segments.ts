import type { IDBPTransaction } from 'idb';
import { chooseMerge } from '../../core/lexical/choose-merge';
import { type PostingsPacker, unpackPostings } from '../../core/lexical/pack-postings';
import { SegmentWriter } from '../../core/lexical/segment-writer';
import { lightReads } from '../light-reads';
import type { Library, LibrarySchema, Segment, SegmentId } from '../schema';
import { writeWhole } from '../write-whole';
import { readLengths } from './length-slabs';
import { doubtLengths, mendLengths } from './mend-lengths';
import { isRenewed, rebuildSegment, takePlace } from './rebuild-segment';
import { DamagedSegment, SegmentCursor } from './segment-cursor';
import { type NewSegment, SegmentOutput } from './segment-output';
import { deleteSegments, isInPlace, isOutdated, markDamaged, removeSegment } from './segments';

/** A segment of so many passages has an index of its grams. Of smaller ones there are few, and to make it takes longer than it saves. */
const leastPassagesWithGrams = 256;

/**
 * Merges segments of the lexical index until none needs it, and makes those anew that are damaged or were made by other rules. Searches go on
 * meanwhile: a merge writes where no search looks, and takes the place of what it merged in one transaction. One that was cut off leaves no more
 * than an unfinished segment, which the next call clears away. Must not run twice at once.
 * @param leastWithGrams passages from which on a segment has an index of its grams
 */
export async function mergeSegments(library: Library, leastWithGrams = leastPassagesWithGrams): Promise<void> {
  while (await mergeNext(library, leastWithGrams));
}

/** One step of `mergeSegments`: a merge, or what is made anew in one transaction. @returns whether there was anything to do */
export async function mergeNext(library: Library, leastWithGrams = leastPassagesWithGrams): Promise<boolean> {
  if (await mendLengths(library)) return true;
  const hasGrams = ({ passageCount }: NewSegment) => passageCount >= leastWithGrams;
  const all = await library.getAll('segments');
  // What a merge that was cut off has left, and what would take the place of one that is no more.
  const isLeft = ({ unfinished, successorOf }: Segment) =>
    unfinished || (successorOf !== undefined && !all.some(({ id }) => id === successorOf));
  for (const { id } of all.filter(isLeft)) await removeSegment(library, id);
  const finished = all.filter((segment) => !isLeft(segment));
  const mayMerge = (segment: Segment) => !segment.damaged && !isOutdated(segment);
  const chosen = chooseAmongNeighbours(finished, mayMerge);
  // As older versions have written them, and pages of that size; or damaged, which leaves all else as it is.
  const lacksGrams = (segment: Segment) => segment.gramsDamaged || (hasGrams(segment) && segment.gramRecords === undefined);
  const lacking = finished.find((segment) => mayMerge(segment) && lacksGrams(segment));
  const damaged = finished.find((segment) => segment.damaged);
  const outdated = finished.find((segment) => isOutdated(segment) && isInPlace(segment));
  if (chosen.length > 0) await mergeOrMark(library, chosen, hasGrams);
  else if (lacking) await mergeOrMark(library, [lacking], hasGrams);
  else if (damaged) await (damaged.renewedTo === undefined ? rebuildSegment(library, damaged) : takePlace(library, damaged));
  else if (outdated) await (isRenewed(outdated) ? takePlace(library, outdated) : rebuildSegment(library, outdated));
  else return false;
  return true;
}

/** Those in the index are merged with one another, and those that will take the place of one likewise. */
function chooseAmongNeighbours(finished: readonly Segment[], mayMerge: (segment: Segment) => boolean): Segment[] {
  for (const place of new Set([undefined, ...finished.map(({ successorOf }) => successorOf)])) {
    const chosen = chooseMerge(
      finished.filter(({ successorOf }) => successorOf === place),
      mayMerge,
    );
    if (chosen.length > 0) return chosen;
  }
  return [];
}

type HasGrams = (segment: NewSegment) => boolean;

async function mergeOrMark(library: Library, chosen: readonly Segment[], hasGrams: HasGrams): Promise<void> {
  try {
    await merge(library, chosen, hasGrams);
  } catch (error) {
    if (error instanceof DamagedLengths) doubtLengths(library);
    else if (error instanceof DamagedSegment) await markDamaged(library, error.id);
    else throw error;
  }
}

async function merge(library: Library, sources: readonly Segment[], hasGrams: HasGrams): Promise<void> {
  const [first] = sources;
  const last = sources.at(-1);
  if (!first || !last) return;
  const target: NewSegment = {
    firstPassageId: first.firstPassageId,
    passageCount: last.firstPassageId + last.passageCount - first.firstPassageId,
    deadCount: 0,
    languages: sumOf(sources.map(({ languages }) => languages)),
    analyzerVersion: first.analyzerVersion,
    ...(first.successorOf === undefined ? {} : { successorOf: first.successorOf }),
  };
  const output = new SegmentOutput(library, target);
  await writeMerged(library, output, sources, new SegmentWriter(hasGrams(target)));
  await replaceSegments(library, sources, output);
}

async function writeMerged(library: Library, output: SegmentOutput, sources: readonly Segment[], writer: SegmentWriter): Promise<void> {
  const { firstPassageId: start } = output.segment;
  const cursors = sources.map((source) => new SegmentCursor(library, source));
  const opening = library.transaction(['lengths', 'passageRuns', 'termDictionaries', 'postingBlocks']);
  const parts = {
    termDictionaries: lightReads(opening.objectStore('termDictionaries')),
    postingBlocks: lightReads(opening.objectStore('postingBlocks')),
  };
  const [lengths] = await Promise.all([livingIn(opening, sources), ...cursors.map((cursor) => cursor.open(parts))]);
  const waiting: SegmentCursor[] = [];
  for (const cursor of cursors) putInOrder(waiting, cursor);
  for (let having = takeFirst(waiting); having.length > 0; having = takeFirst(waiting)) {
    writer.add(having[0]?.term ?? '', (packer) => {
      for (const cursor of having) addLive(packer, cursor, start, lengths);
    });
    for (const cursor of having) {
      const reading = cursor.advance();
      // Only where something has to be read: to wait for nothing at every term would take most of the time.
      if (reading) await reading;
      putInOrder(waiting, cursor);
    }
    if (output.gather(writer.take())) await output.write();
  }
  output.gather(writer.finish(), writer.grams());
}

/** It is not known of all passages that are there whether they are. */
class DamagedLengths extends Error {}

type Opening = IDBPTransaction<LibrarySchema, ('lengths' | 'passageRuns' | 'termDictionaries' | 'postingBlocks')[], 'readonly'>;

/**
 * The lengths of passages, 0 for those that are gone, of segments of which any is; of no other is that asked.
 * @throws DamagedLengths
 */
async function livingIn(opening: Opening, sources: readonly Segment[]): Promise<Uint16Array> {
  const [first, ...others] = sources.filter(({ deadCount }) => deadCount > 0);
  if (!first) return new Uint16Array();
  const last = others.at(-1) ?? first;
  const reads = { lengths: lightReads(opening.objectStore('lengths')), passageRuns: lightReads(opening.objectStore('passageRuns')) };
  const { byId, unmeasured } = await readLengths(reads, first.firstPassageId, last.firstPassageId + last.passageCount);
  if (unmeasured.length > 0) throw new DamagedLengths();
  return byId;
}

/** Adds the postings of a cursor's term, without those of passages that are gone. */
function addLive(packer: PostingsPacker, cursor: SegmentCursor, start: number, lengths: Uint16Array): void {
  const { firstPassageId, deadCount } = cursor.segment;
  const postings = cursor.postings();
  if (deadCount === 0) packer.copy(postings, firstPassageId - start);
  else {
    unpackPostings(postings, (passage, body, heading, title) => {
      const passageId = firstPassageId + passage;
      if ((lengths[passageId] ?? 0) > 0) packer.add(passageId - start, body, heading, title);
    });
  }
}

/** Puts a cursor among those that wait, by their terms and then by their passages, unless it is at its end. */
function putInOrder(waiting: SegmentCursor[], cursor: SegmentCursor): void {
  const { term, segment } = cursor;
  if (term === undefined) return;
  let place = waiting.length;
  for (; place > 0; place--) {
    const before = waiting[place - 1] as SegmentCursor;
    const follows = before.term === term ? before.segment.firstPassageId < segment.firstPassageId : (before.term as string) < term;
    if (follows) break;
    waiting[place] = before;
  }
  waiting[place] = cursor;
}

/** Takes those away that have the least term. */
function takeFirst(waiting: SegmentCursor[]): SegmentCursor[] {
  let count = 0;
  while (count < waiting.length && waiting[count]?.term === waiting[0]?.term) count++;
  return waiting.splice(0, count);
}

function sumOf(counts: readonly Segment['languages'][]): Segment['languages'] {
  const sum: Record<string, number> = {};
  for (const [language, count] of counts.flatMap((one) => Object.entries(one))) sum[language] = (sum[language] ?? 0) + count;
  return sum;
}

/** What was deleted while the merge ran is dead in what it made. */
async function replaceSegments(library: Library, sources: readonly Segment[], output: SegmentOutput): Promise<void> {
  const stores = ['segments', 'termDictionaries', 'postingBlocks', 'totals'] as const;
  // Not waited for the disk where it can be helped: if the power fails, what was merged is there as it was.
  const transaction = library.transaction(stores, 'readwrite', { durability: output.durability });
  await writeWhole(transaction, async () => {
    const [now] = await Promise.all([transaction.objectStore('segments').getAll(), output.writeRest(transaction)]);
    const deadBefore = new Map(sources.map(({ id, deadCount }) => [id, deadCount]));
    const deadCount = now.reduce((sum, segment) => sum + segment.deadCount - (deadBefore.get(segment.id) ?? segment.deadCount), 0);
    for (const [first, last] of runsOfIds(now, deadBefore)) deleteSegments(transaction, first, last);
    output.finish(transaction, deadCount);
  });
}

/** The first and last id of each run of segments that are to go, with none between them that stays: to delete eight one by one takes longer than to merge them. */
function runsOfIds(inOrder: readonly Segment[], going: ReadonlyMap<SegmentId, unknown>): [SegmentId, SegmentId][] {
  const runs: [SegmentId, SegmentId][] = [];
  let open = false;
  for (const { id } of inOrder) {
    const run = runs.at(-1);
    if (!going.has(id)) open = false;
    else if (open && run) run[1] = id;
    else {
      runs.push([id, id]);
      open = true;
    }
  }
  return runs;
}
