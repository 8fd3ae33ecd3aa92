import type { PassageId } from './page';

/** How often a term stands in one passage, by field. Each count is stored up to 255. */
export interface Posting {
  readonly passageId: PassageId;
  readonly body: number;
  readonly heading: number;
  readonly title: number;
}

/**
 * Packs postings, sorted by passage id, into bytes: for each the distance to the id before as a variable-length integer (7 bits a byte,
 * lowest first), shifted left by two to make room for two flags; then the count in the body, and the counts in heading and title where the
 * flags say there are any. Most take two bytes.
 */
export function packPostings(postings: readonly Posting[]): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  let previous = 0;
  for (const posting of postings) {
    const flags = (posting.heading > 0 ? 1 : 0) | (posting.title > 0 ? 2 : 0);
    // Multiplied, not shifted: ids may use more than the 30 bits that would leave.
    pushVariableLength(bytes, (posting.passageId - previous) * 4 + flags);
    bytes.push(Math.min(255, posting.body));
    if (flags & 1) bytes.push(Math.min(255, posting.heading));
    if (flags & 2) bytes.push(Math.min(255, posting.title));
    previous = posting.passageId;
  }
  return Uint8Array.from(bytes);
}

function pushVariableLength(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

/**
 * Calls `visit` for each posting in order.
 * @throws RangeError when the bytes end in the middle of a posting.
 */
export function unpackPostings(
  bytes: Uint8Array,
  visit: (passageId: PassageId, body: number, heading: number, title: number) => void,
): void {
  let position = 0;
  let passageId = 0;
  const next = (): number => {
    const byte = bytes[position++];
    if (byte === undefined) throw new RangeError('A block of postings is cut short.');
    return byte;
  };
  while (position < bytes.length) {
    let value = 0;
    let scale = 1;
    let byte = next();
    while (byte >= 128) {
      value += (byte - 128) * scale;
      scale *= 128;
      byte = next();
    }
    value += byte * scale;
    const flags = value % 4;
    passageId += Math.floor(value / 4);
    const body = next();
    const heading = flags & 1 ? next() : 0;
    const title = flags & 2 ? next() : 0;
    visit(passageId as PassageId, body, heading, title);
  }
}
