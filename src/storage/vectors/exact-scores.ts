import type { PassageId } from '../../core/pages/page';
import { cosineToCodes } from '../../core/vectors/quantize-vector';
import type { LightReads } from '../light-reads';
import type { PackedVectors } from '../schema';
import type { BlockCache, SlabState } from './block-cache';
import type { SlabBlocks } from './seal-slab';
import { blockSize, blocksPerSlab, openBlock, type SlabSigns, type VectorBlock } from './vector-records';

/** A slab of which the signs are in memory. */
export interface SignedSlab extends SlabState {
  readonly number: number;
  /** Of one that is not full yet: all of them. */
  readonly blocks: SlabBlocks['blocks'];
  readonly signs: SlabSigns;
}

/** Where a vector lies. */
export interface VectorPlace {
  readonly slab: SignedSlab;
  /** Within the slab. */
  readonly place: number;
}

/** Of each slab in which something is not what was written, how many passages could not be compared for it. */
export type Damage = Map<number, number>;

/** Reads the 8-bit codes of single vectors, each block once, within a transaction; what was read lately is in memory. */
export class ExactScores {
  readonly #read = new Map<number, Promise<VectorBlock | undefined>>();
  readonly #lost = new Set<number>();

  constructor(
    private readonly blocks: LightReads<PackedVectors>,
    private readonly modelKey: string,
    /** Of length 1. */
    private readonly query: Float32Array,
    /** Takes down what is found damaged. */
    private readonly damage: Damage,
    private readonly cache: BlockCache,
  ) {}

  /** @returns the cosine by the 8-bit codes; `undefined` when they are damaged or missing */
  async of({ slab, place }: VectorPlace): Promise<number | undefined> {
    const number = slab.number * blocksPerSlab + Math.floor(place / blockSize);
    const block = await this.#block(number, slab);
    const at = place % blockSize;
    if (block?.dimensions === this.query.length && block.passageIds[at] === (slab.signs.passageIds[place] as PassageId)) {
      return cosineToCodes(this.query, block.codes, at * this.query.length, block.factors[at] as number);
    }
    if (!this.#lost.has(number)) {
      this.#lost.add(number);
      const passages = slab.signs.passageIds.subarray(place - at, place - at + blockSize).filter((passageId) => passageId !== 0).length;
      this.damage.set(slab.number, (this.damage.get(slab.number) ?? 0) + passages);
    }
    return undefined;
  }
  #block(number: number, slab: SignedSlab): Promise<VectorBlock | undefined> {
    const reading = this.#read.get(number) ?? this.#readBlock(number, slab);
    this.#read.set(number, reading);
    return reading;
  }

  async #readBlock(number: number, slab: SignedSlab): Promise<VectorBlock | undefined> {
    const held = slab.blocks.find((block) => block.number === number)?.block ?? this.cache.find(number, slab);
    if (held) return held;
    const block = openBlock(await this.blocks.get([this.modelKey, number]));
    if (block) this.cache.hold(number, slab, block);
    return block;
  }
}
