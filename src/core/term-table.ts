import { ByteReader, ByteWriter } from './byte-stream';
import { type AddPosting, postingsPacker } from './pack-postings';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A term, and what gives its postings one by one. */
export type TermPostings = readonly [term: string, give: (add: AddPosting) => void];

/**
 * Packs terms with their postings: for each the length of the term's UTF-8 bytes, those, the length of its packed postings, those.
 * The order does not matter; a term without postings is left out. Tables are kept small enough to be searched from one end to the other.
 */
export function packTermTable(terms: Iterable<TermPostings>): Uint8Array<ArrayBuffer> {
  const table = new ByteWriter();
  const packed = new ByteWriter();
  for (const [term, give] of terms) {
    packed.clear();
    give(postingsPacker(packed));
    if (packed.length === 0) continue;
    const name = encoder.encode(term);
    table.integer(name.length);
    table.bytes(name);
    table.integer(packed.length);
    table.bytes(packed.view());
  }
  return table.finish();
}

/** The postings of a term, if the table holds it. @throws RangeError when the table is damaged */
export function findInTermTable(table: Uint8Array, term: string): ByteReader | undefined {
  const wanted = encoder.encode(term);
  const reader = new ByteReader(table);
  while (!reader.atEnd()) {
    const length = reader.integer();
    const start = reader.position;
    reader.skip(length);
    const found = length === wanted.length && wanted.every((byte, index) => table[start + index] === byte);
    const postings = reader.integer();
    if (found) return reader.part(postings);
    reader.skip(postings);
  }
  return undefined;
}

/** All terms of a table with their postings. @throws RangeError when the table is damaged */
export function* readTermTable(table: Uint8Array): Generator<readonly [string, ByteReader]> {
  const reader = new ByteReader(table);
  while (!reader.atEnd()) {
    const length = reader.integer();
    const start = reader.position;
    reader.skip(length);
    yield [decoder.decode(table.subarray(start, start + length)), reader.part(reader.integer())];
  }
}
