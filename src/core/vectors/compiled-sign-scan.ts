import type { CompiledScans } from '../search/compiled-scans';
import type { VectorSigns } from './vector-signs';

/** A query as `SignQuery.scan` compares it. */
export interface CoarseQuery {
  /** Planes of bits, one behind the other, each of as many words as there are of a vector. */
  readonly planes: Int32Array;
  readonly planeCount: number;
  /** An estimate is `atCentre + offset + factor × (agreeing − perBit × bits that differ)`. */
  readonly atCentre: number;
  readonly agreeing: number;
  readonly perBit: number;
}

/** Estimates the score of every vector by the compiled module, and fills `scores` from `from` on. */
export function scanCompiled(
  scans: CompiledScans,
  { planes, planeCount, atCentre, agreeing, perBit }: CoarseQuery,
  { count, words, bits, factors, offsets }: VectorSigns,
  scores: Float32Array,
  from: number,
): void {
  const planesAt = scans.questionAt;
  const bitsAt = planesAt + planes.byteLength;
  const factorsAt = bitsAt + bits.byteLength;
  const offsetsAt = factorsAt + factors.byteLength;
  const scoresAt = offsetsAt + offsets.byteLength;
  const { buffer } = scans.bytes(scoresAt + 4 * count);
  new Int32Array(buffer, planesAt).set(planes);
  new Int32Array(buffer, bitsAt).set(bits);
  new Float32Array(buffer, factorsAt).set(factors);
  new Float32Array(buffer, offsetsAt).set(offsets);
  scans.exports.scanSigns(bitsAt, count, words, planesAt, planeCount, factorsAt, offsetsAt, scoresAt, atCentre, agreeing, perBit);
  scores.set(new Float32Array(buffer, scoresAt, count), from);
}
