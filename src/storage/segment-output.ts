import type { SegmentParts } from '../core/segment-writer';
import type { Library, SegmentId } from './schema';
import { putParts, type WrittenParts } from './segments';

/** Parts gathered before they are written, so that a segment of any size takes little memory. */
const writtenAtOnceBytes = 2_000_000;

/** Writes the parts of a segment that is being made, some at a time. */
export class SegmentOutput {
  /** What was written so far. */
  bytes = 0;
  #waiting: SegmentParts = { dictionary: [], blocks: [] };
  #waitingBytes = 0;
  readonly #written: WrittenParts = { stretches: 0, blocks: 0 };

  constructor(
    readonly library: Library,
    readonly id: SegmentId,
  ) {}

  /** @returns whether there is enough to write */
  gather({ dictionary, blocks }: SegmentParts): boolean {
    for (const stretch of dictionary) this.#waiting.dictionary.push(stretch);
    for (const block of blocks) {
      this.#waiting.blocks.push(block);
      this.#waitingBytes += block.length;
    }
    return this.#waitingBytes >= writtenAtOnceBytes;
  }

  async write(): Promise<void> {
    const transaction = this.library.transaction(['termDictionaries', 'postingBlocks'], 'readwrite');
    this.bytes += putParts(transaction, this.id, this.#waiting, this.#written);
    this.#waiting = { dictionary: [], blocks: [] };
    this.#waitingBytes = 0;
    await transaction.done;
  }
}
