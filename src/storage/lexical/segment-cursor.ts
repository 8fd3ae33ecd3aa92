import { ByteReader } from '../../core/bytes/byte-stream';
import { unsealBytes } from '../../core/bytes/sealed-bytes';
import { DictionaryReader } from '../../core/lexical/term-dictionary';
import { type LightReads, lightReads } from '../light-reads';
import type { Library, Segment, SegmentId } from '../schema';
import { partsOf } from './segments';

/** What is read from. */
export interface PartReads {
  readonly termDictionaries: LightReads<Uint8Array>;
  readonly postingBlocks: LightReads<Uint8Array>;
}

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

  /** Goes to the first term. Of a small segment this reads all there is. @throws DamagedSegment */
  async open({ termDictionaries, postingBlocks }: PartReads): Promise<void> {
    await Promise.all([this.#readStretch(termDictionaries), this.segment.blocks > 0 && this.#readBlocks(postingBlocks, 0)]);
    this.#step();
  }

  /** Steps to the next term. Answers at once when nothing has to be read. @throws DamagedSegment */
  advance(): Promise<void> | undefined {
    if (this.#step()) return undefined;
    return this.#readOn();
  }

  /** @returns false when something has to be read first */
  #step(): boolean {
    if (!this.#dictionary.next()) {
      this.term = undefined;
      return this.#stretch + 1 >= this.segment.stretches;
    }
    this.term = this.#dictionary.term;
    return this.#dictionary.block < this.#firstBlock + this.#blocks.length;
  }

  async #readOn(): Promise<void> {
    if (this.term === undefined) {
      await this.#readStretch(lightReads(this.library.transaction('termDictionaries').store));
      await this.advance();
    } else await this.#readBlocks(lightReads(this.library.transaction('postingBlocks').store), this.#dictionary.block);
  }

  /** The postings of the current term. */
  postings(): ByteReader {
    const { block, offset, bytes } = this.#dictionary;
    const found = this.#blocks[block - this.#firstBlock];
    if (!found || offset + bytes > found.length) throw new DamagedSegment(this.segment.id);
    return new ByteReader(found, offset, offset + bytes);
  }

  async #readStretch(dictionaries: LightReads<Uint8Array>): Promise<void> {
    this.#stretch += 1;
    const bytes = unsealBytes(await dictionaries.get([this.segment.id, this.#stretch]));
    if (!bytes) throw new DamagedSegment(this.segment.id);
    this.#dictionary = new DictionaryReader(bytes, this.segment.gramRecords !== undefined);
  }

  async #readBlocks(blocks: LightReads<Uint8Array>, first: number): Promise<void> {
    this.#firstBlock = first;
    const end = Math.min(this.segment.blocks, first + blocksPerRead);
    const range = partsOf(this.segment.id, first, end - 1);
    this.#blocks = (await blocks.getAll(range)).map(unsealBytes);
    const isWhole = this.#blocks.length === end - first && this.#blocks.every((block) => block !== undefined);
    if (!isWhole) throw new DamagedSegment(this.segment.id);
  }
}
