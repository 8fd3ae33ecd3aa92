import { wordsKept } from '../../core/vectors/vector-signs';
import type { VectorIndex, VectorSlab } from '../schema';
import { BlockCache } from './block-cache';
import { type SlabBlocks, signsOf } from './seal-slab';
import { type SlabSigns, shorten } from './vector-records';

/**
 * What may be held of an index between searches. It holds 600,000 vectors of 1,536 dimensions whole; of a larger index only the first half of each
 * vector's dimensions, or a quarter, and so on. A million take 100 MB, and no worker of an ordinary library comes near.
 */
export const cacheBytes = 120 * 2 ** 20;
/** Passage id, factor and offset. */
const bytesBesideSigns = 12;

/** A slab in memory: the signs of one that is sealed, else its blocks, and once it is used again its signs as well. */
export interface CachedSlab {
  readonly number: number;
  readonly revision: number;
  readonly signs?: SlabSigns;
  readonly blocks?: SlabBlocks['blocks'];
}

/**
 * Slabs kept between searches, of the index searched last. Only ever a cache: each search compares it with the index as it is stored, and takes from it
 * only what has not changed since.
 */
export class VectorCache {
  #generation = '';
  #slabs = new Map<number, CachedSlab>();
  /** Of what is sealed. */
  readonly blocks = new BlockCache();

  constructor(readonly budgetBytes = cacheBytes) {}

  /** How many words of each vector's signs are held in memory, so that all of the index has room. */
  wordsHeld(slabs: readonly VectorSlab[], dimensions: number): number {
    const count = slabs.reduce((sum, slab) => sum + slab.count, 0);
    let words = wordsKept(dimensions);
    while (words > 1 && count * (4 * words + bytesBesideSigns) > this.budgetBytes) words = Math.ceil(words / 2);
    return words;
  }

  /** @returns the slab as it is stored now, if it is held with as many words */
  find(index: VectorIndex, slab: VectorSlab, words: number): CachedSlab | undefined {
    const cached = index.generation === this.#generation ? this.#slabs.get(slab.number) : undefined;
    if (cached?.revision !== slab.revision) return undefined;
    // Not when they were read: the search that reads them is waited for already.
    const signs = cached.signs ?? signsOfBlocks(cached, slab, index.centre);
    if (!signs) return cached;
    return signs.words < words ? undefined : { ...cached, signs: shorten(signs, words) };
  }

  /** Holds these slabs and no others. */
  replace(index: VectorIndex, slabs: readonly CachedSlab[]): void {
    this.#generation = index.generation;
    this.#slabs = new Map(slabs.map((slab) => [slab.number, slab]));
  }
}

function signsOfBlocks({ blocks }: CachedSlab, slab: VectorSlab, centre: Float32Array | undefined): SlabSigns | undefined {
  return blocks && centre?.length === slab.dimensions ? signsOf(blocks, slab, centre) : undefined;
}

/** The one that a worker has, unless told to use another. */
export const sharedVectorCache = new VectorCache();
