import { analyzeText } from '../core/analyze-text';
import type { PassageId } from '../core/page';
import type { PassageReader } from './passage-reader';

/** A megabyte or two. */
const maximumPassages = 1_000;

/** The terms of passages in order, kept between searches: the text of a passage never changes, and its id is never given to another. */
export class PassageTerms {
  readonly #kept = new Map<PassageId, readonly string[]>();

  /** None when the passage went away since it was found. */
  async of(id: PassageId, reader: PassageReader): Promise<readonly string[]> {
    const kept = this.#kept.get(id);
    if (kept) return kept;
    const text = await reader.text(id);
    if (!text) return [];
    const terms = analyzeText(text.body, text.language);
    if (this.#kept.size >= maximumPassages) this.#kept.clear();
    this.#kept.set(id, terms);
    return terms;
  }
}
