import { expect, it } from 'vitest';
import { ByteReader, ByteWriter } from '../../../../src/core/bytes/byte-stream';
import { PostingsPacker } from '../../../../src/core/lexical/pack-postings';
import { LaidOutPostings } from '../../../../src/storage/lexical/laid-out-postings';

function reader() {
  const writer = new ByteWriter();
  const packer = new PostingsPacker(writer);
  packer.begin();
  packer.add(1, 1, 0, 0);
  packer.add(3, 2, 1, 0);
  return new ByteReader(writer.finish());
}

it('lays postings out when they are wanted again', () => {
  const laidOut = new LaidOutPostings();
  expect(laidOut.get('1 0 0', reader(), 5)).toBeUndefined();
  const { places, frequencies } = laidOut.get('1 0 0', reader(), 5) ?? {};
  expect([...(places ?? [])].map((place) => frequencies?.[place])).toEqual([0, 1, 0, 2.8, 0]);
  expect(laidOut.get('1 0 0', reader(), 5)?.places).toBe(places);
});

it('keeps what was used last when there is no more room', () => {
  const laidOut = new LaidOutPostings();
  const want = (key: string) => laidOut.get(key, reader(), 2_500_000) !== undefined;
  expect([want('a'), want('a'), want('b'), want('b')]).toEqual([false, true, false, true]);
  expect(want('a')).toBe(true);
  expect([want('c'), want('c')]).toEqual([false, true]);
  expect([want('a'), want('c'), want('b')]).toEqual([true, true, false]);
});

it('keeps no more of short lists than their frequencies have room for', () => {
  const laidOut = new LaidOutPostings();
  const want = (key: string) => laidOut.get(key, reader(), 5) !== undefined;
  for (let word = 0; word < 3_000; word++) expect([want(`${word}`), want(`${word}`)]).toEqual([false, true]);
  expect([want('2999'), want('0')]).toEqual([true, false]);
});
