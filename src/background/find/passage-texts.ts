import type { PageId, PassageId } from '../../core/pages/page';
import { RecentMap } from '../../core/recent-map';
import type { RankedPassage } from '../../core/search/search';
import { readWords, type TextWord } from '../../core/text/find-matches';
import { plainText } from '../../core/text/plain-text';
import { lightReads } from '../../storage/light-reads';
import { perLibrary } from '../../storage/per-library';
import type { Library } from '../../storage/schema';

/** As many as several words bring up while they are typed; about ten megabytes, most of it places of words. */
const mostRemembered = 500;

/** From one letter to the next, other passages of the same pages are found. Two megabytes of pages as they mostly are; longer ones are not kept. */
const [mostTexts, longestTextCharacters] = [120, 60_000];

export interface PassageInWords {
  /** Without marks of formatting. */
  readonly text: string;
  readonly words: readonly TextWord[];
  /** By whose rules its words are stemmed, ISO 639-1, when it is known. */
  readonly language?: string;
}

/** Reads passages in plain words; nothing for one whose page is gone. */
export type ReadPassageTexts = (library: Library, passages: readonly RankedPassage[]) => Promise<(PassageInWords | undefined)[]>;

/**
 * Remembers the passages read last, and texts of pages: from one letter to the next, most of what is found stays the same, and each would cost the reading
 * of a whole page. What is remembered stays true, for no passage's id is used again in one library.
 */
export function passageTexts(): ReadPassageTexts {
  const rememberedOf = perLibrary(() => ({
    passages: new RecentMap<PassageId, PassageInWords>(mostRemembered),
    texts: new RecentMap<string, string>(mostTexts),
  }));
  return async (library, passages) => {
    const { passages: remembered, texts } = rememberedOf(library);
    let opened: ReturnType<typeof openTexts> | undefined;
    const readText = async (
      versions: ReturnType<typeof openTexts>['versions'],
      pageId: PageId,
      version: number,
      firstPassageId?: PassageId,
    ) => {
      // By its place in the index as well, which is given but once: a page that is restored may have another text under a number that it had before.
      const key = `${firstPassageId} ${version} ${pageId}`;
      const kept = texts.get(key);
      if (kept !== undefined) return kept;
      const text = (await versions.get([pageId, version]))?.text;
      if (text !== undefined && text.length <= longestTextCharacters) texts.set(key, text);
      return text;
    };
    return Promise.all(
      passages.map(async ({ passageId, pageId, version, start, end, startsInCode }) => {
        const known = remembered.get(passageId);
        if (known) return known;
        opened ??= openTexts(library);
        const indexed = await opened.indexedPages.get(pageId);
        const whole = await readText(opened.versions, pageId, version, indexed?.firstPassageId);
        if (whole === undefined) return undefined;
        const text = plainText(whole.slice(start, end), startsInCode);
        const language = indexed?.language;
        const read = { text, words: readWords(text, language), ...(language ? { language } : {}) };
        remembered.set(passageId, read);
        return read;
      }),
    );
  };
}

function openTexts(library: Library) {
  const transaction = library.transaction(['versions', 'indexedPages']);
  return { versions: lightReads(transaction.objectStore('versions')), indexedPages: lightReads(transaction.objectStore('indexedPages')) };
}
