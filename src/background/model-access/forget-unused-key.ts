import { embeddingModelOfKey } from '../../models/openai-embedding-model';
import type { Library } from '../../storage/schema';
import { forgetKeptKey, readModelAccess } from '../../storage/settings/model-settings';
import { readVectorModels } from '../../storage/vectors/vector-models';
import { sameOrigin } from './change-settings';

/** Forgets the key that was kept for the server of the model that answers questions, when that is on another server by now. */
export async function forgetUnusedKey(library: Library): Promise<void> {
  const { indexModel } = await readVectorModels(library);
  const { keptKey } = await readModelAccess();
  if (!keptKey) return;
  if (indexModel === undefined || !sameOrigin(keptKey.origin, embeddingModelOfKey(indexModel).baseUrl)) await forgetKeptKey();
}
