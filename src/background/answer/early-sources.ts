import type { SearchReport, Source } from '../../core/conversation/conversation';
import type { AnswerTools } from './answer-tools';
import { attempt } from './attempt';
import type { PreparedAnswer } from './prepare-answer';

/**
 * What words alone find, to be shown while a server is asked for the question's vector: words are looked up here, and wait for nobody.
 * @returns nothing where no server is asked, or all there is is read, for then the sources themselves are as quick, or where words find nothing
 */
export async function earlySources(
  { understood, gather }: PreparedAnswer,
  { embeddingModel }: Pick<AnswerTools, 'embeddingModel'>,
  isWritten: boolean,
): Promise<{ readonly sources: readonly Source[]; readonly report: SearchReport } | undefined> {
  if (understood.readsInOrder) return undefined;
  const model = await attempt(embeddingModel);
  if (!('value' in model && model.value)) return undefined;
  const found = await attempt(() => gather({ isWritten, embeddingModel: async () => undefined }));
  if (!('value' in found) || found.value.searched.isWhole || found.value.sources.length === 0) return undefined;
  const sources = found.value.sources.map(({ source }) => source);
  const pagesUsed = new Set(sources.map(({ pageId }) => pageId)).size;
  return { sources, report: { ...found.value.searched, passagesUsed: sources.length, pagesUsed } };
}
