import { findAlike, RunTallies } from './alike-terms';
import { findCompleting } from './completing-terms';
import { chooseTerms, FoundTerms, foundTerm, type TermMatch } from './found-terms';
import type { IndexedDictionary } from './indexed-dictionary';
import { forEachMisspelling } from './misspelled-terms';
import type { QueryWord } from './query-words';
import { type AddTerm, TermScan } from './scan-terms';
import { type SoughtTerm, soughtTerm } from './sought-term';

export interface WordMatches {
  /** Each term of each segment once. */
  readonly terms: readonly TermMatch[];
  /** The weight of the word's grams together; see `TermMatcher.matches`. */
  readonly gramWeight: number;
}

/** Each is compared with many terms that begin like it; a text with more unknown words has no typing mistakes but a language of its own. */
const misspelledWords = 8;

/**
 * Finds, among all terms of the dictionaries, those that are a word of the question, are like it, or begin with it. A small dictionary is looked through from
 * one end to the other; of a large one only those terms are looked at that may answer.
 */
export class TermMatcher {
  /** The hashes of the grams that are looked up. */
  readonly grams: ReadonlySet<number>;
  readonly #words: readonly SoughtTerm[];
  readonly #scan: TermScan;
  readonly #found: readonly FoundTerms[];
  readonly #scanned: { readonly stretch: Uint8Array; readonly segment: number }[] = [];
  readonly #indexed: IndexedDictionary[] = [];
  #places = 0;

  constructor(words: readonly QueryWord[]) {
    this.#words = words.map(soughtTerm);
    this.grams = new Set(this.#words.flatMap(({ grams, gramCount }) => grams.slice(0, gramCount).map(({ gram }) => gram)));
    this.#scan = new TermScan(this.#words);
    this.#found = words.map(() => new FoundTerms());
  }

  /** Looks through a stretch of a segment's dictionary; those of a segment come in order. */
  scan(stretch: Uint8Array, segment: number): void {
    if (this.#words.length === 0) return;
    this.#scan.scan(stretch, this.#adding(segment));
    this.#scanned.push({ stretch, segment });
  }

  #adding(segment: number): AddTerm {
    return (word, term, mask, isExact) => this.#found[word]?.add(mask, isExact, foundTerm(segment, this.#places++, term));
  }

  /** Segments come in order of their numbers. */
  addIndexed(dictionary: IndexedDictionary): void {
    const entries = new Map([...this.grams].map((gram) => [gram, dictionary.gramOf(gram)]));
    this.#indexed.push({ ...dictionary, gramOf: (gram) => entries.get(gram) });
    this.#words.forEach(({ stems }, word) => {
      const { exact } = this.#found[word] as FoundTerms;
      for (const stem of stems) {
        dictionary.dictionary.find(stem, (term, place) => exact.push(foundTerm(dictionary.segment, place, term)));
      }
    });
  }

  /**
   * For each word the terms that answer to it, of all dictionaries that were given. How alike a term is, is the share it has in the weight of the word's grams;
   * a gram weighs by its rarity, as a term does.
   * @param rarity of what stands in so many passages
   */
  matches(rarity: (passages: number) => number): WordMatches[] {
    this.#findMisspelled();
    const tallies = new RunTallies(this.#indexed);
    return this.#words.map((word, index) => {
      const found = this.#found[index] as FoundTerms;
      findCompleting(word, this.#indexed, found);
      const passages = this.#scan.passagesByGram(index);
      const weights = word.grams.slice(0, word.gramCount).map(({ gram }, at) => {
        return rarity(this.#indexed.reduce((sum, { gramOf }) => sum + (gramOf(gram)?.passages ?? 0), passages[at] as number));
      });
      const gramWeight = weights.reduce((sum, weight) => sum + weight, 0);
      if (gramWeight === 0) return { gramWeight, terms: chooseTerms(found, () => 0) };
      const similarityOf = remembered(
        (mask) => weights.reduce((sum, weight, at) => (mask & (1 << at) ? sum + weight : sum), 0) / gramWeight,
      );
      findAlike(word, this.#indexed, weights, similarityOf, (term) => this.#scan.maskOf(index, term), found, tallies);
      return { gramWeight, terms: chooseTerms(found, similarityOf) };
    });
  }

  /** Looks for what the words that none of the dictionaries holds may be misspellings of. */
  #findMisspelled(): void {
    const unknown = this.#words.flatMap(({ edits, beginning }, index) => {
      const isKnown = beginning !== undefined || (this.#found[index]?.exact.length ?? 0) > 0;
      return isKnown || edits === 0 ? [] : [index];
    });
    const looked = unknown.slice(0, misspelledWords);
    if (looked.length === 0) return;
    for (const { stretch, segment } of this.#scanned) {
      this.#scan.scanForMisspellings(stretch, looked, (word, term) => {
        this.#found[word]?.misspellings.push(foundTerm(segment, this.#places++, term));
      });
    }
    for (const word of looked) {
      const { stems, edits } = this.#words[word] as SoughtTerm;
      const [stem] = stems;
      if (!stem) continue;
      for (const { dictionary, segment } of this.#indexed) {
        forEachMisspelling(dictionary, stem, edits, (term, place) => {
          this.#found[word]?.misspellings.push(foundTerm(segment, place, term));
        });
      }
    }
  }
}

function remembered(similarityOf: (mask: number) => number): (mask: number) => number {
  const known = new Map<number, number>();
  return (mask) => {
    const similarity = known.get(mask) ?? similarityOf(mask);
    known.set(mask, similarity);
    return similarity;
  };
}
