import type { PageId, PassageId } from '../../core/pages/page';
import { restoreVector } from '../../core/vectors/quantize-vector';
import { PassageReader } from '../pages/passage-reader';
import type { Library } from '../schema';
import { readPageVectors } from './read-page-vectors';

/** The vectors of these passages to the precision they are stored with, of length 1. Those that have none of this model, or a damaged one, are left out. */
export async function readPassageVectors(
  library: Library,
  modelKey: string,
  ids: readonly PassageId[],
): Promise<Map<PassageId, Float32Array>> {
  const passages = await new PassageReader(library).passages(ids);
  const wantedOf = new Map<PageId, PassageId[]>();
  for (const passage of passages) if (passage) wantedOf.set(passage.pageId, [...(wantedOf.get(passage.pageId) ?? []), passage.id]);
  const vectors = new Map<PassageId, Float32Array>();
  for (const [pageId, wanted] of wantedOf) {
    const firstId = (await library.get('indexedPages', pageId))?.firstPassageId ?? 0;
    const ofPage = await readPageVectors(library, pageId, modelKey);
    for (const id of wanted) {
      const stored = ofPage[id - firstId];
      if (!stored) continue;
      const vector = new Float32Array(stored.codes.length);
      restoreVector(stored.codes, 0, stored.factor, vector);
      vectors.set(id, vector);
    }
  }
  return vectors;
}
