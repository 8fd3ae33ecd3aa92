import { type Library, vectorStores } from '../schema';
import { readIndex } from './stored-index';

/** How many vectors of a model are stored of each length; none for a model that has no vectors. */
export async function vectorLengths(library: Library, modelKey: string): Promise<ReadonlyMap<number, number>> {
  const index = await readIndex(library.transaction(vectorStores), modelKey);
  const lengths = new Map<number, number>();
  for (const { dimensions, alive } of index?.slabs ?? []) {
    if (alive > 0) lengths.set(dimensions, (lengths.get(dimensions) ?? 0) + alive);
  }
  return lengths;
}
