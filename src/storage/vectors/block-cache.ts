import { RecentMap } from '../../core/recent-map';
import { blockSize, type VectorBlock } from './vector-records';

/** Of blocks of 1,536 dimensions some 250: those of the last twenty questions or so, for the next is often about the same pages. */
const heldBytes = 3 * 2 ** 20;

/** What tells one state of a slab from all others: nothing in it changes without its revision, and no index has another's generation. */
export interface SlabState {
  readonly generation: string;
  readonly revision: number;
}

/** Blocks read last, as they were when their slab was in a certain state. */
export class BlockCache {
  #dimensions = 0;
  #held = new RecentMap<number, { readonly state: SlabState; readonly block: VectorBlock }>(0);

  constructor(private readonly bytes = heldBytes) {}

  /** @param number of the block */
  find(number: number, { generation, revision }: SlabState): VectorBlock | undefined {
    const held = this.#held.get(number);
    return held?.state.generation === generation && held.state.revision === revision ? held.block : undefined;
  }

  hold(number: number, state: SlabState, block: VectorBlock): void {
    if (block.dimensions !== this.#dimensions) {
      this.#dimensions = block.dimensions;
      this.#held = new RecentMap(this.bytes / (blockSize * block.dimensions));
    }
    this.#held.set(number, { state, block });
  }
}
