import { ByteReader } from '../bytes/byte-stream';

/** Where a gram stands in a dictionary. */
export interface GramEntry {
  /** Of all terms that have it together. */
  readonly passages: number;
  /** The distance of each run from the one before, and of the first from 0. */
  readonly runs: ByteReader;
}

/** The record of so many that knows of a gram. @param count a power of two */
export const gramRecordOf = (gram: number, count: number): number => (count === 1 ? 0 : gram >>> (32 - Math.log2(count)));

/**
 * Looks a gram up in its record; see `GramIndexWriter` for what the bytes are.
 * @param count of the records
 * @throws RangeError when the bytes are cut short
 */
export function findGram(record: Uint8Array, gram: number, count: number): GramEntry | undefined {
  const bucketBits = record[0] ?? 0;
  const bitsBehind = 32 - Math.log2(count) - bucketBits;
  const sought = (gram >>> 0) % 2 ** bitsBehind;
  const bucket = Math.floor((gram >>> 0) / 2 ** bitsBehind) % 2 ** bucketBits;
  const ends = new DataView(record.buffer, record.byteOffset + 1);
  const from = bucket === 0 ? 1 + 4 * 2 ** bucketBits : ends.getUint32(4 * (bucket - 1));
  const reader = new ByteReader(record, from, ends.getUint32(4 * bucket));
  for (let hash = 0; !reader.atEnd(); ) {
    hash += reader.integer();
    const passages = reader.integer();
    const bytes = reader.integer();
    if (hash === sought) return { passages, runs: reader.part(bytes) };
    if (hash > sought) return undefined;
    reader.skip(bytes);
  }
  return undefined;
}
