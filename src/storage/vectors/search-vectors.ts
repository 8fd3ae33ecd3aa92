import type { PassageId } from '../../core/pages/page';
import { selectBest } from '../../core/search/select-best';
import { cosineToCodes } from '../../core/vectors/quantize-vector';
import type { SimilarityRange } from '../../core/vectors/relevant-similarity';
import { type SignQuery, signQuery } from '../../core/vectors/sign-query';
import { type LightReads, lightReads } from '../light-reads';
import { type Library, type PackedVectors, type VectorIndex, type VectorSlab, vectorStores } from '../schema';
import { mendVectors } from './mend-vectors';
import { readBlocks } from './seal-slab';
import { type CachedSlab, VectorCache } from './vector-cache';
import { blockSize, blocksPerSlab, openBlock, openSigns, type SlabSigns, shorten, type VectorBlock } from './vector-records';

/** Passages that the first pass lets through to be estimated with the query at full precision. */
const estimatedPassages = 4_000;
/** Passages whose 8-bit codes are read from disk in any case, the best by estimate. */
const leastRescored = 100;
/** And at most, when estimates are too close to tell the best apart. */
const mostRescored = 640;
/** The best that must not be missed. */
const surePassages = 10;
/** A passage is rescored as long as this many deviations above its estimate would bring it among the best. */
const deviationsAllowed = 2;
/** Slabs asked of the database at once: some 30 MB. Those asked for later wait until the worker's thread has time to ask. */
const slabsPerRead = 512;

export interface SimilarPassage {
  readonly id: PassageId;
  /** The cosine by the 8-bit codes, from -1 to 1. */
  readonly score: number;
}

export interface VectorSearchOptions {
  readonly limit: number;
  /** Others are passed over. */
  readonly isWanted?: (passageId: PassageId) => boolean;
  /** Told how many passages could not be compared because what is stored of their vectors is damaged. Not called when there are none. */
  readonly notCompared?: (passages: number) => void;
  /** Told the range of the cosines, when there is any passage. */
  readonly measured?: (range: SimilarityRange) => void;
  readonly cache?: VectorCache;
}

const sharedCache = new VectorCache();

/**
 * Finds the passages whose vectors are most like the query, in three passes: the signs of all, in memory, against a coarse query; the best of these
 * against the exact query; the best of these by their 8-bit codes, from disk. What is found damaged is left out, and mended before this resolves.
 * @param query of length 1
 * @returns the best first; passages without a vector of as many dimensions are not among them
 */
export async function searchVectors(
  library: Library,
  modelKey: string,
  query: Float32Array,
  { limit, isWanted, notCompared, measured, cache = sharedCache }: VectorSearchOptions,
): Promise<SimilarPassage[]> {
  const damage: Damage = { slabs: new Set(), passages: 0 };
  const transaction = library.transaction(vectorStores);
  const stores = {
    signs: lightReads(transaction.objectStore('vectorSigns')),
    blocks: lightReads(transaction.objectStore('vectorBlocks')),
  };
  const index = await transaction.objectStore('vectorIndexes').get(modelKey);
  if (!index || limit < 1) return [];

  const wanted = index.slabs.filter((slab) => slab.dimensions === query.length);
  const asked = index.centre && signQuery(query, index.centre, cache.wordsHeld(wanted, query.length));
  const estimates = new Map<number, Float32Array>();
  const slabs = await loadSlabs(stores, modelKey, index, wanted, cache, damage, ({ number, held }) => {
    if (asked && 'signs' in held) estimates.set(number, estimateAll(asked, held.signs, isWanted));
  });
  const found: SimilarPassage[] = [];
  const sealed: EstimatedSlab[] = [];
  for (const { number, held } of slabs) {
    const scores = estimates.get(number);
    if ('blocks' in held) for (const block of held.blocks) scoreBlock(query, block, isWanted, found);
    else if (scores) sealed.push({ number, signs: held.signs, scores });
  }
  if (sealed.length > 0 && asked) {
    const candidates = bestOf(asked, sealed, Math.max(estimatedPassages, limit), Math.max(mostRescored, limit));
    await rescore(stores.blocks, modelKey, query, candidates, limit, found, damage);
  }

  if (found.length > 0) measured?.(rangeOf(query, index, found));
  if (damage.passages > 0) notCompared?.(damage.passages);
  // A search does not fail for what it could not mend: the next one finds it again.
  if (damage.slabs.size > 0) await mendVectors(library, modelKey, damage.slabs).catch(() => {});
  return found.sort(bestFirst).slice(0, limit);
}

