import { inverseDocumentFrequency } from './bm25';
import type { PassageLengths } from './passage-lengths';
import { type MatchedPostings, mostSaturated, type PassageScore, type PassageSums, type WeighedWord } from './passage-sums';

/**
 * What terms that are like a word add, against the word itself: the parts of a word, weighed by their rarity and added up, come to several times
 * the weight of the word. English has few forms of a word, and a stemmer that knows them; other languages gain more from parts of words. Tuned on the
 * collections of docs/search-trials.md.
 */
const gramShares = { english: 0.15, other: 0.3 } as const;

/**
 * Scores passages word by word. A word's score is BM25F of the passages that hold it in any form, and a part of BM25F of the terms that are like
 * it, taken together as if they were one word that stands as often as they do, each in the measure of its likeness.
 *
 * The words that may add most come first. Once what is left cannot bring another passage among the best, only those are looked at that may still be
 * (H. Turtle, J. Flood, "Query Evaluation: Strategies and Optimizations", 1995: MaxScore): the words that stand everywhere come last, and cost little.
 */
export class PassageScorer {
  readonly #words: WeighedWord[] = [];
  readonly #gramShare: number;

  /**
   * @param lengths of the passages that may be found
   * @param language of most of them, ISO 639-1
   * @param sums what a question before this one has left for the next; used by one question after the other, never at once
   */
  constructor(
    readonly lengths: PassageLengths,
    language: string | undefined,
    readonly sums: PassageSums,
  ) {
    this.#gramShare = language === 'en' ? gramShares.english : gramShares.other;
  }

  /** The rarity of what stands in so many passages. */
  rarity(passages: number): number {
    return inverseDocumentFrequency(this.lengths.passages, Math.min(this.lengths.passages, passages));
  }

  /**
   * @param gramWeight see `TermMatcher.matches`
   * @param emphasis see `QueryWord`
   * @param isOptional whether the word is no part of what a passage is to hold
   * @returns the rarity of the word as it counts; 0 when it stands nowhere
   */
  addWord(matches: readonly MatchedPostings[], gramWeight: number, emphasis = 1, isOptional = false): number {
    const holding = this.#countHolding(matches.filter(({ isExact }) => isExact));
    // A word of the question that stands nowhere weighs as much as one that stands once: in a small library it would outweigh all others.
    const weight = isOptional ? 0 : this.rarity(Math.max(1, holding));
    const rarity = emphasis * this.rarity(holding);
    this.#words.push({ matches, rarity, partsWeight: emphasis * this.#gramShare * gramWeight, weight });
    return holding > 0 ? rarity : 0;
  }

  /** In how many passages any of these stands. Only where that is not known of each segment are postings looked at. */
  #countHolding(matches: readonly MatchedPostings[]): number {
    const perSegment = new Map<number, number>();
    for (const { firstPassageId } of matches) perSegment.set(firstPassageId, (perSegment.get(firstPassageId) ?? 0) + 1);
    const isKnown = ({ firstPassageId, isWhole }: MatchedPostings) => isWhole && perSegment.get(firstPassageId) === 1;
    const known = matches.reduce((sum, match) => (isKnown(match) ? sum + match.passages : sum), 0);
    const others = matches.filter((match) => !isKnown(match));
    return others.length > 0 ? known + this.sums.countHolding(this.lengths, others) : known;
  }

  /** The best passages, the best first; of equals the older one. */
  best(count: number): PassageScore[] {
    const bounds = new Map(this.#words.map((word) => [word, mostSaturated * (word.rarity + word.partsWeight)]));
    const words = [...this.#words].sort((a, b) => (bounds.get(b) ?? 0) - (bounds.get(a) ?? 0));
    let left = words.reduce((sum, word) => sum + (bounds.get(word) ?? 0), 0);
    this.sums.begin(this.lengths);
    for (const word of words) {
      this.sums.add(word);
      left -= bounds.get(word) ?? 0;
      this.sums.closeTo(count, left);
    }
    const wholeWeight = this.#words.reduce((sum, { weight }) => sum + weight, 0);
    return this.sums.best(count, wholeWeight);
  }
}
