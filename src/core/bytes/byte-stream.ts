const firstCapacityBytes = 1_024;
/** To make a view of fewer takes longer than to copy them: most terms of a page have one to three bytes of postings. */
const copiedOneByOne = 48;

/** Writes bytes one after the other into a buffer that grows. */
export class ByteWriter {
  #bytes = new Uint8Array(firstCapacityBytes);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** A whole number from 0 to 2^53, seven bits a byte, lowest first; the high bit says that more follow. */
  integer(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.byte((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  /** Those of `source` from one place to before another. */
  bytes(source: Uint8Array, from = 0, to = source.length): void {
    const count = to - from;
    this.#reserve(count);
    if (count > copiedOneByOne) this.#bytes.set(source.subarray(from, to), this.#length);
    else for (let at = 0; at < count; at++) this.#bytes[this.#length + at] = source[from + at] as number;
    this.#length += count;
  }

  /** What another has been given so far. */
  append(other: ByteWriter): void {
    this.bytes(other.#bytes, 0, other.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  /** A copy of what was written so far. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

/** Reads what a `ByteWriter` wrote. */
export class ByteReader {
  #at: number;

  constructor(
    readonly source: Uint8Array,
    from = 0,
    readonly to = source.length,
  ) {
    this.#at = from;
  }

  get position(): number {
    return this.#at;
  }

  atEnd(): boolean {
    return this.#at >= this.to;
  }

  /** @throws RangeError at the end of the bytes */
  byte(): number {
    if (this.#at >= this.to) throw new RangeError('The bytes are cut short.');
    return this.source[this.#at++] as number;
  }

  /** @throws RangeError at the end of the bytes */
  integer(): number {
    let value = 0;
    let scale = 1;
    let byte = this.byte();
    while (byte >= 128) {
      value += (byte - 128) * scale;
      scale *= 128;
      byte = this.byte();
    }
    return value + byte * scale;
  }

  /** Steps over bytes. @throws RangeError when there are not so many */
  skip(count: number): void {
    if (this.#at + count > this.to) throw new RangeError('The bytes are cut short.');
    this.#at += count;
  }

  /** A reader of the next bytes alone; this one goes on behind them. @throws RangeError when there are not so many */
  part(count: number): ByteReader {
    const from = this.#at;
    this.skip(count);
    return new ByteReader(this.source, from, this.#at);
  }
}
