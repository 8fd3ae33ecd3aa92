import type { PageId } from '../pages/page';

/** So many passages of a page come where their scores put them: about what an answer needs of one page. */
const passagesAtFullScore = 3;
/** What each further passage of the same page counts of its score, compared with the one before it. */
const furtherPassageWeight = 0.85;

/**
 * Orders passages so that no page crowds out the rest: from its fourth passage on, a page gives way to others that are almost as good. It is a
 * discount and no limit, so that a passage never stands behind one that is clearly worse, and a page that alone bears on the question
 * may have every place.
 * @param ranked the best first; scores are positive and comparable with each other
 */
export function spreadOverPages<Passage extends { readonly pageId: PageId; readonly score: number }>(
  ranked: readonly Passage[],
): Passage[] {
  const taken = new Map<PageId, number>();
  return ranked
    .map((passage) => {
      const before = taken.get(passage.pageId) ?? 0;
      taken.set(passage.pageId, before + 1);
      return { passage, value: passage.score * furtherPassageWeight ** Math.max(0, before + 1 - passagesAtFullScore) };
    })
    .sort((one, other) => other.value - one.value)
    .map(({ passage }) => passage);
}
