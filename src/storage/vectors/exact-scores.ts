import type { PassageId } from '../../core/pages/page';
import { cosineToCodes } from '../../core/vectors/quantize-vector';
import type { LightReads } from '../light-reads';
import type { PackedVectors } from '../schema';
import { blockSize, blocksPerSlab, openBlock, type SlabSigns, type VectorBlock } from './vector-records';

/** A slab of which the signs are in memory. */
export interface SealedSlab {
  readonly number: number;
  readonly revision: number;
  readonly signs: SlabSigns;
}

/** Where a vector lies. */
export interface VectorPlace {
  readonly slab: SealedSlab;
  /** Within the slab. */
  readonly place: number;
}

/** Of each slab in which something is not what was written, how many passages could not be compared for it. */
export type Damage = Map<number, number>;

/** Reads the 8-bit codes of single vectors, each block once, within a transaction. */
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
  ) {}

  /** @returns the cosine by the 8-bit codes; `undefined` when they are damaged or missing */
  async of({ slab, place }: VectorPlace): Promise<number | undefined> {
    const number = slab.number * blocksPerSlab + Math.floor(place / blockSize);
    const reading = this.#read.get(number) ?? this.blocks.get([this.modelKey, number]).then(openBlock);
    this.#read.set(number, reading);
    const block = await reading;
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
}
