import type { PassageId } from '../../core/pages/page';
import { selectBest } from '../../core/search/select-best';
import { expectedCosine } from '../../core/vectors/expected-cosine';
import { cosineToCodes } from '../../core/vectors/quantize-vector';
import type { SimilarityRange } from '../../core/vectors/relevant-similarity';
import { type SignQuery, signQuery } from '../../core/vectors/sign-query';
import { type LightReads, lightReads } from '../light-reads';
import { type Library, type PackedVectors, type VectorIndex, type VectorSlab, vectorStores } from '../schema';
import { countEmbedded } from './count-embedded';
import { type Damage, ExactScores, type SignedSlab, type VectorPlace } from './exact-scores';
import { mendVectors } from './mend-vectors';
import { readBlocks } from './seal-slab';
import { readIndex } from './stored-index';
import { type CachedSlab, sharedVectorCache, type VectorCache } from './vector-cache';
import { openSigns, type SlabSigns, shorten, type VectorBlock } from './vector-records';

/** The first pass lets one passage in so many through to be estimated with the query at full precision, */
const passagesPerEstimate = 50;
/** but no fewer than this, */
const leastEstimated = 2_000;
/** nor more. */
const mostEstimated = 4_000;
/** Passages whose 8-bit codes are read from disk in any case, the best by estimate: those that show how good the best are. */
const leastRescored = 16;
/** And at most, when estimates are too close to tell the best apart. */
const mostRescored = 640;
/** Of those that may be among the best so many times as many are read at once as before, for with each the bound rises. */
const growth = 4;
/** The best that must not be missed. */
const surePassages = 10;
/** A passage is rescored as long as this many deviations above its estimate would bring it among the best. */
const deviationsAllowed = 2;
/** Slabs asked of the database at once: some 30 MB. Those asked for later wait until the worker's thread has time to ask. */
const slabsPerRead = 512;

export interface SimilarPassage {
  readonly id: PassageId;
  /** The cosine by the 8-bit codes, from -1 to 1; of one that is `unread`, as it is expected to be by its signs. */
  readonly score: number;
  /** Where its codes lie, when they were not read: see `exactSimilarities`. */
  readonly unread?: VectorPlace;
}

export interface VectorSearchOptions {
  /** Passages to give back, with exact scores. */
  readonly limit: number;
  /** Passages to give back in all. Those behind the `limit` best have a score that is only expected, unless they were read to find the best. */
  readonly expectedTo?: number;
  /** Others are passed over. */
  readonly isWanted?: (passageId: PassageId) => boolean;
  /** Told how many passages could not be compared because what is stored of their vectors is damaged. Not called when there are none. */
  readonly notCompared?: (passages: number) => void;
  /** Told that what is known of the model's vectors is damaged, so that none can be compared until `mendNextIndex` has made it anew. */
  readonly indexDamaged?: () => void;
  /** Told the range of the cosines, when there is any passage. */
  readonly measured?: (range: SimilarityRange) => void;
  readonly cache?: VectorCache;
}

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
  { limit, expectedTo = limit, isWanted, notCompared, indexDamaged, measured, cache = sharedVectorCache }: VectorSearchOptions,
): Promise<SimilarPassage[]> {
  const damage: Damage = new Map();
  const transaction = library.transaction(vectorStores);
  const stores = {
    signs: lightReads(transaction.objectStore('vectorSigns')),
    blocks: lightReads(transaction.objectStore('vectorBlocks')),
  };
  const index = await readIndex(transaction, modelKey);
  if (limit < 1) return [];
  if (!index || index.isIncomplete) {
    const passages = await countEmbedded(library, modelKey, isWanted);
    if (passages > 0) {
      notCompared?.(passages);
      indexDamaged?.();
    }
    return [];
  }

  const wanted = index.slabs.filter((slab) => slab.dimensions === query.length);
  const asked = index.centre && signQuery(query, index.centre, cache.wordsHeld(wanted, query.length));
  const starts = startsOf(wanted);
  const scores = new Float32Array(starts.at(-1) ?? 0);
  const slabs = await loadSlabs(stores, modelKey, index, wanted, cache, damage, ({ signs }, place) => {
    const [from, to] = [starts[place] as number, starts[place + 1] as number];
    if (asked && signs) estimateAll(asked, signs, isWanted, scores, from);
    else scores.fill(Number.NEGATIVE_INFINITY, from, to);
  });
  const { generation } = index;
  const found: SimilarPassage[] = [];
  for (const { signs, blocks = [] } of slabs) {
    if (!asked || !signs) for (const { block } of blocks) scoreBlock(query, block, isWanted, found);
  }
  if (asked) {
    const signed = slabs.map(({ number, revision, signs, blocks = [] }) => signs && { number, generation, revision, signs, blocks });
    const candidates = bestOf(asked, signed, starts, scores, Math.max(mostRescored, limit));
    const unread = await rescore(new ExactScores(stores.blocks, modelKey, query, damage, cache.blocks), candidates, limit, found);
    const expected = expectedCosine(candidates.map(({ estimate }) => estimate));
    for (const { id, at, estimate, deviation } of expectedTo > limit ? unread.slice(0, expectedTo) : []) {
      found.push({ id, score: expected(estimate, deviation), unread: at });
    }
  }

  if (found.length > 0) measured?.(rangeOf(query, index, found));
  const lost = [...damage.values()].reduce((sum, passages) => sum + passages, 0);
  if (lost > 0) notCompared?.(lost);
  // A search does not fail for what it could not mend: the next one finds it again.
  if (damage.size > 0) await mendVectors(library, modelKey, new Set(damage.keys())).catch(() => {});
  return found.sort(bestFirst).slice(0, expectedTo);
}

