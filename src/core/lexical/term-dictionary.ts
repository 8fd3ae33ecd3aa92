import { ByteWriter } from '../bytes/byte-stream';

/** Longer terms are cut: what they are the beginning of is data, not a word. */
const maximumUnits = 255;

/** Where the postings of a term stand, within its segment. */
export interface PostingsPlace {
  /** How many passages have the term, those deleted since the segment was written included. */
  readonly passages: number;
  readonly block: number;
  /** Within the block. */
  readonly offset: number;
  readonly bytes: number;
}

/**
 * Writes a stretch of a segment's dictionary: terms in the order of their UTF-16 code units, each as what it shares with the one before,
 * the rest in UTF-8, in how many passages it stands and how long its postings are. A stretch can be read by itself.
 */
export class DictionaryWriter {
  readonly #bytes = new ByteWriter();
  readonly #encoder = new TextEncoder();
  #previous = '';

  get length(): number {
    return this.#bytes.length;
  }

  /** @param startsBlock whether its postings are the first of a block; `block` counts only for the first term of a stretch */
  add(term: string, { passages, block, bytes }: Omit<PostingsPlace, 'offset'>, startsBlock: boolean): void {
    if (this.#bytes.length === 0) this.#bytes.integer(block);
    const cut = term.slice(0, maximumUnits);
    const shared = sharedUnits(this.#previous, cut);
    this.#bytes.integer(shared);
    this.#addText(cut, shared);
    this.#bytes.integer(passages);
    this.#bytes.integer(bytes * 2 + (startsBlock ? 1 : 0));
    this.#previous = cut;
  }

  /** A TextEncoder takes longer to be asked than to encode a few letters, and most terms have no others. */
  #addText(term: string, from: number): void {
    if (isAscii(term, from)) {
      this.#bytes.integer(term.length - from);
      for (let at = from; at < term.length; at++) this.#bytes.byte(term.charCodeAt(at));
    } else {
      const rest = this.#encoder.encode(term.slice(from));
      this.#bytes.integer(rest.length);
      this.#bytes.bytes(rest);
    }
  }

  /** What was written so far; the next term begins a new stretch. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.finish();
    this.#bytes.clear();
    this.#previous = '';
    return taken;
  }
}

function isAscii(term: string, from: number): boolean {
  for (let at = from; at < term.length; at++) if (term.charCodeAt(at) > 127) return false;
  return true;
}

/** Never parts a surrogate pair, whose halves have no UTF-8 of their own. */
function sharedUnits(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let shared = 0;
  while (shared < most && one.charCodeAt(shared) === other.charCodeAt(shared)) shared++;
  const last = one.charCodeAt(shared - 1);
  return shared > 0 && last >= 0xd800 && last < 0xdc00 ? shared - 1 : shared;
}

/**
 * Steps through the terms of a stretch. What it shows is of the current term and changes with each step: a search looks at every term there is, so
 * nothing is made anew for each, and the numbers are read here rather than by a `ByteReader`.
 */
export class DictionaryReader implements PostingsPlace {
  /** UTF-16; the first `length` are the term. */
  readonly units = new Uint16Array(maximumUnits + 1);
  length = 0;
  /** How many units the term shares with the one before. */
  shared = 0;
  passages = 0;
  block = 0;
  offset = 0;
  bytes = 0;
  at = 0;
  isFirst = true;

  constructor(readonly source: Uint8Array) {
    if (source.length > 0) this.block = this.integer();
  }

  get term(): string {
    return String.fromCharCode.apply(undefined, this.units.subarray(0, this.length) as unknown as number[]);
  }

  /** @returns whether there was another. @throws RangeError when the bytes are cut short */
  next(): boolean {
    if (this.at >= this.source.length) return false;
    this.shared = this.integer();
    const rest = this.integer();
    const from = this.at;
    this.at += rest;
    this.length = decodeUtf8(this.source, from, this.at, this.units, this.shared);
    this.passages = this.integer();
    const size = this.integer();
    if (size % 2 === 1) {
      if (!this.isFirst) this.block += 1;
      this.offset = 0;
    } else this.offset += this.bytes;
    this.bytes = (size - (size % 2)) / 2;
    this.isFirst = false;
    return true;
  }

  private integer(): number {
    const { source } = this;
    let byte = source[this.at++];
    if (byte === undefined) throw new RangeError('The bytes are cut short.');
    if (byte < 128) return byte;
    let value = byte - 128;
    for (let scale = 128; ; scale *= 128) {
      byte = source[this.at++];
      if (byte === undefined) throw new RangeError('The bytes are cut short.');
      if (byte < 128) return value + byte * scale;
      value += (byte - 128) * scale;
    }
  }
}

/** What the first term of a stretch begins with; those of the stretches before it begin with no more, those behind it with no less. */
export function firstUnit(stretch: Uint8Array): number {
  const reader = new DictionaryReader(stretch);
  return reader.next() ? (reader.units[0] as number) : 0;
}

/** Many times as fast as a TextDecoder for a few bytes. Gives the number of units then filled. */
function decodeUtf8(source: Uint8Array, from: number, to: number, units: Uint16Array, filled: number): number {
  let at = from;
  let count = filled;
  while (at < to && count < maximumUnits) {
    const byte = source[at++] as number;
    if (byte < 0x80) units[count++] = byte;
    else if (byte < 0xe0) units[count++] = ((byte & 0x1f) << 6) | ((source[at++] as number) & 0x3f);
    else if (byte < 0xf0) {
      units[count++] = ((byte & 0x0f) << 12) | (((source[at++] as number) & 0x3f) << 6) | ((source[at++] as number) & 0x3f);
    } else {
      const point =
        ((byte & 0x07) << 18) |
        (((source[at++] as number) & 0x3f) << 12) |
        (((source[at++] as number) & 0x3f) << 6) |
        ((source[at++] as number) & 0x3f);
      units[count++] = 0xd800 + ((point - 0x10000) >> 10);
      units[count++] = 0xdc00 + ((point - 0x10000) & 0x3ff);
    }
  }
  return count;
}
