import { ByteWriter } from '../bytes/byte-stream';

/** Longer terms are cut: what they are the beginning of is data, not a word. */
const maximumUnits = 255;
/** So many terms, one after the other, can be read without those before them, where a stretch is written in runs. */
export const termsPerRun = 16;
/** What stands of each run behind the terms: where it begins, and the block and the offset of its first postings, 16 bits each. */
const runBytes = 6;

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
 * the rest in UTF-8, in how many passages it stands and how long its postings are. A stretch can be read by itself. In runs, so can each sixteen of its
 * terms: the first shares nothing with the one before, and behind all terms stands where each run begins, and last how many there are.
 */
export class DictionaryWriter {
  readonly #bytes = new ByteWriter();
  readonly #encoder = new TextEncoder();
  readonly #runs: number[] = [];
  #previous = '';
  #firstBlock = 0;
  #terms = 0;
  #run = -1;

  constructor(readonly hasRuns = false) {}

  /** The number of the run that the last term is of, of all stretches. */
  get run(): number {
    return this.#run;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** @param startsBlock whether its postings are the first of a block */
  add(term: string, { passages, block, offset, bytes }: PostingsPlace, startsBlock: boolean): void {
    if (this.#bytes.length === 0) {
      this.#bytes.integer(block);
      this.#firstBlock = block;
    }
    if (this.hasRuns && this.#terms % termsPerRun === 0) {
      this.#previous = '';
      this.#run += 1;
      this.#runs.push(this.#bytes.length, block - this.#firstBlock, offset);
    }
    this.#terms += 1;
    const cut = cutTerm(term);
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
    if (this.hasRuns) for (const value of [...this.#runs, this.#runs.length / 3]) this.#short(value);
    const taken = this.#bytes.finish();
    this.#bytes.clear();
    this.#runs.length = 0;
    this.#previous = '';
    this.#terms = 0;
    return taken;
  }

  #short(value: number): void {
    this.#bytes.byte(value & 255);
    this.#bytes.byte(value >> 8);
  }
}

/** A term as dictionaries have it. Half a surrogate pair has no UTF-8 of its own, and comes back as what stands for such. */
export const cutTerm = (term: string): string =>
  term.length > maximumUnits ? term.slice(0, maximumUnits).replace(/[\uD800-\uDBFF]$/, '\uFFFD') : term;

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
  /** How many runs the stretch is written in; 0: it can only be read from its beginning. */
  readonly runs: number = 0;
  /** Where the terms end. */
  readonly end: number;
  readonly #firstBlock: number = 0;

  /** @throws RangeError when the bytes are cut short */
  constructor(
    readonly source: Uint8Array,
    hasRuns = false,
  ) {
    this.end = source.length;
    if (source.length === 0) return;
    if (hasRuns) {
      this.runs = this.#short(source.length - 2);
      this.end = source.length - 2 - this.runs * runBytes;
      if (!(this.end >= 0)) throw new RangeError('The bytes are cut short.');
    }
    this.#firstBlock = this.integer();
    this.block = this.#firstBlock;
  }

  /** Goes to before the first term of a run. */
  seek(run: number): void {
    const at = this.end + run * runBytes;
    this.at = this.#short(at);
    this.block = this.#firstBlock + this.#short(at + 2);
    this.offset = this.#short(at + 4);
    this.bytes = 0;
    this.isFirst = true;
  }

  /** Goes to the first term of a run. */
  open(run: number): void {
    this.seek(run);
    this.next();
  }

  /** Where the terms of a run end. */
  endOf(run: number): number {
    return run + 1 < this.runs ? this.#short(this.end + (run + 1) * runBytes) : this.end;
  }

  #short(at: number): number {
    return (this.source[at] as number) + (this.source[at + 1] as number) * 256;
  }

  get term(): string {
    return String.fromCharCode.apply(undefined, this.units.subarray(0, this.length) as unknown as number[]);
  }

  /** @returns whether there was another. @throws RangeError when the bytes are cut short */
  next(): boolean {
    if (this.at >= this.end) return false;
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
