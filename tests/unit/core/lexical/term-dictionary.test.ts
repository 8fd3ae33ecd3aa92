import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader } from '../../../../src/core/bytes/byte-stream';
import { unpackPostings } from '../../../../src/core/lexical/pack-postings';
import { type SegmentParts, SegmentWriter } from '../../../../src/core/lexical/segment-writer';
import { DictionaryReader } from '../../../../src/core/lexical/term-dictionary';

interface Entry {
  readonly term: string;
  readonly passages: readonly number[];
}

const byUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function written(entries: readonly Entry[]): SegmentParts {
  const writer = new SegmentWriter();
  for (const { term, passages } of entries) {
    writer.add(term, (packer) => {
      for (const passage of passages) packer.add(passage, 1, 0, 0);
    });
  }
  return writer.finish();
}

/** By reading each stretch on its own, the last first, as a search may. */
function readBack({ dictionary, blocks }: SegmentParts): Entry[] {
  return dictionary
    .map((stretch) => ({ stretch }))
    .reverse()
    .map(({ stretch }) => {
      const reader = new DictionaryReader(stretch);
      const entries: Entry[] = [];
      while (reader.next()) {
        const passages: number[] = [];
        const block = blocks[reader.block] ?? new Uint8Array(0);
        unpackPostings(new ByteReader(block, reader.offset, reader.offset + reader.bytes), (passage) => passages.push(passage));
        expect(passages).toHaveLength(reader.passages);
        entries.push({ term: reader.term, passages });
      }
      return entries;
    })
    .reverse()
    .flat();
}

const unit = fc.constantFrom('a', 'b', 'é', 'ß', 'я', '灯', '塔', '한', '😀', '😁', '𐐀', '𐐁', '\uffff');
const passages = fc
  .uniqueArray(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 5 })
  .map((ids) => ids.sort((a, b) => a - b));
const term = fc.oneof(
  fc.array(unit, { maxLength: 12 }).map((units) => units.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const entries = fc
  .uniqueArray(fc.record({ term, passages }), { selector: (entry) => entry.term, maxLength: 60 })
  .map((list) => list.sort((a, b) => byUnits(a.term, b.term)));

describe('a dictionary with its postings', () => {
  it('gives back any terms in order, those that part within a surrogate pair and the empty one too', () => {
    fc.assert(
      fc.property(entries, (list) => {
        expect(readBack(written(list))).toEqual(list);
      }),
    );
  });

  it('is cut into stretches and blocks that can each be read alone', () => {
    const list = Array.from({ length: 30_000 }, (_, index) => ({
      term: `${index.toString(7).padStart(6, '0')}-${(index * 7_919) % 1_000}`,
      passages: index % 900 === 0 ? Array.from({ length: 9_000 }, (_, at) => at * 3) : [index, index + 200],
    }));
    const parts = written(list);
    expect(parts.dictionary.length).toBeGreaterThan(2);
    expect(parts.blocks.length).toBeGreaterThan(30);
    expect(readBack(parts)).toEqual(list);
  });

  it('gives the same parts however often they are taken while it is written', () => {
    const list = Array.from({ length: 5_000 }, (_, index) => ({
      term: `term${String(index).padStart(5, '0')}`,
      passages: [index, 70_000],
    }));
    const writer = new SegmentWriter();
    const taken: SegmentParts = { dictionary: [], blocks: [] };
    const take = ({ dictionary, blocks }: SegmentParts) => {
      taken.dictionary.push(...dictionary);
      taken.blocks.push(...blocks);
    };
    for (const { term, passages } of list) {
      writer.add(term, (packer) => {
        for (const passage of passages) packer.add(passage, 1, 0, 0);
      });
      take(writer.take());
    }
    take(writer.finish());
    expect(taken).toEqual(written(list));
  });

  it('leaves out a term that stands nowhere', () => {
    expect(
      readBack(
        written([
          { term: 'a', passages: [] },
          { term: 'b', passages: [4] },
        ]),
      ),
    ).toEqual([{ term: 'b', passages: [4] }]);
    expect(written([])).toEqual({ dictionary: [], blocks: [] });
  });

  it('keeps the first 255 units of a longer term', () => {
    const long = 'x'.repeat(300);
    expect(readBack(written([{ term: long, passages: [1] }]))).toEqual([{ term: 'x'.repeat(255), passages: [1] }]);
  });

  it('writes half a surrogate pair as the sign of what has no letter, and reads what comes after it right', () => {
    const list = ['a\ud800', 'a\ud800b', 'a\udc00', 'az'].map((term, at) => ({ term, passages: [at] }));
    const read = readBack(written(list));
    expect(read.map(({ term }) => term)).toEqual(['a\ufffd', 'a\ufffdb', 'a\ufffd', 'az']);
    expect(read.map(({ passages }) => passages[0])).toEqual([0, 1, 2, 3]);
  });

  it('says so when its bytes are cut short', () => {
    const [stretch = new Uint8Array(0)] = written([{ term: 'lamp', passages: [1] }]).dictionary;
    const reader = new DictionaryReader(stretch.slice(0, 4));
    expect(() => reader.next()).toThrow(RangeError);
  });
});
