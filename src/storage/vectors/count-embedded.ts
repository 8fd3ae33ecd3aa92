import type { PassageId } from '../../core/pages/page';
import type { Library } from '../schema';

/** How many passages have vectors of a model, by their pages; of those that are wanted. */
export async function countEmbedded(
  library: Library,
  modelKey: string,
  isWanted: (passageId: PassageId) => boolean = () => true,
): Promise<number> {
  const transaction = library.transaction(['pages', 'scopeSlabs']);
  const pages = new Set(await transaction.objectStore('pages').index('byModel').getAllKeys(modelKey));
  let count = 0;
  if (pages.size === 0) return count;
  for (const { pageIds, firstPassageIds, passageCounts } of await transaction.objectStore('scopeSlabs').getAll()) {
    pageIds.forEach((pageId, at) => {
      if (!pages.has(pageId)) return;
      const first = firstPassageIds[at] ?? 0;
      for (let id = first; id < first + (passageCounts[at] ?? 0); id++) if (isWanted(id as PassageId)) count += 1;
    });
  }
  return count;
}
