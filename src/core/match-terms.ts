import { isWithinEdits } from './edit-distance';
import {
  chooseTerms,
  completesWord,
  FoundTerms,
  KeptTerms,
  maximumGrams,
  maybeExact,
  type TermMatch,
  type TermSource,
} from './found-terms';
import type { QueryWord } from './query-words';
import { DictionaryReader } from './term-dictionary';
import { TermIndex } from './term-index';
import { hashGrams } from './word-grams';

export interface WordMatches {
  /** Each term of each segment once. */
  readonly terms: readonly TermMatch[];
  /** The weight of the word's grams together; see `TermMatcher.matches`. */
  readonly gramWeight: number;
}

/** Each is compared with all terms that begin like it; a text with more unknown words has no typing mistakes but a language of its own. */
const misspelledWords = 8;
/** Words of fewer letters are spelled right, or there would be too many that they could be. */
const shortestMisspelling = 4;
/** From so many letters on, two of them may be wrong. */
const twoEditsFrom = 8;

const filterBits = 14;

/**
 * Finds, among all terms of the dictionaries, those that are a word of the question, are like it, or begin with it. A stretch of a dictionary as it is
 * stored is looked through from one end to the other, some ten million terms a second, which spares an index of grams on the disk and reading it; one
 * that was laid open in memory is only looked into where a gram of a word stands.
 */
export class TermMatcher {
  readonly #words: readonly Word[];
  /** Which word has a gram, and as which of its bits. */
  readonly #uses = new Map<number, { word: number; bit: number }[]>();
  /** A term's gram is looked up only if its bit is set here, which is rare. */
  readonly #filter = new Uint8Array(1 << filterBits);
  readonly #hashes = new Int32Array(300);
  readonly #masks: Int32Array;
  readonly #found: readonly FoundTerms[];
  #sources = 0;
  /** The words that misspellings are looked for of. */
  #unknown: readonly number[] = [];

  constructor(words: readonly QueryWord[]) {
    this.#words = words.map(wordOf);
    this.#masks = new Int32Array(words.length);
    this.#found = words.map(() => new FoundTerms());
    this.#words.forEach((word, index) => {
      for (const { gram, bit } of word.grams) this.#use(gram, index, bit);
    });
  }

  #use(hash: number, word: number, bit: number): void {
    const uses = this.#uses.get(hash);
    if (uses) uses.push({ word, bit });
    else this.#uses.set(hash, [{ word, bit }]);
    this.#filter[hash >>> (32 - filterBits)] = 1;
  }

  /** Looks through a stretch of a segment's dictionary. */
  scan(stretch: Uint8Array | TermIndex, segment: number): void {
    if (stretch instanceof TermIndex) this.#lookInto(stretch, segment);
    else this.#lookThrough(stretch, segment);
  }

  #lookThrough(stretch: Uint8Array, segment: number): void {
    const reader = new DictionaryReader(stretch);
    const { units } = reader;
    const kept = new KeptTerms();
    const source = this.#sourceOf(kept, segment);
    const hashes = this.#hashes;
    const filter = this.#filter;
    /** Which grams of the term passed the filter. Those at its beginning are often those of the term before. */
    const hits = new Uint16Array(hashes.length);
    let hit = 0;
    const unfinished = this.#words.findIndex((word) => word.beginning !== undefined);
    const beginning = this.#words[unfinished]?.beginning;
    while (reader.next()) {
      const count = hashGrams(units, reader.length, hashes, reader.shared);
      const unchanged = Math.max(0, reader.shared - 2);
      while (hit > 0 && (hits[hit - 1] as number) >= unchanged) hit -= 1;
      for (let at = unchanged; at < count; at++) if (filter[(hashes[at] as number) >>> (32 - filterBits)] !== 0) hits[hit++] = at;
      const completes = startsWith(units, reader.length, beginning);
      if (hit === 0 && !completes) continue;
      if (completes) this.#masks[unfinished] = completesWord;
      for (let at = 0; at < hit; at++) this.#note(hashes[hits[at] as number] as number);
      for (let index = 0; index < this.#masks.length; index++) {
        const mask = this.#masks[index] as number;
        if (mask === 0) continue;
        this.#masks[index] = 0;
        const word = this.#words[index] as Word;
        const isExact = mayBeExact(mask, word) && isWord(word, units.subarray(0, reader.length));
        if (this.#found[index]?.isWanted(mask, isExact, reader.passages, gramsOf(word))) {
          this.#found[index]?.add(mask, isExact, { source, term: kept.add(reader) });
        }
      }
    }
  }

  /** Notes in the masks which words have a gram. */
  #note(hash: number): void {
    for (const { word, bit } of this.#uses.get(hash) ?? []) this.#masks[word] = (this.#masks[word] as number) | bit;
  }

  #lookInto(terms: TermIndex, segment: number): void {
    const source = this.#sourceOf(terms, segment);
    const masks = new Int32Array(terms.count);
    const touched = new Uint32Array(terms.count);
    this.#words.forEach((word, index) => {
      let count = 0;
      for (const { gram, bit } of word.grams) count = terms.mark(gram, bit, masks, touched, count);
      const [from, to] = word.beginning ? terms.beginningWith(word.beginning) : [0, 0];
      for (let term = from; term < to; term++) {
        if (masks[term] === 0) touched[count++] = term;
        masks[term] = (masks[term] as number) | completesWord;
      }
      const found = this.#found[index] as FoundTerms;
      for (let at = 0; at < count; at++) {
        const term = touched[at] as number;
        const mask = masks[term] as number;
        masks[term] = 0;
        const isExact = mayBeExact(mask, word) && isWord(word, terms.units(term));
        if (found.isWanted(mask, isExact, terms.passages(term), gramsOf(word))) found.add(mask, isExact, { source, term });
      }
    });
  }

  /**
   * Looks through a stretch again for what the words that were not found may be misspellings of. To be called for all stretches when
   * `hasUnknownWords` says so.
   */
  scanForMisspellings(stretch: Uint8Array | TermIndex, segment: number): void {
    if (stretch instanceof TermIndex) {
      const source = this.#sourceOf(stretch, segment);
      for (const index of this.#unknown) {
        const [from, to] = stretch.beginningWith(this.#stemOf(index).subarray(0, 1));
        for (let term = from; term < to; term++) {
          if (this.#isMisspelling(index, stretch.units(term))) this.#found[index]?.misspellings.push({ source, term });
        }
      }
      return;
    }
    const reader = new DictionaryReader(stretch);
    const kept = new KeptTerms();
    const source = this.#sourceOf(kept, segment);
    while (reader.next()) {
      const units = reader.units.subarray(0, reader.length);
      for (const index of this.#unknown) {
        if (this.#isMisspelling(index, units)) this.#found[index]?.misspellings.push({ source, term: kept.add(reader) });
      }
    }
  }

  #sourceOf(terms: TermSource['terms'], segment: number): TermSource {
    return { terms, segment, order: this.#sources++ };
  }

  #isMisspelling(index: number, units: Uint16Array): boolean {
    const stem = this.#stemOf(index);
    return isWithinEdits(stem, units, units.length, editsOf(stem));
  }

  #stemOf(index: number): Uint16Array {
    return this.#words[index]?.stems[0]?.units ?? new Uint16Array(0);
  }

  /** Whether there are words that none of the dictionaries holds. To be asked after the last `scan`. */
  hasUnknownWords(): boolean {
    const unknown = this.#words.flatMap(({ stems, beginning }, index) => {
      const isKnown = beginning !== undefined || (this.#found[index]?.exact.length ?? 0) > 0;
      return isKnown || (stems[0]?.units.length ?? 0) < shortestMisspelling ? [] : [index];
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
      const grams = this.#words[index]?.stems[0]?.grams ?? 0;
      const weights = found.passagesByGram(grams).map(rarity);
      const gramWeight = weights.reduce((sum, weight) => sum + weight, 0);
      const similarityOf = (mask: number) => weights.reduce((sum, weight, at) => (mask & (1 << at) ? sum + weight : sum), 0) / gramWeight;
      return { gramWeight, terms: chooseTerms(found, gramWeight > 0 ? similarityOf : () => 0) };
    });
  }
}

