import { chooseMerge } from '../core/choose-merge';
import { unpackPostings } from '../core/pack-postings';
import { SegmentWriter } from '../core/segment-writer';
import { readLengths } from './length-slabs';
import { rebuildSegment } from './rebuild-segment';
import type { Library, Segment } from './schema';
import { DamagedSegment, SegmentCursor } from './segment-cursor';
import { SegmentOutput } from './segment-output';
import { deleteSegment, isOutdated, markDamaged, readable, removeSegment, takeSegmentId } from './segments';

/**
 * Merges segments of the lexical index until none needs it, and makes those anew that are damaged or were made by other rules. Searches go on
 * meanwhile: a merge writes where no search looks, and takes the place of what it merged in one transaction. One that was cut off leaves no more
 * than an unfinished segment, which the next call clears away. Must not run twice at once.
 */
export async function mergeSegments(library: Library): Promise<void> {
  for (;;) {
    const all = await library.getAll('segments');
    for (const { id } of all.filter(({ unfinished }) => unfinished)) await removeSegment(library, id);
    for (const { id } of all.filter(isOutdated)) await markDamaged(library, id);
    const finished = all.filter(({ unfinished }) => !unfinished);
    const chosen = chooseMerge(finished, (segment) => readable(segment) && !isOutdated(segment));
    const [damaged] = all.filter((segment) => segment.damaged);
    if (chosen.length > 0) await mergeOrMark(library, chosen);
    else if (damaged) await rebuildSegment(library, damaged);
    else if (!all.some(isOutdated)) return;
  }
}

async function mergeOrMark(library: Library, chosen: readonly Segment[]): Promise<void> {
  try {
    await merge(library, chosen);
  } catch (error) {
    if (!(error instanceof DamagedSegment)) throw error;
    await markDamaged(library, error.id);
  }
}

async function merge(library: Library, sources: readonly Segment[]): Promise<void> {
  const [first] = sources;
  const last = sources.at(-1);
  if (!first || !last) return;
  const level = Math.max(...sources.map((source) => source.level));
  const target: Segment = {
    id: await takeSegmentId(library),
    level: sources.length > 1 ? level + 1 : level,
    firstPassageId: first.firstPassageId,
    passageCount: last.firstPassageId + last.passageCount - first.firstPassageId,
    deadCount: 0,
    bytes: 0,
    languages: sumOf(sources.map(({ languages }) => languages)),
    analyzerVersion: first.analyzerVersion,
    unfinished: true,
  };
  await library.put('segments', target);
  const lengths = await readLengths(library.transaction('lengths'));
  const bytes = await writeMerged(library, target, sources, (passageId) => (lengths[passageId] ?? 0) > 0);
  await replaceSegments(library, sources, { ...target, bytes });
}

/** @returns the bytes written */
async function writeMerged(
  library: Library,
  target: Segment,
  sources: readonly Segment[],
  isLive: (passageId: number) => boolean,
): Promise<number> {
  const cursors = sources.map((source) => new SegmentCursor(library, source));
  for (const cursor of cursors) await cursor.advance();
  const writer = new SegmentWriter();
  const output = new SegmentOutput(library, target.id);
  for (;;) {
    const term = leastTerm(cursors);
    if (term === undefined) break;
    const having = cursors.filter((cursor) => cursor.term === term);
    writer.add(term, (add) => {
      for (const cursor of having) {
        const { firstPassageId } = cursor.segment;
        unpackPostings(cursor.postings(), (passage, body, heading, title) => {
          const passageId = firstPassageId + passage;
          if (isLive(passageId)) add(passageId - target.firstPassageId, body, heading, title);
        });
      }
    });
    for (const cursor of having) {
      const reading = cursor.advance();
      // Only where something has to be read: to wait for nothing at every term would take most of the time.
      if (reading) await reading;
    }
    if (output.gather(writer.take())) await output.write();
  }
  output.gather(writer.finish());
  await output.write();
  return output.bytes;
}

function sumOf(counts: readonly Segment['languages'][]): Segment['languages'] {
  const sum: Record<string, number> = {};
  for (const [language, count] of counts.flatMap((one) => Object.entries(one))) sum[language] = (sum[language] ?? 0) + count;
  return sum;
}

function leastTerm(cursors: readonly SegmentCursor[]): string | undefined {
  let least: string | undefined;
  for (const { term } of cursors) if (term !== undefined && (least === undefined || term < least)) least = term;
  return least;
}

/** What was deleted while the merge ran is dead in what it made. */
async function replaceSegments(library: Library, sources: readonly Segment[], { unfinished: _, ...target }: Segment): Promise<void> {
  const transaction = library.transaction(['segments', 'termDictionaries', 'postingBlocks'], 'readwrite', { durability: 'strict' });
  const segments = transaction.objectStore('segments');
  let deadCount = 0;
  for (const source of sources) {
    const now = await segments.get(source.id);
    deadCount += (now?.deadCount ?? 0) - source.deadCount;
    deleteSegment(transaction, source.id);
  }
  if (target.bytes > 0) void segments.put({ ...target, deadCount });
  else void segments.delete(target.id);
  await transaction.done;
}
