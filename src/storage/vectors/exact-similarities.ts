import type { PassageId } from '../../core/pages/page';
import { lightReads } from '../light-reads';
import { type Library, vectorStores } from '../schema';
import { type Damage, ExactScores } from './exact-scores';
import { mendVectors } from './mend-vectors';
import type { SimilarPassage } from './search-vectors';

/**
 * The cosines of passages that a search has found, read from the disk where the search has only estimated them. One whose codes are damaged, or were changed since, has
 * none; damage is mended before this resolves.
 * @param query of length 1, the one that was searched for
 * @param notCompared told how many passages were lost to damage, if any
 */
export async function exactSimilarities(
  library: Library,
  modelKey: string,
  query: Float32Array,
  passages: readonly SimilarPassage[],
  notCompared: (passages: number) => void,
): Promise<Map<PassageId, number>> {
  const similarities = new Map(passages.flatMap(({ id, score, unread }) => (unread ? [] : [[id, score]])));
  const unread = passages.flatMap(({ id, unread }) => (unread ? [{ id, place: unread }] : []));
  if (unread.length === 0) return similarities;

  const damage: Damage = new Map();
  const transaction = library.transaction(vectorStores);
  const scores = new ExactScores(lightReads(transaction.objectStore('vectorBlocks')), modelKey, query, damage);
  await Promise.all(
    unread.map(async ({ id, place }) => {
      const score = await scores.of(place);
      if (score !== undefined) similarities.set(id, score);
    }),
  );
  if (damage.size === 0) return similarities;

  // What is no longer as it was when the search went over it is not damaged for that.
  const index = await transaction.objectStore('vectorIndexes').get(modelKey);
  const revisions = new Map(index?.slabs.map(({ number, revision }) => [number, revision]));
  for (const { place } of unread) if (revisions.get(place.slab.number) !== place.slab.revision) damage.delete(place.slab.number);
  if (damage.size === 0) return similarities;
  notCompared([...damage.values()].reduce((sum, lost) => sum + lost, 0));
  await mendVectors(library, modelKey, new Set(damage.keys())).catch(() => {});
  return similarities;
}