interface Stem {
  readonly units: Uint16Array;
  /** How many different ones it has. */
  readonly grams: number;
}

interface Word {
  /** The first is the one that others are compared with. */
  readonly stems: readonly Stem[];
  /** Each gram of the first stem with a bit of its own; of the others with the one that says no more than that a term may be the word. */
  readonly grams: readonly { readonly gram: number; readonly bit: number }[];
  /** The bits of all grams of the first stem. */
  readonly all: number;
  readonly beginning: Uint16Array | undefined;
}

function wordOf({ stems, beginning }: QueryWord): Word {
  const known = stems.map((stem) => {
    const units = unitsOf(stem);
    const hashes = new Int32Array(units.length + 2);
    return { units, grams: [...new Set(hashes.subarray(0, hashGrams(units, units.length, hashes)))].slice(0, maximumGrams) };
  });
  return {
    stems: known.map(({ units, grams }) => ({ units, grams: grams.length })),
    grams: known.flatMap(({ grams }, order) => grams.map((gram, at) => ({ gram, bit: order === 0 ? 1 << at : maybeExact }))),
    all: known[0]?.grams.reduce((all, _, at) => all | (1 << at), 0) ?? 0,
    beginning: beginning === undefined ? undefined : unitsOf(beginning),
  };
}

/** Of the stem that others are compared with. */
function gramsOf({ stems: [first] }: Word): number {
  return first?.grams ?? 0;
}

function mayBeExact(mask: number, { all }: Word): boolean {
  return (mask & maybeExact) !== 0 || (mask & all) === all;
}

function isWord({ stems }: Word, units: Uint16Array): boolean {
  return stems.some((stem) => stem.units.length === units.length && startsWith(units, units.length, stem.units));
}

function unitsOf(text: string): Uint16Array {
  return Uint16Array.from(text.slice(0, 255), (_, index) => text.charCodeAt(index));
}

function editsOf(stem: Uint16Array): number {
  return stem.length >= twoEditsFrom ? 2 : 1;
}

function startsWith(units: Uint16Array, length: number, beginning: Uint16Array | undefined): boolean {
  if (!beginning || beginning.length > length) return false;
  for (let at = 0; at < beginning.length; at++) if (units[at] !== beginning[at]) return false;
  return true;
}
