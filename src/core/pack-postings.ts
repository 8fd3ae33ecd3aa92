import type { ByteReader, ByteWriter } from './byte-stream';

/** Takes the postings of one term, by rising passage. */
export type AddPosting = (passage: number, body: number, heading: number, title: number) => void;

/**
 * Gives a function that writes the postings of one term: for each the distance to the one before as a variable-length integer, times
 * four to make room for two flags; then the count in the body, and the counts in heading and title where the flags say there are any. Most take
 * two bytes. Counts are stored up to 255.
 */
export function postingsPacker(writer: ByteWriter): AddPosting {
  let previous = 0;
  return (passage, body, heading, title) => {
    const flags = (heading > 0 ? 1 : 0) | (title > 0 ? 2 : 0);
    // Multiplied, not shifted: there may be more passages than the 30 bits that would leave.
    writer.integer((passage - previous) * 4 + flags);
    writer.byte(Math.min(255, body));
    if (flags & 1) writer.byte(Math.min(255, heading));
    if (flags & 2) writer.byte(Math.min(255, title));
    previous = passage;
  };
}

/**
 * Calls `visit` for each posting in order, until the reader is at its end. Passages are counted from the first of the segment.
 * @throws RangeError when the bytes end in the middle of a posting.
 */
export function unpackPostings(reader: ByteReader, visit: AddPosting): void {
  let passage = 0;
  while (!reader.atEnd()) {
    const value = reader.integer();
    const flags = value % 4;
    passage += Math.floor(value / 4);
    const body = reader.byte();
    const heading = flags & 1 ? reader.byte() : 0;
    const title = flags & 2 ? reader.byte() : 0;
    visit(passage, body, heading, title);
  }
}
