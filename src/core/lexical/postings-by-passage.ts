import type { ByteReader } from '../bytes/byte-stream';
import { weightedFrequency } from './bm25';
import { unpackPostings } from './pack-postings';

/**
 * The postings of a term that stands in a good part of a segment, laid out so that a passage can be looked up without going through all before it: a byte for
 * each passage of the segment.
 */
export interface PostingsByPassage {
  /** By passage, counted from the first of the segment: 0 where the term does not stand, else a place in `frequencies`. */
  readonly places: Uint8Array;
  /** Weighed by the fields; see `weightedFrequency`. */
  readonly frequencies: Float64Array;
}

/**
 * @param passages how many the segment has
 * @returns undefined when the counts are of more kinds than a byte can tell
 */
export function layOutPostings(postings: ByteReader, passages: number): PostingsByPassage | undefined {
  const places = new Uint8Array(passages);
  const frequencies = new Float64Array(256);
  const placeOf = new Map<number, number>();
  let isTooVaried = false;
  unpackPostings(postings, (passage, body, heading, title) => {
    const frequency = weightedFrequency(body, heading, title);
    let place = placeOf.get(frequency);
    if (place === undefined) {
      place = placeOf.size + 1;
      placeOf.set(frequency, place);
      frequencies[place] = frequency;
      if (place > 255) isTooVaried = true;
    }
    places[passage] = place;
  });
  return isTooVaried ? undefined : { places, frequencies };
}
