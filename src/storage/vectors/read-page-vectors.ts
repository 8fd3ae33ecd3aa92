import type { PageId } from '../../core/pages/page';
import type { QuantizedVector } from '../../core/vectors/quantize-vector';
import type { Library } from '../schema';
import { openBlock } from './vector-records';

/**
 * The vectors of a page's passages in the order of the passages, as they are stored; `undefined` where a passage has none of this model, or it is
 * damaged. Empty when the page is not in the index.
 */
export async function readPageVectors(library: Library, pageId: PageId, modelKey: string): Promise<(QuantizedVector | undefined)[]> {
  const transaction = library.transaction(['indexedPages', 'vectorBlocks']);
  const indexed = await transaction.objectStore('indexedPages').get(pageId);
  if (!indexed) return [];
  const vectors = new Array<QuantizedVector | undefined>(indexed.passageCount).fill(undefined);
  for (const { block: number, modelKey: key } of indexed.vectorBlocks) {
    if (key !== modelKey) continue;
    const block = openBlock(await transaction.objectStore('vectorBlocks').get([modelKey, number]));
    block?.passageIds.forEach((id, place) => {
      const passage = id - indexed.firstPassageId;
      if (id === 0 || passage < 0 || passage >= indexed.passageCount) return;
      const codes = block.codes.slice(place * block.dimensions, (place + 1) * block.dimensions);
      vectors[passage] = { codes, factor: block.factors[place] as number };
    });
  }
  return vectors;
}
