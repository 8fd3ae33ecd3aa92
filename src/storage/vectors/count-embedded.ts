import type { PassageId } from '../../core/pages/page';
import { readScopeEntries } from '../pages/scope-slabs';
import type { Library } from '../schema';

/** How many passages have vectors of a model, by their pages; of those that are wanted. */
export async function countEmbedded(
  library: Library,
  modelKey: string,
  isWanted: (passageId: PassageId) => boolean = () => true,
): Promise<number> {
  const pages = new Set(await library.getAllKeysFromIndex('pages', 'byModel', modelKey));
  let count = 0;
  if (pages.size === 0) return count;
  for (const { id: pageId, firstPassageId, passageCount } of await readScopeEntries(library)) {
    if (!pages.has(pageId)) continue;
    for (let id = firstPassageId; id < firstPassageId + passageCount; id++) if (isWanted(id)) count += 1;
  }
  return count;
}
