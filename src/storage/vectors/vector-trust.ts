import { unknownTrust, type VectorTrust } from '../../core/search/learn-trust';
import { type Library, noVectorModels } from '../schema';

/** How far a model's vectors are to be trusted in this library, by the questions asked so far. */
export async function readVectorTrust(library: Library, modelKey: string): Promise<VectorTrust> {
  const { trust } = (await library.get('vectorModels', 'library')) ?? noVectorModels;
  if (trust?.modelKey !== modelKey) return unknownTrust;
  const { modelKey: _, ...learned } = trust;
  return learned;
}

export async function keepVectorTrust(library: Library, modelKey: string, trust: VectorTrust): Promise<void> {
  const transaction = library.transaction('vectorModels', 'readwrite');
  const models = (await transaction.store.get('library')) ?? noVectorModels;
  void transaction.store.put({ ...models, trust: { modelKey, ...trust } }, 'library');
  await transaction.done;
}
