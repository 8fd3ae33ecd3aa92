import type { Library } from '../../storage/schema';
import { deleteTuning } from '../../storage/tuning/retrieval-tunings';
import { forgetModel, readVectorModels, unmarkPages } from '../../storage/vectors/vector-models';
import { dropModel } from '../../storage/vectors/vector-slabs';

export interface DeletionTools {
  /** See `forgetUnusedKey`. */
  readonly forgetUnusedKey: () => Promise<void>;
  /** Called before the work, of which the worker may not live to see the end. */
  readonly begin: () => void;
}

/**
 * Deletes a piece of the vectors that nobody needs any more: first the pages no longer claim them, then they go, then the model is forgotten. Where it is cut
 * off, the next call goes on.
 * @returns whether there was anything to do
 */
export async function deleteUnwantedVectors(library: Library, { forgetUnusedKey, begin }: DeletionTools): Promise<boolean> {
  const [modelKey] = (await readVectorModels(library)).unwanted;
  if (modelKey === undefined) return false;
  begin();
  if (await unmarkPages(library, modelKey)) return true;
  await dropModel(library, modelKey);
  await deleteTuning(library, modelKey);
  await forgetUnusedKey();
  await forgetModel(library, modelKey);
  return true;
}
