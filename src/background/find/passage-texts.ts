import type { PageId, PassageId } from '../../core/pages/page';
import { RecentMap } from '../../core/recent-map';
import type { RankedPassage } from '../../core/search/search';
import { readWords, type TextWord } from '../../core/text/find-matches';
import { plainText } from '../../core/text/plain-text';
import { perLibrary } from '../../storage/per-library';
import type { Library } from '../../storage/schema';
import { type OpenShownStores, shownStores } from './shown-stores';

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
export type ReadPassageTexts = (
  library: Library,
  passages: readonly RankedPassage[],
  stores?: OpenShownStores,
) => Promise<(PassageInWords | undefined)[]>;

/** A page as it was committed once. */
interface PageText {
  readonly text: string;
  readonly language: string | undefined;
  readonly firstPassageId: PassageId;
  readonly passageCount: number;
}

/**
 * Remembers the passages read last, and texts of pages: from one letter to the next, most of what is found stays the same, and each would cost the reading
 * of a whole page. What is remembered stays true, for no passage's id is used again in one library: a page that is saved or restored anew, and may have
 * another text, has others.
 */
export function passageTexts(): ReadPassageTexts {
  const rememberedOf = perLibrary(() => ({
    passages: new RecentMap<PassageId, PassageInWords>(mostRemembered),
    pages: new RecentMap<PageId, PageText>(mostTexts),
  }));
  return async (library, passages, stores = shownStores(library)) => {
    const { passages: remembered, pages } = rememberedOf(library);
    const readPage = async (passageId: PassageId, pageId: PageId, version: number) => {
      const kept = pages.get(pageId);
      if (kept && holds(kept, passageId)) return kept;
      const { versions, indexedPages } = stores();
      const [stored, indexed] = await Promise.all([versions.get([pageId, version]), indexedPages.get(pageId)]);
      if (!stored) return undefined;
      const { firstPassageId = passageId, passageCount = 0, language } = indexed ?? {};
      const page = { text: stored.text, language, firstPassageId, passageCount };
      if (holds(page, passageId) && page.text.length <= longestTextCharacters) pages.set(pageId, page);
      return page;
    };
    return Promise.all(
      passages.map(async ({ passageId, pageId, version, start, end, startsInCode }) => {
        const known = remembered.get(passageId);
        if (known) return known;
        const page = await readPage(passageId, pageId, version);
        if (!page) return undefined;
        const text = plainText(page.text.slice(start, end), startsInCode);
        const { language } = page;
        const read = { text, words: readWords(text, language), ...(language ? { language } : {}) };
        remembered.set(passageId, read);
        return read;
      }),
    );
  };
}

const holds = ({ firstPassageId, passageCount }: PageText, id: PassageId) => id >= firstPassageId && id < firstPassageId + passageCount;
