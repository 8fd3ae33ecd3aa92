import type { SegmentId } from '../schema';

/** The words that stand everywhere are asked for again and again; at a hundred thousand passages nearly all postings have room. */
const maximumBytes = 16_000_000;

/** Blocks of postings kept between searches, those used last. A block never changes, and the number of its segment is never given to another. */
export class PostingsCache {
  readonly #blocks = new Map<number, Uint8Array>();
  #bytes = 0;

  get(segment: SegmentId, block: number): Uint8Array | undefined {
    const key = keyOf(segment, block);
    const kept = this.#blocks.get(key);
    if (kept) {
      // The map's order is the order of use.
      this.#blocks.delete(key);
      this.#blocks.set(key, kept);
    }
    return kept;
  }

  keep(segment: SegmentId, block: number, bytes: Uint8Array): void {
    const key = keyOf(segment, block);
    if (bytes.length > maximumBytes || this.#blocks.has(key)) return;
    this.#blocks.set(key, bytes);
    this.#bytes += bytes.length;
    for (const [oldest, { length }] of this.#blocks) {
      if (this.#bytes <= maximumBytes) break;
      this.#blocks.delete(oldest);
      this.#bytes -= length;
    }
  }
}

/** More blocks than a segment can have. */
const mostBlocks = 2 ** 26;

const keyOf = (segment: SegmentId, block: number) => segment * mostBlocks + block;