/** While no slab is full, all passages were compared; later their mean is known from the centre. */
function rangeOf(query: Float32Array, { centre, slabs }: VectorIndex, found: readonly SimilarPassage[]): SimilarityRange {
  const mean = centre
    ? centre.reduce((sum, component, place) => sum + component * (query[place] ?? 0), 0)
    : found.reduce((sum, { score }) => sum + score, 0) / found.length;
  return { passages: slabs.reduce((sum, { alive }) => sum + alive, 0), mean };
}

interface Stores {
  readonly signs: LightReads<PackedVectors>;
  readonly blocks: LightReads<PackedVectors, [string, number]>;
}

type IsWanted = VectorSearchOptions['isWanted'];

const bestFirst = (a: SimilarPassage, b: SimilarPassage) => b.score - a.score || a.id - b.id;

/**
 * These slabs, from memory where they have not changed.
 * @param loaded told of each, and its place among them, as soon as it is there: what is read takes longer than what is reckoned meanwhile
 */
async function loadSlabs(
  stores: Stores,
  modelKey: string,
  index: VectorIndex,
  wanted: readonly VectorSlab[],
  cache: VectorCache,
  damage: Damage,
  loaded: (slab: CachedSlab, place: number) => void,
): Promise<CachedSlab[]> {
  const words = cache.wordsHeld(wanted, wanted[0]?.dimensions ?? 0);
  const slabs = wanted.map((slab) => cache.find(index, slab, words));
  for (const [place, slab] of slabs.entries()) if (slab) loaded(slab, place);
  const missing = wanted.flatMap((slab, place) => (slabs[place] ? [] : [{ slab, place }]));
  for (let from = 0; from < missing.length; from += slabsPerRead) {
    await Promise.all(
      missing.slice(from, from + slabsPerRead).map(async ({ slab, place }) => {
        const slabLoaded = await loadSlab(stores, modelKey, slab, words, damage);
        slabs[place] = slabLoaded;
        loaded(slabLoaded, place);
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
    if (signs?.dimensions === slab.dimensions && signs.count === slab.count) return { number, revision, signs: shorten(signs, words) };
    damage.set(number, 0);
  }
  const { blocks, alive, damaged } = await readBlocks(stores.blocks, modelKey, slab);
  if (damaged.length > 0 || alive !== slab.alive) {
    damage.set(number, Math.max(slab.alive - alive, 0));
  }
  return { number, revision, blocks };
}

function scoreBlock(query: Float32Array, block: VectorBlock, isWanted: IsWanted, found: SimilarPassage[]): void {
  for (let place = 0; place < block.count; place++) {
    const id = block.passageIds[place] as PassageId;
    if (id === 0 || isWanted?.(id) === false) continue;
    found.push({ id, score: cosineToCodes(query, block.codes, place * block.dimensions, block.factors[place] as number) });
  }
}

interface Candidate {
  readonly id: PassageId;
  readonly at: VectorPlace;
  readonly estimate: number;
  readonly deviation: number;
}

/** Where the scores of each slab begin, and last how many there are. */
function startsOf(slabs: readonly VectorSlab[]): Uint32Array {
  const starts = new Uint32Array(slabs.length + 1);
  for (const [place, { count }] of slabs.entries()) starts[place + 1] = (starts[place] as number) + count;
  return starts;
}

/** Fills `scores` from `from` on by the coarse query; minus infinity for what is not wanted. */
function estimateAll(asked: SignQuery, signs: SlabSigns, isWanted: IsWanted, scores: Float32Array, from: number): void {
  asked.scan(signs, scores, from);
  if (!isWanted && !signs.passageIds.includes(0)) return;
  for (let place = 0; place < signs.count; place++) {
    const id = signs.passageIds[place] as PassageId;
    if (id === 0 || isWanted?.(id) === false) scores[from + place] = Number.NEGATIVE_INFINITY;
  }
}

/**
 * The best by the query at full precision, of those that are best by the coarse one; the best first.
 * @param scores by the coarse query; those of each slab begin at its `starts`
 */
function bestOf(
  asked: SignQuery,
  slabs: readonly (SignedSlab | undefined)[],
  starts: Uint32Array,
  scores: Float32Array,
  count: number,
): Candidate[] {
  const estimated = Math.min(mostEstimated, Math.max(leastEstimated, Math.ceil(scores.length / passagesPerEstimate)));
  const places = selectBest(scores, Math.max(estimated, count));
  const estimates = new Float32Array(places.length);
  const numbers = new Uint32Array(places.length);
  let number = 0;
  // By their numbers: pairs made for thousands of places take as long as the estimates.
  for (let index = 0; index < places.length; index++) {
    const at = places[index] as number;
    while (at >= (starts[number + 1] as number)) number += 1;
    numbers[index] = number;
    estimates[index] = asked.estimate((slabs[number] as SignedSlab).signs, at - (starts[number] as number));
  }
  return selectBest(estimates, count)
    .map((index) => {
      const slab = slabs[numbers[index] as number] as SignedSlab;
      const place = (places[index] as number) - (starts[numbers[index] as number] as number);
      const id = slab.signs.passageIds[place] as PassageId;
      return { id, at: { slab, place }, estimate: estimates[index] as number, deviation: asked.deviation(slab.signs, place) };
    })
    .sort((a, b) => b.estimate - a.estimate);
}

/**
 * Adds the scores of the best candidates to `found`: of those that are best by estimate, and then of all that may belong among the very best for all that
 * is known of them.
 * @returns the candidates whose codes were not read
 */
async function rescore(
  scores: ExactScores,
  candidates: readonly Candidate[],
  limit: number,
  found: SimilarPassage[],
): Promise<Candidate[]> {
  const read = async (some: readonly Candidate[]) => {
    const exact = await Promise.all(some.map(({ at }) => scores.of(at)));
    some.forEach(({ id }, place) => {
      const score = exact[place];
      if (score !== undefined) found.push({ id, score });
    });
  };
  const first = Math.max(limit, leastRescored);
  await read(candidates.slice(0, first));
  let unread = candidates.slice(first);
  for (let atOnce = first * growth; ; atOnce *= growth) {
    const sure = found.sort(bestFirst)[Math.min(limit, surePassages) - 1]?.score ?? -1;
    const open = unread.filter(({ estimate, deviation }) => estimate + deviationsAllowed * deviation >= sure).slice(0, atOnce);
    if (open.length === 0) return unread;
    await read(open);
    const done = new Set(open);
    unread = unread.filter((candidate) => !done.has(candidate));
  }
}
