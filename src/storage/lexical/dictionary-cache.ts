import { unsealBytes } from '../../core/bytes/sealed-bytes';
import { findGram, type GramEntry, gramRecordOf } from '../../core/lexical/gram-index';
import { SegmentDictionary } from '../../core/lexical/segment-dictionary';
import { DictionaryReader } from '../../core/lexical/term-dictionary';
import type { LightReads } from '../light-reads';
import type { Segment, SegmentId } from '../schema';

/** What is beyond this is read from the disk by each search: more than the terms of a million passages. */
const maximumBytes = 24_000_000;

/** A segment's terms, as a search needs them. */
export interface ReadDictionary {
  /** Of one whose terms all have to be looked through. */
  readonly stretches: readonly Uint8Array[];
  readonly indexed?: { readonly dictionary: SegmentDictionary; gramOf(gram: number): GramEntry | undefined };
  /** Where its grams are cannot be told: something of that was found damaged. */
  readonly lacksGrams?: true;
}

/** Of one segment: the stretches, and behind them the records of grams that were asked for so far. */
interface Kept {
  readonly records: readonly (Uint8Array | undefined)[];
  readonly dictionary: SegmentDictionary | undefined;
}

/** The terms of a stretch that is written in runs, as one that is not has them. */
const withoutRuns = (stretch: Uint8Array | undefined): Uint8Array => {
  const { source, end } = new DictionaryReader(stretch ?? new Uint8Array(), true);
  return source.subarray(0, end);
};

/** Dictionaries of segments, kept between searches. A segment's never changes, so only what is gone has to be dropped. */
export class DictionaryCache {
  readonly #kept = new Map<SegmentId, Kept>();
  #bytes = 0;

  /**
   * @param grams that will be looked up
   * @returns `undefined` when something of its terms is damaged
   */
  async read(
    store: Pick<LightReads<Uint8Array>, 'get'>,
    { id, stretches, gramRecords, gramsDamaged }: Segment,
    grams: ReadonlySet<number>,
  ): Promise<ReadDictionary | undefined> {
    const recordOf = (gram: number) => stretches + gramRecordOf(gram, gramRecords ?? 1);
    const wanted = new Set(Array.from({ length: stretches }, (_, number) => number));
    if (gramRecords && !gramsDamaged) for (const gram of grams) wanted.add(recordOf(gram));
    const known = this.#kept.get(id)?.records ?? [];
    const missing = [...wanted].filter((number) => !known[number]);
    // Each by itself: a list of them takes Chromium twice the time.
    const read = (await Promise.all(missing.map((number) => store.get([id, number])))).map(unsealBytes);
    const lost = missing.filter((_, at) => !read[at]);
    if (lost.some((number) => number < stretches)) return undefined;
    const found = missing.flatMap((number, at) => (read[at] ? [[number, read[at]] as const] : []));
    const { records, dictionary } = this.#keep(id, new Map(found), (all) =>
      gramRecords ? new SegmentDictionary(all.slice(0, stretches)) : undefined,
    );
    if (!gramRecords || !dictionary) return { stretches: records as readonly Uint8Array[] };
    if (gramsDamaged || lost.length > 0) return { stretches: records.slice(0, stretches).map(withoutRuns), lacksGrams: true };
    return { stretches: [], indexed: { dictionary, gramOf: (gram) => findGram(records[recordOf(gram)] as Uint8Array, gram, gramRecords) } };
  }

  /** All that is there of a segment, what was just read with it. */
  #keep(id: SegmentId, read: ReadonlyMap<number, Uint8Array>, open: (records: Uint8Array[]) => SegmentDictionary | undefined): Kept {
    const before = this.#kept.get(id);
    if (before && read.size === 0) return before;
    const records = [...(before?.records ?? [])];
    let bytes = 0;
    for (const [number, record] of read) {
      // Another search may have read it at the same time.
      if (!records[number]) bytes += record.length;
      records[number] = record;
    }
    const kept = { records, dictionary: before?.dictionary ?? open(records as Uint8Array[]) };
    if (this.#bytes + bytes <= maximumBytes) {
      this.#kept.set(id, kept);
      this.#bytes += bytes;
    }
    return kept;
  }

  keepOnly(ids: readonly SegmentId[]): void {
    const wanted = new Set(ids);
    for (const [id, { records }] of this.#kept) {
      if (wanted.has(id)) continue;
      this.#kept.delete(id);
      for (const record of records) this.#bytes -= record?.length ?? 0;
    }
  }
}
