import type { PassageId } from '../../core/pages/page';
import type { RankedPassage } from '../../core/search/search';
import { readWords, type TextWord } from '../../core/text/find-matches';
import { plainText } from '../../core/text/plain-text';
import { perLibrary } from '../../storage/per-library';
import type { Library } from '../../storage/schema';

/** As many as several words bring up while they are typed; about ten megabytes, most of it places of words. */
const mostRemembered = 500;

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
 * Remembers the passages read last: from one letter to the next, most of what is found stays the same, and each would cost the reading
 * of a whole page. What is remembered stays true, for versions never change and no passage's id is used again in one library.
 */
export function passageTexts(): ReadPassageTexts {
  const rememberedOf = perLibrary(() => new Map<PassageId, PassageInWords>());
  return async (library, passages) => {
    const remembered = rememberedOf(library);
    let opened: ReturnType<typeof openVersions> | undefined;
    return Promise.all(
      passages.map(async ({ passageId, pageId, version, start, end, startsInCode }) => {
        let read = remembered.get(passageId);
        if (!read) {
          opened ??= openVersions(library);
          const [stored, indexed] = await Promise.all([
            opened.objectStore('versions').get([pageId, version]),
            opened.objectStore('indexedPages').get(pageId),
          ]);
          if (!stored) return undefined;
          const text = plainText(stored.text.slice(start, end), startsInCode);
          const language = indexed?.language;
          read = { text, words: readWords(text, language), ...(language ? { language } : {}) };
        }
        // The map's order is the order in which they were last wanted.
        remembered.delete(passageId);
        remembered.set(passageId, read);
        for (const oldest of remembered.keys()) {
          if (remembered.size <= mostRemembered) break;
          remembered.delete(oldest);
        }
        return read;
      }),
    );
  };
}

const openVersions = (library: Library) => library.transaction(['versions', 'indexedPages']);
