import type { Reading } from '../../core/pages/reading';
import { undefinedIfNotFound } from '../../core/problem';
import type { ReadPassage } from '../../core/search/choose-context';
import type { RankedPassage } from '../../core/search/search';
import { readPage } from '../../storage/pages/pages';
import type { Library } from '../../storage/schema';

/**
 * Reads the pages that passages stand in. A passage whose page has gone since it was found is left out.
 * @param readings pages that passages may stand in besides those of the library
 */
export async function readFoundPassages(
  library: Library,
  passages: readonly RankedPassage[],
  readings: readonly Reading[] = [],
): Promise<ReadPassage[]> {
  const unsaved = new Map(readings.map((reading) => [reading.id, reading]));
  const versions = new Map<string, ReturnType<typeof readPage>>();
  const readOnce = ({ pageId, version }: RankedPassage) => {
    const key = `${pageId} ${version}`;
    const reading = versions.get(key) ?? readPage(library, pageId, version);
    versions.set(key, reading);
    return reading;
  };
  const read = await Promise.all(
    passages.map(async (passage): Promise<ReadPassage[]> => {
      const reading = unsaved.get(passage.pageId);
      if (reading) return [{ ...passage, page: reading.page, pageVersion: reading.version, isUnsaved: true }];
      const saved = await readOnce(passage).catch(undefinedIfNotFound);
      return saved ? [{ ...passage, page: saved.page, pageVersion: saved.version }] : [];
    }),
  );
  return read.flat();
}
