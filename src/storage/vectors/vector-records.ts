import { checksum } from '../../core/bytes/checksum';
import { shortenSigns, type VectorSigns, wordsKept, wordsOf } from '../../core/vectors/vector-signs';
import type { PackedVectors } from '../schema';

/** Vectors a block: a search reads ten to some hundreds of blocks here and there, so they are small; smaller ones cost as much for each read. */
export const blockSize = 8;
/** Numbers of blocks from one slab to the next; earlier versions filled them all. */
export const blocksPerSlab = 128;
/** Chromium keeps a value of more than 64 kB in a file of its own, and reads it in twice the time, and only while the worker's thread has nothing else to do. */
const mostSignsBytes = 63_000;
/** Of a vector's signs: passage id, factor and offset. */
const bytesBesideBits = 12;

/** Vectors a slab: the signs of a slab are one record, read whole and made once, when the slab is full. */
export function slabSize(dimensions: number): number {
  const blockBytes = blockSize * (bytesBesideBits + 4 * wordsKept(dimensions));
  return blockSize * Math.min(blocksPerSlab, Math.max(1, Math.floor(mostSignsBytes / blockBytes)));
}

/** The 8-bit codes of a few vectors that follow one another. */
export interface VectorBlock {
  readonly dimensions: number;
  readonly count: number;
  /** 0 where a passage was deleted. */
  readonly passageIds: Uint32Array<ArrayBuffer>;
  readonly factors: Float32Array<ArrayBuffer>;
  readonly codes: Int8Array<ArrayBuffer>;
}

/** The signs of a slab's vectors. */
export interface SlabSigns extends VectorSigns {
  readonly passageIds: Uint32Array<ArrayBuffer>;
}

export const slabOfBlock = (block: number) => Math.floor(block / blocksPerSlab);

export const recordsOf = (modelKey: string, from = 0, to = Number.MAX_SAFE_INTEGER) => IDBKeyRange.bound([modelKey, from], [modelKey, to]);

export const blocksOf = (modelKey: string, slab: number) =>
  recordsOf(modelKey, slab * blocksPerSlab, slab * blocksPerSlab + blocksPerSlab - 1);

export function newBlock(dimensions: number, count: number): VectorBlock {
  return {
    dimensions,
    count,
    passageIds: new Uint32Array(count),
    factors: new Float32Array(count),
    codes: new Int8Array(count * dimensions),
  };
}

export function packBlock({ dimensions, count, passageIds, factors, codes }: VectorBlock): PackedVectors {
  return pack(dimensions, count, [passageIds, factors, codes]);
}

/** @returns `undefined` when there is none, or it is not what was written */
export function openBlock(record: PackedVectors | undefined): VectorBlock | undefined {
  if (!isIntact(record, ({ dimensions, count }) => count * (8 + dimensions))) return undefined;
  const { dimensions, count, bytes } = record;
  const { buffer, byteOffset: at } = bytes;
  return {
    dimensions,
    count,
    passageIds: new Uint32Array(buffer, at, count),
    factors: new Float32Array(buffer, at + 4 * count, count),
    codes: new Int8Array(buffer, at + 8 * count, count * dimensions),
  };
}

export function packSigns({ dimensions, count, passageIds, factors, offsets, bits }: SlabSigns): PackedVectors {
  return pack(dimensions, count, [passageIds, factors, offsets, bits]);
}

/** @returns `undefined` when there are none, or they are not what was written */
export function openSigns(record: PackedVectors | undefined): SlabSigns | undefined {
  // Earlier versions stored all words.
  const words = (record?.bytes?.length ?? 0) / ((record?.count ?? 0) * 4) - 3;
  const isPossible = Number.isInteger(words) && words > 0 && words <= wordsOf(record?.dimensions ?? 0);
  if (!isPossible || !isIntact(record, ({ count }) => count * 4 * (3 + words))) return undefined;
  const { dimensions, count, bytes } = record;
  const { buffer, byteOffset: at } = bytes;
  return {
    dimensions,
    count,
    words,
    passageIds: new Uint32Array(buffer, at, count),
    factors: new Float32Array(buffer, at + 4 * count, count),
    offsets: new Float32Array(buffer, at + 8 * count, count),
    bits: new Int32Array(buffer, at + 12 * count, count * words),
  };
}

/** With no more than the first words of each vector, in memory of their own. */
export function shorten(signs: SlabSigns, words: number): SlabSigns {
  return words < signs.words ? { ...shortenSigns(signs, words), passageIds: signs.passageIds.slice() } : signs;
}

function pack(dimensions: number, count: number, parts: readonly (Uint32Array | Float32Array | Int32Array | Int8Array)[]): PackedVectors {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return { dimensions, count, bytes, checksum: checksum(bytes) };
}

function isIntact(record: PackedVectors | undefined, length: (record: PackedVectors) => number): record is PackedVectors {
  return record?.bytes !== undefined && record.bytes.length === length(record) && checksum(record.bytes) === record.checksum;
}
