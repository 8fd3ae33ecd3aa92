import { embeddingModelOfKey } from '../../models/openai-embedding-model';
import { forgetKeptKey, readModelAccess } from '../../storage/model-settings';
import type { Library } from '../../storage/schema';
import { readVectorModels } from '../../storage/vector-models';
import { sameOrigin } from './change-settings';

/** Forgets the key that was kept for the server of the model that answers questions, when that is on another server by now. */
export async function forgetUnusedKey(library: Library): Promise<void> {
  const { indexModel } = await readVectorModels(library);
  const { keptKey } = await readModelAccess();
  if (!keptKey) return;
  if (indexModel === undefined || !sameOrigin(keptKey.origin, embeddingModelOfKey(indexModel).baseUrl)) await forgetKeptKey();
}
