import type { ReadPassage } from '../../core/choose-context';
import { undefinedIfNotFound } from '../../core/problem';
import type { RankedPassage } from '../../core/search';
import { readPage } from '../../storage/pages';
import type { Library } from '../../storage/schema';

/** Reads the pages that passages stand in. A passage whose page has gone since it was found is left out. */
export async function readFoundPassages(library: Library, passages: readonly RankedPassage[]): Promise<ReadPassage[]> {
  const versions = new Map<string, ReturnType<typeof readPage>>();
  const readOnce = ({ pageId, version }: RankedPassage) => {
    const key = `${pageId} ${version}`;
    const reading = versions.get(key) ?? readPage(library, pageId, version);
    versions.set(key, reading);
    return reading;
  };
  const read = await Promise.all(
    passages.map(async (passage) => {
      const saved = await readOnce(passage).catch(undefinedIfNotFound);
      return saved ? [{ ...passage, page: saved.page, pageVersion: saved.version }] : [];
    }),
  );
  return read.flat();
}
