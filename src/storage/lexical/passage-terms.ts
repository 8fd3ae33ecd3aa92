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
    reader: PassageReader,
    languageOf: (id: PassageId) => string | undefined,
  ): Promise<(readonly string[])[]> {
    const wanted = ids.filter((id) => !this.#kept.has(id));
    const bodies = wanted.length > 0 ? reader.bodies(wanted, languageOf) : [];
    // Each as soon as it is there: the others are read meanwhile.
    await Promise.all(
      bodies.map(async (reading, index) => {
        const text = await reading;
        if (text) this.#kept.set(wanted[index] as PassageId, analyzeText(text.body, text.language));
      }),
    );
    return ids.map((id) => this.#kept.get(id) ?? []);
  }
}
