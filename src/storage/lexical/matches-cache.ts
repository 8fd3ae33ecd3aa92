import type { WordMatches } from '../../core/lexical/match-terms';
import type { QueryWord } from '../../core/lexical/query-words';
import { RecentMap } from '../../core/recent-map';
import type { Segment } from '../schema';

/** A megabyte or two: a word has some fifty terms. */
const mostWords = 400;
/** What a beginning may become is two or three times as many. */
const mostBeginnings = 100;

/**
 * Which terms answer to words, kept between searches while the index stays the same: the small words of a question are those of the next, and all but the last
 * of what is being typed.
 */
export class MatchesCache {
  #index = '';
  #kept = new KnownMatches();

  /**
   * What is known of an index; of others it is forgotten.
   * @param passages how many may be found: parts of words are rare among those
   */
  of(segments: readonly Segment[], passages: number): KnownMatches {
    const index = `${passages}: ${segments.map(({ id }) => id)}`;
    if (index !== this.#index) this.#kept = new KnownMatches();
    this.#index = index;
    return this.#kept;
  }
}

/** Only of beginnings, and of words that stand in the index themselves: in what a word may be a misspelling of, those beside it have a say. */
export class KnownMatches {
  readonly #ofWords = new RecentMap<string, WordMatches>(mostWords);
  readonly #ofBeginnings = new RecentMap<string, WordMatches>(mostBeginnings);

  get(word: QueryWord): WordMatches | undefined {
    return this.#keptOf(word).get(keyOf(word));
  }

  keep(word: QueryWord, matches: WordMatches): void {
    const isThere = matches.terms.some(({ isExact, similarity }) => isExact && similarity === 1);
    if (isThere || word.beginning !== undefined) this.#keptOf(word).set(keyOf(word), matches);
  }

  #keptOf({ beginning }: QueryWord): RecentMap<string, WordMatches> {
    return beginning === undefined ? this.#ofWords : this.#ofBeginnings;
  }
}

const keyOf = ({ stems, beginning }: QueryWord): string => [beginning ?? '', ...stems].join('\n');
