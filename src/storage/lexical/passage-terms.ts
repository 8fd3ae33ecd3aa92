import { analyzeText } from '../../core/lexical/analyze-text';
import type { PassageId } from '../../core/pages/page';
import { RecentMap } from '../../core/recent-map';
import type { PassageReader } from '../pages/passage-reader';

/** A megabyte or two. */
const maximumPassages = 1_000;

/** The terms of passages in order, kept between searches: the text of a passage never changes, and its id is never given to another. */
export class PassageTerms {
  readonly #kept = new RecentMap<PassageId, readonly string[]>(maximumPassages);

  /**
   * In the order of the ids; none for a passage that went away since it was found.
   * @param languageOf what is known of passages' languages without reading it
   */
  async of(
    ids: readonly PassageId[],
    reader: Pick<PassageReader, 'bodies'>,
    languageOf: (id: PassageId) => string | undefined,
  ): Promise<(readonly string[])[]> {
    // Taken at once: what is kept may go whenever more is put there.
    const known = new Map(ids.map((id) => [id, this.#kept.get(id)]));
    const wanted = ids.filter((id) => !known.get(id));
    const bodies = wanted.length > 0 ? reader.bodies(wanted, languageOf) : [];
    // Each as soon as it is there: the others are read meanwhile.
    await Promise.all(
      bodies.map(async (reading, index) => {
        const text = await reading;
        if (!text) return;
        const id = wanted[index] as PassageId;
        const terms = analyzeText(text.body, text.language);
        known.set(id, terms);
        this.#kept.set(id, terms);
      }),
    );
    return ids.map((id) => known.get(id) ?? []);
  }
}
