import type { ModelSettings } from '../../core/models/settings';
import { embeddingModelKey, embeddingModelOfKey } from '../../models/openai-embedding-model';
import type { Library } from '../../storage/schema';
import { readModelAccess, readModelSettings, writeModelAccess } from '../../storage/settings/model-settings';
import { readIndexModel } from '../../storage/vectors/vector-models';
import type { TrainingAddresses } from '../tuning/train/training-addresses';
import { changeAccess } from './change-settings';
import { followSettings } from './follow-settings';

/**
 * Stores what is set about models, and has the work that needs one follow.
 * @param apiKey as in `changeAccess`
 * @param addresses whose jobs may go on with the key of the server that is left
 */
export async function changeModels(
  library: Library,
  settings: ModelSettings,
  apiKey: string | undefined,
  addresses: Pick<TrainingAddresses, 'chatMoves'>,
): Promise<void> {
  const indexModel = await readIndexModel(library);
  const indexUrl = indexModel === undefined ? undefined : embeddingModelOfKey(indexModel).baseUrl;
  const keyBefore = await embeddingKey();
  // First, so that it is kept whenever the worker dies.
  await addresses.chatMoves({ baseUrl: settings.baseUrl, newKey: apiKey });
  await writeModelAccess(changeAccess(await readModelAccess(), settings, apiKey, indexUrl));
  await followSettings(library, keyBefore, await embeddingKey());
}

/** The key of the embedding model that is chosen; `undefined` when there is none. */
export async function embeddingKey(): Promise<string | undefined> {
  const { baseUrl, embeddingModel } = await readModelSettings();
  return baseUrl && embeddingModel ? embeddingModelKey(baseUrl, embeddingModel) : undefined;
}
