import type { SegmentParts } from '../../core/lexical/segment-writer';
import { durabilityOf } from '../durability-of';
import { emptyTotals, type Library, type Segment, type SegmentId, type WriteTransaction } from '../schema';
import { putGrams, putParts, type WrittenParts } from './segments';

/** Parts gathered before they are written, so that a segment of any size takes little memory. */
const writtenAtOnceBytes = 2_000_000;

export type NewSegment = Omit<Segment, 'id' | 'bytes' | 'stretches' | 'blocks' | 'gramRecords' | 'unfinished' | 'damaged' | 'gramsDamaged'>;

/** Writes a segment that is being made: a small one all at the end, a large one some parts at a time, unfinished until then. */
export class SegmentOutput {
  #id: SegmentId | undefined;
  #bytes = 0;
  #waiting: SegmentParts = { dictionary: [], blocks: [] };
  #waitingBytes = 0;
  #grams: readonly Uint8Array[] = [];
  readonly #written: WrittenParts = { stretches: 0, blocks: 0 };

  constructor(
    readonly library: Library,
    readonly segment: NewSegment,
  ) {}

  /**
   * @param grams the records of all grams, with the last parts
   * @returns whether there is so much that it should be written
   */
  gather({ dictionary, blocks }: SegmentParts, grams: readonly Uint8Array[] = []): boolean {
    this.#grams = grams;
    for (const stretch of dictionary) this.#waiting.dictionary.push(stretch);
    for (const block of blocks) {
      this.#waiting.blocks.push(block);
      this.#waitingBytes += block.length;
    }
    return this.#waitingBytes >= writtenAtOnceBytes;
  }

  /** How what is left has to be committed: a term that stands in most of a large library has postings of more than a block's size. */
  get durability(): 'strict' | 'relaxed' {
    return durabilityOf([...this.#waiting.dictionary, ...this.#waiting.blocks, ...this.#grams]);
  }

  async write(): Promise<void> {
    const stores = ['segments', 'termDictionaries', 'postingBlocks', 'totals'] as const;
    const transaction = this.library.transaction(stores, 'readwrite', { durability: this.durability });
    await this.writeRest(transaction);
    this.#putSegment(transaction, { unfinished: true });
    await transaction.done;
  }

  /** Writes what is left, within a transaction. */
  async writeRest(transaction: Pick<WriteTransaction, 'objectStore'>): Promise<void> {
    this.#id ??= await takeSegmentId(transaction);
    this.#bytes += putParts(transaction, this.#id, this.#waiting, this.#written);
    this.#bytes += putGrams(transaction, this.#id, this.#grams, this.#written.stretches);
    this.#waiting = { dictionary: [], blocks: [] };
    this.#waitingBytes = 0;
  }

  /** Makes the segment a part of the index, when all is written; one without any terms is none. Within a transaction. */
  finish(transaction: Pick<WriteTransaction, 'objectStore'>, deadCount: number): void {
    if (this.#bytes > 0) this.#putSegment(transaction, { deadCount });
  }

  #putSegment(transaction: Pick<WriteTransaction, 'objectStore'>, rest: Partial<Segment>): void {
    if (this.#id === undefined) return;
    const grams = this.#grams.length > 0 ? { gramRecords: this.#grams.length } : {};
    void transaction
      .objectStore('segments')
      .put({ ...this.segment, id: this.#id, bytes: this.#bytes, ...this.#written, ...grams, ...rest });
  }
}

/** An id that was given to no segment before, within a transaction. */
export async function takeSegmentId(transaction: Pick<WriteTransaction, 'objectStore'>): Promise<SegmentId> {
  const store = transaction.objectStore('totals');
  const totals = (await store.get('library')) ?? emptyTotals;
  void store.put({ ...totals, nextSegmentId: totals.nextSegmentId + 1 }, 'library');
  return totals.nextSegmentId as SegmentId;
}
