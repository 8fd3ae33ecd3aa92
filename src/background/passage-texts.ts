import type { PassageId } from '../core/page';
import { plainText } from '../core/plain-text';
import type { RankedPassage } from '../core/search';
import type { Library } from '../storage/schema';

/** As many as several words bring up while they are typed; about a megabyte. */
const mostRemembered = 500;

/** Reads passages in plain words; nothing for one whose page is gone. */
export type ReadPassageTexts = (library: Library, passages: readonly RankedPassage[]) => Promise<(string | undefined)[]>;

/**
 * Remembers the passages read last: from one letter to the next, most of what is found stays the same, and each would cost the reading
 * of a whole page. What is remembered stays true, for versions never change and no passage's id is used again.
 */
export function passageTexts(): ReadPassageTexts {
  const remembered = new Map<PassageId, string>();
  return async (library, passages) => {
    const store = library.transaction('versions').store;
    return Promise.all(
      passages.map(async ({ passageId, pageId, version, start, end, startsInCode }) => {
        let text = remembered.get(passageId);
        if (text === undefined) {
          const stored = await store.get([pageId, version]);
          if (!stored) return undefined;
          text = plainText(stored.text.slice(start, end), startsInCode);
        }
        // The map's order is the order in which they were last wanted.
        remembered.delete(passageId);
        remembered.set(passageId, text);
        for (const oldest of remembered.keys()) {
          if (remembered.size <= mostRemembered) break;
          remembered.delete(oldest);
        }
        return text;
      }),
    );
  };
}
