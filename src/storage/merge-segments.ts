import { chooseMerge } from '../core/choose-merge';
import { unpackPostings } from '../core/pack-postings';
import { SegmentWriter } from '../core/segment-writer';
import { readLengths } from './length-slabs';
import { rebuildSegment } from './rebuild-segment';
import type { Library, Segment } from './schema';
import { DamagedSegment, SegmentCursor } from './segment-cursor';
import { type NewSegment, SegmentOutput } from './segment-output';
import { deleteSegment, isOutdated, markDamaged, readable, removeSegment } from './segments';
import { writeWhole } from './write-whole';

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
  const target: NewSegment = {
    firstPassageId: first.firstPassageId,
    passageCount: last.firstPassageId + last.passageCount - first.firstPassageId,
    deadCount: 0,
    languages: sumOf(sources.map(({ languages }) => languages)),
    analyzerVersion: first.analyzerVersion,
  };
  const output = new SegmentOutput(library, target);
  await writeMerged(library, output, sources);
  await replaceSegments(library, sources, output);
}

async function writeMerged(library: Library, output: SegmentOutput, sources: readonly Segment[]): Promise<void> {
  const { firstPassageId: start } = output.segment;
  const cursors = sources.map((source) => new SegmentCursor(library, source));
  const opening = library.transaction(['lengths', 'termDictionaries', 'postingBlocks']);
  const [lengths] = await Promise.all([readLengths(opening), ...cursors.map((cursor) => cursor.open(opening))]);
  const isLive = (passageId: number) => (lengths[passageId] ?? 0) > 0;
  const writer = new SegmentWriter();
  for (;;) {
    const term = leastTerm(cursors);
    if (term === undefined) break;
    const having = cursors.filter((cursor) => cursor.term === term);
    writer.add(term, (add) => {
      for (const cursor of having) {
        const { firstPassageId } = cursor.segment;
        unpackPostings(cursor.postings(), (passage, body, heading, title) => {
          const passageId = firstPassageId + passage;
          if (isLive(passageId)) add(passageId - start, body, heading, title);
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
async function replaceSegments(library: Library, sources: readonly Segment[], output: SegmentOutput): Promise<void> {
  const stores = ['segments', 'termDictionaries', 'postingBlocks', 'totals'] as const;
  const transaction = library.transaction(stores, 'readwrite', { durability: 'strict' });
  await writeWhole(transaction, async () => {
    const [now] = await Promise.all([
      Promise.all(sources.map(({ id }) => transaction.objectStore('segments').get(id))),
      output.writeRest(transaction),
    ]);
    const deadCount = sources.reduce((sum, source, index) => sum + (now[index]?.deadCount ?? 0) - source.deadCount, 0);
    output.finish(transaction, deadCount);
    for (const { id } of sources) deleteSegment(transaction, id);
  });
}
