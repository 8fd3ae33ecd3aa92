import { CompiledScans, newScans } from '../../core/search/compiled-scans';
import { bytesOfPlace, SignsMemory } from '../../core/vectors/signs-memory';
import { wordsKept } from '../../core/vectors/vector-signs';
import type { VectorIndex, VectorSlab } from '../schema';
import { BlockCache } from './block-cache';
import { type SlabBlocks, signsOf } from './seal-slab';
import { type SlabSigns, shorten } from './vector-records';

/**
 * What may be held of an index between searches: the signs of 1,100,000 vectors of 1,536 dimensions, 112 bytes each, as they are stored; of a larger index
 * only the first half of those, or a quarter, and so on. Laid down they have an eighth more room, and twice that while they move to another memory. No
 * worker of an ordinary library comes near.
 */
export const cacheBytes = 120 * 2 ** 20;
/** Passage id, factor and offset, and room for the score. */
const bytesBesideSigns = 16;
/** A memory for signs has so much more room than they take, a share, for those that are sealed next. */
const spareShare = 1 / 8;

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
  /** `null`: there is none to be had. */
  #memory: SignsMemory | null | undefined;
  /** Of what is sealed. */
  readonly blocks = new BlockCache();

  constructor(readonly budgetBytes = cacheBytes) {}

  /** What the signs that were laid down take, with the room for more: no heap has them. */
  get laidBytes(): number {
    return this.#memory?.bytes ?? 0;
  }

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
    if (signs.words < words) return undefined;
    const shortened = shorten(signs, words);
    // What is not full yet will soon be other signs.
    return { ...cached, signs: cached.blocks ? shortened : this.#laid(shortened) };
  }

  /** The signs where they are scanned; as they are, when there is no such place. */
  #laid(signs: SlabSigns): SlabSigns {
    if (this.#memory === null || this.#memory?.holds(signs)) return signs;
    const laid = this.#memory?.lay(signs) ?? this.#makeRoom(signs.words)?.lay(signs);
    // A copy, for the ids are a part of what was read with the signs.
    return laid ? { ...laid, passageIds: laid.passageIds.slice() } : signs;
  }

  /** A new memory: the one before is full, perhaps of what has changed since. Searches under way use that on, and the next one moves what is still in use. */
  #makeRoom(words: number): SignsMemory | null {
    const slabs = [...this.#slabs.values()].flatMap(({ signs }) => signs ?? []);
    const bytes = slabs.reduce((sum, { count }) => sum + bytesOfPlace({ count, words }), 0);
    const scans = newScans(CompiledScans.libraryAt + bytes * (1 + spareShare));
    this.#memory = scans ? new SignsMemory(scans) : null;
    return this.#memory;
  }

  /** Holds these slabs and no others. */
  replace(index: VectorIndex, slabs: readonly CachedSlab[]): void {
    if (index.generation !== this.#generation) this.#memory = undefined;
    this.#generation = index.generation;
    this.#slabs = new Map(slabs.map((slab) => [slab.number, slab]));
  }
}

function signsOfBlocks({ blocks }: CachedSlab, slab: VectorSlab, centre: Float32Array | undefined): SlabSigns | undefined {
  return blocks && centre?.length === slab.dimensions ? signsOf(blocks, slab, centre) : undefined;
}

/** The one that a worker has, unless told to use another. */
export const sharedVectorCache = new VectorCache();
