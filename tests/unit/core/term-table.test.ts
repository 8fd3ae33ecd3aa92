import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ByteReader } from '../../../src/core/byte-stream';
import { hashTerm } from '../../../src/core/hash-term';
import { mergeTermTables } from '../../../src/core/merge-term-tables';
import { unpackPostings } from '../../../src/core/pack-postings';
import { findInTermTable, packTermTable, readTermTable } from '../../../src/core/term-table';

const passagesOf = (reader: ByteReader | undefined): number[] => {
  const passages: number[] = [];
  if (reader) unpackPostings(reader, (passage) => passages.push(passage));
  return passages;
};
const passages = fc.uniqueArray(fc.nat(500), { minLength: 1 }).map((list) => list.sort((a, b) => a - b));
const terms = fc
  .uniqueArray(fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), passages), { selector: ([term]) => term })
  .map((list) => new Map(list));
const tableOf = (held: ReadonlyMap<string, number[]>) =>
  packTermTable(
    [...held].map(([term, list]) => [
      term,
      (add) => {
        for (const passage of list) add(passage, 1, 0, 0);
      },
    ]),
  );

it('a table gives back each term that was put in, and no other', () => {
  fc.assert(
    fc.property(terms, (record) => {
      const table = tableOf(record);
      for (const [term, list] of record) expect(passagesOf(findInTermTable(table, term))).toEqual(list);
      expect(findInTermTable(table, `${[...record.keys()].join('')}x`)).toBeUndefined();
    }),
  );
});

it('merged tables hold what their sources held, moved, without the dead, each term in its bucket', () => {
  fc.assert(
    fc.property(terms, terms, fc.constantFrom(1, 2, 4), (first, second, buckets) => {
      const dead = new Set([3, 500, 503]);
      const tables = [
        { table: tableOf(first), offset: 0 },
        { table: tableOf(second), offset: 501 },
      ];
      const merged = new Map<string, number[]>();
      for (const [bucket, table] of mergeTermTables(tables, buckets, (passage) => !dead.has(passage))) {
        for (const [term, reader] of readTermTable(table)) {
          expect(hashTerm(term) % buckets).toBe(bucket);
          merged.set(term, passagesOf(reader));
        }
      }
      const expected = new Map<string, number[]>();
      for (const term of new Set([...first.keys(), ...second.keys()])) {
        const both = [...(first.get(term) ?? []), ...(second.get(term) ?? []).map((passage) => passage + 501)];
        const alive = both.filter((passage) => !dead.has(passage));
        if (alive.length > 0) expected.set(term, alive);
      }
      expect(merged).toEqual(expected);
    }),
  );
});
