import type { PassageId } from '../../core/pages/page';
import { lightReads } from '../light-reads';
import { type Library, vectorStores } from '../schema';
import { type Damage, ExactScores } from './exact-scores';
import { mendVectors } from './mend-vectors';
import type { SimilarPassage } from './search-vectors';
import { readIndex } from './stored-index';
import { sharedVectorCache } from './vector-cache';

/**
 * The cosines of passages that a search has found, read from the disk where the search has only estimated them. One whose codes are damaged has none, nor one in
 * whose slab something was changed since; damage is mended before this resolves.
 * @param query of length 1, the one that was searched for
 * @param notCompared told how many passages were lost to damage, if any
 */
export async function exactSimilarities(
  library: Library,
  modelKey: string,
  query: Float32Array,
  passages: readonly SimilarPassage[],
  notCompared: (passages: number) => void,
  cache = sharedVectorCache,
): Promise<Map<PassageId, number>> {
  const similarities = new Map(passages.flatMap(({ id, score, unread }) => (unread ? [] : [[id, score]])));
  if (passages.every(({ unread }) => !unread)) return similarities;

  const damage: Damage = new Map();
  const transaction = library.transaction(vectorStores);
  const index = await readIndex(transaction, modelKey);
  const revisions = new Map(index?.slabs.map(({ number, revision }) => [number, revision]));
  const scores = new ExactScores(lightReads(transaction.objectStore('vectorBlocks')), modelKey, query, damage, cache.blocks);
  await Promise.all(
    passages.map(async ({ id, unread }) => {
      if (!unread || index?.generation !== unread.slab.generation || revisions.get(unread.slab.number) !== unread.slab.revision) return;
      const score = await scores.of(unread);
      if (score !== undefined) similarities.set(id, score);
    }),
  );
  if (damage.size === 0) return similarities;
  notCompared([...damage.values()].reduce((sum, lost) => sum + lost, 0));
  await mendVectors(library, modelKey, new Set(damage.keys())).catch(() => {});
  return similarities;
}