/** While no slab is full, all passages were compared; later their mean is known from the centre. */
function rangeOf(query: Float32Array, { centre, slabs }: VectorIndex, found: readonly SimilarPassage[]): SimilarityRange {
  const mean = centre
    ? centre.reduce((sum, component, place) => sum + component * (query[place] ?? 0), 0)
    : found.reduce((sum, { score }) => sum + score, 0) / found.length;
  return { passages: slabs.reduce((sum, { alive }) => sum + alive, 0), mean };
}

interface Damage {
  readonly slabs: Set<number>;
  passages: number;
}

interface Stores {
  readonly signs: LightReads<PackedVectors>;
  readonly blocks: LightReads<PackedVectors, [string, number]>;
}

type IsWanted = VectorSearchOptions['isWanted'];

const bestFirst = (a: SimilarPassage, b: SimilarPassage) => b.score - a.score || a.id - b.id;

/**
 * These slabs, from memory where they have not changed.
 * @param loaded told of each as soon as it is there: what is read takes longer than what is reckoned meanwhile
 */
async function loadSlabs(
  stores: Stores,
  modelKey: string,
  index: VectorIndex,
  wanted: readonly VectorSlab[],
  cache: VectorCache,
  damage: Damage,
  loaded: (slab: CachedSlab) => void,
): Promise<CachedSlab[]> {
  const words = cache.wordsHeld(wanted, wanted[0]?.dimensions ?? 0);
  const slabs = wanted.map((slab) => cache.find(index, slab, words));
  for (const slab of slabs) if (slab) loaded(slab);
  const missing = wanted.flatMap((slab, place) => (slabs[place] ? [] : [{ slab, place }]));
  for (let from = 0; from < missing.length; from += slabsPerRead) {
    await Promise.all(
      missing.slice(from, from + slabsPerRead).map(async ({ slab, place }) => {
        const slabLoaded = await loadSlab(stores, modelKey, slab, words, damage);
        slabs[place] = slabLoaded;
        loaded(slabLoaded);
      }),
    );
  }
  const all = slabs.filter((slab) => slab !== undefined);
  cache.replace(index, all);
  return all;
}

async function loadSlab(stores: Stores, modelKey: string, slab: VectorSlab, words: number, damage: Damage): Promise<CachedSlab> {
  const { number, revision } = slab;
  if (slab.isSealed) {
    const signs = openSigns(await stores.signs.get([modelKey, number]));
    if (signs?.dimensions === slab.dimensions) return { number, revision, held: { signs: shorten(signs, words) } };
    damage.slabs.add(number);
  }
  const { blocks, alive, damaged } = await readBlocks(stores.blocks, modelKey, slab);
  if (damaged.length > 0 || alive !== slab.alive) {
    damage.slabs.add(number);
    damage.passages += Math.max(slab.alive - alive, 0);
  }
  return { number, revision, held: { blocks: blocks.map(({ block }) => block) } };
}

function scoreBlock(query: Float32Array, block: VectorBlock, isWanted: IsWanted, found: SimilarPassage[]): void {
  for (let place = 0; place < block.count; place++) {
    const id = block.passageIds[place] as PassageId;
    if (id === 0 || isWanted?.(id) === false) continue;
    found.push({ id, score: cosineToCodes(query, block.codes, place * block.dimensions, block.factors[place] as number) });
  }
}

