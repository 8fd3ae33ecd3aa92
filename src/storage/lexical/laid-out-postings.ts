import type { ByteReader } from '../../core/bytes/byte-stream';
import { layOutPostings, type PostingsByPassage } from '../../core/lexical/postings-by-passage';

/** Some sixty common words of a hundred thousand passages have room, a byte a passage. */
const maximumBytes = 6_000_000;
/** Words that were met once, and are laid out when they are met again. */
const mostMetOnce = 500;

/**
 * Postings of common words, laid out by passage and kept between searches, those used last. A list is laid out when it is wanted for the second time: a worker
 * that answers one question and ends has no use for it.
 */
export class LaidOutPostings {
  readonly #kept = new Map<string, PostingsByPassage>();
  readonly #metOnce = new Set<string>();
  #bytes = 0;

  /**
   * @param key the same for the same postings, and never given to others
   * @param passages how many their segment has
   */
  get(key: string, postings: ByteReader, passages: number): PostingsByPassage | undefined {
    const kept = this.#kept.get(key) ?? (this.#metOnce.delete(key) ? layOutPostings(postings, passages) : undefined);
    if (!kept) return this.#meet(key);
    // The map's order is the order of use.
    if (!this.#kept.delete(key)) this.#bytes += bytesOf(kept);
    this.#kept.set(key, kept);
    for (const [oldest, laidOut] of this.#kept) {
      if (this.#bytes <= maximumBytes || oldest === key) break;
      this.#kept.delete(oldest);
      this.#bytes -= bytesOf(laidOut);
    }
    return kept;
  }

  #meet(key: string): undefined {
    if (this.#metOnce.size >= mostMetOnce) this.#metOnce.clear();
    this.#metOnce.add(key);
  }
}

/** The frequencies are most of what a small segment's take. */
const bytesOf = ({ places, frequencies }: PostingsByPassage): number => places.byteLength + frequencies.byteLength;
