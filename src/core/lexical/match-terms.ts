import { compiledScans } from '../search/compiled-scans';
import { CompiledTermScan } from './compiled-term-scan';
import { chooseTerms, FoundTerms, type TermMatch } from './found-terms';
import type { QueryWord } from './query-words';
import { PlainTermScan, type TermScan } from './scan-terms';
import { type SoughtTerm, soughtTerm } from './sought-term';
import { firstUnit } from './term-dictionary';

export interface WordMatches {
  /** Each term of each segment once. */
  readonly terms: readonly TermMatch[];
  /** The weight of the word's grams together; see `TermMatcher.matches`. */
  readonly gramWeight: number;
}

/** Each is compared with all terms that begin like it; a text with more unknown words has no typing mistakes but a language of its own. */
const misspelledWords = 8;

/**
 * Finds, among all terms of the dictionaries, those that are a word of the question, are like it, or begin with it. A stretch of a dictionary is looked
 * through from one end to the other, some forty million terms a second,
 * which spares an index of grams, on the disk and in memory.
 */
export class TermMatcher {
  readonly #words: readonly SoughtTerm[];
  readonly #scan: TermScan;
  readonly #found: readonly FoundTerms[];
  #sources = 0;
  /** The words that misspellings are looked for of. */
  #unknown: readonly number[] = [];

  /** @param scanOf what looks through the stretches; both kinds find the same */
  constructor(words: readonly QueryWord[], scanOf = fastestScan) {
    this.#words = words.map(soughtTerm);
    this.#scan = scanOf(this.#words);
    this.#found = words.map(() => new FoundTerms());
  }

  /** Looks through a stretch of a segment's dictionary. Those of a segment come in order, and segments in any order. */
  scan(stretch: Uint8Array, segment: number): void {
    const records = this.#scan.scan(stretch);
    const source = { terms: records, segment, order: this.#sources++ };
    for (let term = 0; term < records.count; term++) {
      this.#found[records.word(term)]?.add(records.mask(term), records.isExact(term), { source, term });
    }
  }

  /**
   * Looks through a segment's dictionary again for what the words that were not found may be misspellings of, where terms begin as they do. To be called for
   * all segments when `hasUnknownWords` says so.
   */
  scanForMisspellings(stretches: readonly Uint8Array[], segment: number): void {
    const begins = stretches.map(firstUnit);
    stretches.forEach((stretch, at) => {
      const [least = 0, most = 0xffff] = begins.slice(at);
      const words = this.#unknown.filter((index) => {
        const unit = this.#words[index]?.stems[0]?.[0] ?? 0;
        return unit >= least && unit <= most;
      });
      if (words.length === 0) return;
      const records = this.#scan.scanForMisspellings(stretch, words);
      const source = { terms: records, segment, order: this.#sources++ };
      for (let term = 0; term < records.count; term++) this.#found[records.word(term)]?.misspellings.push({ source, term });
    });
  }

  /** Whether there are words that none of the dictionaries holds. To be asked after the last `scan`. */
  hasUnknownWords(): boolean {
    const unknown = this.#words.flatMap(({ edits, beginning }, index) => {
      const isKnown = beginning !== undefined || (this.#found[index]?.exact.length ?? 0) > 0;
      return isKnown || edits === 0 ? [] : [index];
    });
    this.#unknown = unknown.slice(0, misspelledWords);
    return unknown.length > 0;
  }

  /**
   * For each word the terms that answer to it. How alike a term is, is the share it has in the weight of the word's grams; a gram weighs by its
   * rarity, as a term does.
   * @param rarity of what stands in so many passages
   */
  matches(rarity: (passages: number) => number): WordMatches[] {
    return this.#found.map((found, index) => {
      const grams = this.#words[index]?.gramCount ?? 0;
      const weights = Array.from(this.#scan.passagesByGram(index).subarray(0, grams), rarity);
      const gramWeight = weights.reduce((sum, weight) => sum + weight, 0);
      const similarityOf = (mask: number) => weights.reduce((sum, weight, at) => (mask & (1 << at) ? sum + weight : sum), 0) / gramWeight;
      return { gramWeight, terms: chooseTerms(found, gramWeight > 0 ? similarityOf : () => 0) };
    });
  }
}

function fastestScan(words: readonly SoughtTerm[]): TermScan {
  const scans = compiledScans();
  return scans ? new CompiledTermScan(scans, words) : new PlainTermScan(words);
}