interface EstimatedSlab {
  readonly number: number;
  readonly signs: SlabSigns;
  /** By the coarse query, minus infinity for what is not wanted. */
  readonly scores: Float32Array;
}

interface Candidate {
  readonly slab: EstimatedSlab;
  /** Within the slab. */
  readonly place: number;
  readonly estimate: number;
  readonly deviation: number;
}

function estimateAll(asked: SignQuery, signs: SlabSigns, isWanted: IsWanted): Float32Array {
  const scores = new Float32Array(signs.count);
  asked.scan(signs, scores, 0);
  for (let place = 0; place < signs.count; place++) {
    const id = signs.passageIds[place] as PassageId;
    if (id === 0 || isWanted?.(id) === false) scores[place] = Number.NEGATIVE_INFINITY;
  }
  return scores;
}

/** The best by the query at full precision, of those that are best by the coarse one; the best first. */
function bestOf(asked: SignQuery, slabs: readonly EstimatedSlab[], coarse: number, count: number): Candidate[] {
  const starts: number[] = [];
  let total = 0;
  for (const { scores } of slabs) {
    starts.push(total);
    total += scores.length;
  }
  const scores = new Float32Array(total);
  for (const [number, slab] of slabs.entries()) scores.set(slab.scores, starts[number]);
  const places = selectBest(scores, coarse);
  const estimates = new Float32Array(places.length);
  const numbers = new Uint32Array(places.length);
  let number = 0;
  places.forEach((at, index) => {
    while (at >= (starts[number + 1] ?? total)) number += 1;
    numbers[index] = number;
    estimates[index] = asked.estimate((slabs[number] as EstimatedSlab).signs, at - (starts[number] as number));
  });
  return selectBest(estimates, count)
    .map((index) => {
      const slab = slabs[numbers[index] as number] as EstimatedSlab;
      const place = (places[index] as number) - (starts[numbers[index] as number] as number);
      return { slab, place, estimate: estimates[index] as number, deviation: asked.deviation(slab.signs, place) };
    })
    .sort((a, b) => b.estimate - a.estimate);
}

/**
 * Adds the scores of the best candidates to `found`: of those that are best by estimate, and then of all that may belong among the very best for all that
 * is known of them.
 */
async function rescore(
  blocks: Stores['blocks'],
  modelKey: string,
  query: Float32Array,
  candidates: readonly Candidate[],
  limit: number,
  found: SimilarPassage[],
  damage: Damage,
): Promise<void> {
  const read = new Map<number, Promise<VectorBlock | undefined>>();
  const lost = new Set<number>();
  const readBlock = (number: number) => {
    const reading = read.get(number) ?? blocks.get([modelKey, number]).then(openBlock);
    read.set(number, reading);
    return reading;
  };
  const score = async ({ slab, place }: Candidate) => {
    const number = slab.number * blocksPerSlab + Math.floor(place / blockSize);
    const block = await readBlock(number);
    const at = place % blockSize;
    const id = slab.signs.passageIds[place] as PassageId;
    if (block?.dimensions === query.length && block.passageIds[at] === id) {
      found.push({ id, score: cosineToCodes(query, block.codes, at * query.length, block.factors[at] as number) });
    } else if (!lost.has(number)) {
      lost.add(number);
      damage.slabs.add(slab.number);
      damage.passages += slab.signs.passageIds.subarray(place - at, place - at + blockSize).filter((passageId) => passageId !== 0).length;
    }
  };

  const first = Math.max(limit, leastRescored);
  await Promise.all(candidates.slice(0, first).map(score));
  const sure = found.sort(bestFirst)[Math.min(limit, surePassages) - 1]?.score ?? -1;
  const open = candidates.slice(first, mostRescored).filter(({ estimate, deviation }) => estimate + deviationsAllowed * deviation >= sure);
  await Promise.all(open.map(score));
}
