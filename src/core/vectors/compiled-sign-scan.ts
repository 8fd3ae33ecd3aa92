import { CompiledScans } from '../search/compiled-scans';
import { addressesFrom, copySigns } from './signs-memory';
import type { SignsPlace, VectorSigns } from './vector-signs';

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

/** Estimates the score of every vector by the compiled module, and fills `scores` from `from` on. @param shared used for what lies in no module's memory */
export function scanCompiled(
  shared: CompiledScans,
  { planes, planeCount, atCentre, agreeing, perBit }: CoarseQuery,
  signs: VectorSigns,
  scores: Float32Array,
  from: number,
): void {
  const { scans, at } = signs.place ?? putInPassing(shared, signs);
  const { factorsAt, offsetsAt, scoresAt, endsAt } = addressesFrom(at, signs);
  const planesAt = scans.questionAt;
  scans.words.set(planes, planesAt / 4);
  scans.exports.scanSigns(at, signs.count, signs.words, planesAt, planeCount, factorsAt, offsetsAt, scoresAt, atCentre, agreeing, perBit);
  scores.set(scans.floats.subarray(scoresAt / 4, endsAt / 4), from);
}

function putInPassing(scans: CompiledScans, signs: VectorSigns): SignsPlace {
  const place = { scans, at: CompiledScans.libraryAt };
  scans.reserve(addressesFrom(place.at, signs).endsAt);
  copySigns(signs, place);
  return place;
}
