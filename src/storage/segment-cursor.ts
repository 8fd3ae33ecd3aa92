import { ByteReader } from '../core/byte-stream';
import { unsealBytes } from '../core/sealed-bytes';
import { DictionaryReader } from '../core/term-dictionary';
import type { Library, Segment, SegmentId } from './schema';
import { partsOf } from './segments';

/** Blocks read ahead at once: together about half a megabyte. */
const blocksPerRead = 64;

/** A segment has parts whose bytes are not what was written. */
export class DamagedSegment extends Error {
  constructor(readonly id: SegmentId) {
    super(`Segment ${id} of the index is damaged.`);
  }
}

/** Goes through a segment's terms with their postings, in order, holding little of it in memory. */
export class SegmentCursor {
  /** The current term; `undefined` at the end. */
  term: string | undefined;
  #stretch = -1;
  #dictionary = new DictionaryReader(new Uint8Array(0));
  #blocks: (Uint8Array | undefined)[] = [];
  #firstBlock = 0;

  constructor(
    readonly library: Library,
    readonly segment: Segment,
  ) {}

  /** Whether `advance` would have to read from the disk before it can step. */
  #needsReading(): boolean {
    return this.#dictionary.block >= this.#firstBlock + this.#blocks.length;
  }

  /** Steps to the next term. Answers at once when nothing has to be read. @throws DamagedSegment */
  advance(): Promise<void> | undefined {
    if (!this.#dictionary.next()) return this.#nextStretch();
    this.term = this.#dictionary.term;
    return this.#needsReading() ? this.#readBlocks() : undefined;
  }

  /** The postings of the current term. */
  postings(): ByteReader {
    const { block, offset, bytes } = this.#dictionary;
    const found = this.#blocks[block - this.#firstBlock];
    if (!found || offset + bytes > found.length) throw new DamagedSegment(this.segment.id);
    return new ByteReader(found, offset, offset + bytes);
  }

  async #nextStretch(): Promise<void> {
    this.#stretch += 1;
    if (this.#stretch >= this.segment.stretches) {
      this.term = undefined;
      return;
    }
    const bytes = unsealBytes(await this.library.get('termDictionaries', [this.segment.id, this.#stretch]));
    if (!bytes) throw new DamagedSegment(this.segment.id);
    this.#dictionary = new DictionaryReader(bytes);
    await this.advance();
  }

  async #readBlocks(): Promise<void> {
    this.#firstBlock = this.#dictionary.block;
    const end = Math.min(this.segment.blocks, this.#firstBlock + blocksPerRead);
    const range = partsOf(this.segment.id, this.#firstBlock, end - 1);
    this.#blocks = (await this.library.getAll('postingBlocks', range)).map(unsealBytes);
    const isWhole = this.#blocks.length === end - this.#firstBlock && this.#blocks.every((block) => block !== undefined);
    if (!isWhole) throw new DamagedSegment(this.segment.id);
  }
}
