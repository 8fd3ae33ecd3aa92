import type { PassageLengths } from '../../core/lexical/passage-lengths';
import type { LibraryTotals } from '../schema';

/**
 * The lengths of all passages, kept between searches. What belongs to the library as it is now is told by its totals: whatever is added raises the next
 * passage's number, between two additions the number of passages only falls, and what is counted anew raises a revision.
 */
export class LengthsCache {
  #kept: { readonly totals: LibraryTotals; readonly lengths: PassageLengths } | undefined;

  get isEmpty(): boolean {
    return this.#kept === undefined;
  }

  /** Not to be changed. */
  get({ nextPassageId, passages, length, lengthsRevision }: LibraryTotals): PassageLengths | undefined {
    const before = this.#kept?.totals;
    const isOfAll = before?.nextPassageId === nextPassageId && before.passages === passages && before.length === length;
    return isOfAll && before.lengthsRevision === lengthsRevision ? this.#kept?.lengths : undefined;
  }

  keep(totals: LibraryTotals, lengths: PassageLengths): void {
    this.#kept = { totals, lengths };
  }
}
