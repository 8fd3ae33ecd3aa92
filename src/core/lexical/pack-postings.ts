import type { ByteReader, ByteWriter } from '../bytes/byte-stream';

/** Takes the postings of one term, by rising passage. */
export type AddPosting = (passage: number, body: number, heading: number, title: number) => void;

/**
 * Writes the postings of one term: for each the distance to the one before as a variable-length integer, times
 * eight to make room for three flags; then the counts that the flags announce, in heading, title and body. Most words stand once in the body, which
 * is a flag by itself: such a posting takes one byte, or two when it is far from the one before. Counts are stored up to 255.
 */
export class PostingsPacker {
  /** Postings written since the last `begin`. */
  count = 0;
  #previous = 0;

  constructor(readonly writer: ByteWriter) {}

  /** What follows is another term's. */
  begin(): void {
    this.writer.clear();
    this.count = 0;
    this.#previous = 0;
  }

  add(passage: number, body: number, heading: number, title: number): void {
    const { writer } = this;
    const flags = (heading > 0 ? 1 : 0) | (title > 0 ? 2 : 0) | (body === 1 ? 4 : 0);
    // Multiplied, not shifted: there may be more passages than the 29 bits that would leave.
    writer.integer((passage - this.#previous) * 8 + flags);
    if (flags & 1) writer.byte(Math.min(255, heading));
    if (flags & 2) writer.byte(Math.min(255, title));
    if (!(flags & 4)) writer.byte(Math.min(255, body));
    this.#previous = passage;
    this.count += 1;
  }

  /**
   * Adds packed postings as they are, which takes a fraction of unpacking them: only the first says how far it is from what lies before it.
   * @param from what its passages are counted from
   * @throws RangeError when the bytes end in the middle of a posting
   */
  copy({ source, position, to }: ByteReader, from: number): void {
    let at = position;
    let passage = 0;
    let behindFirst = position;
    for (let isFirst = true; at < to; isFirst = false) {
      let byte = source[at++] as number;
      let value = byte & 127;
      for (let scale = 128; byte >= 128 && at < to; scale *= 128) {
        byte = source[at++] as number;
        value += (byte & 127) * scale;
      }
      const flags = value & 7;
      passage += (value - flags) / 8;
      if (isFirst) {
        this.writer.integer((from + passage - this.#previous) * 8 + flags);
        behindFirst = at;
      }
      at += (flags & 1) + ((flags >> 1) & 1) + (flags & 4 ? 0 : 1);
      if (byte >= 128 || at > to) throw new RangeError('The bytes are cut short.');
      this.count += 1;
    }
    if (at === position) return;
    this.writer.bytes(source, behindFirst, to);
    this.#previous = from + passage;
  }
}

/**
 * Calls `visit` for each posting in order, until the reader is at its end. Passages are counted from the first of the segment. Reads the bytes
 * itself: a question goes through a hundred thousand postings, and this takes a third of the time.
 * @throws RangeError when the bytes end in the middle of a posting.
 */
export function unpackPostings({ source, position, to }: ByteReader, visit: AddPosting): void {
  let at = position;
  let passage = 0;
  while (at < to) {
    let byte = source[at++] as number;
    let value = byte & 127;
    for (let scale = 128; byte >= 128 && at < to; scale *= 128) {
      byte = source[at++] as number;
      value += (byte & 127) * scale;
    }
    const flags = value & 7;
    passage += (value - flags) / 8;
    const heading = flags & 1 ? (source[at++] as number) : 0;
    const title = flags & 2 ? (source[at++] as number) : 0;
    const body = flags & 4 ? 1 : (source[at++] as number);
    if (byte >= 128 || at > to) throw new RangeError('The bytes are cut short.');
    visit(passage, body, heading, title);
  }
}
