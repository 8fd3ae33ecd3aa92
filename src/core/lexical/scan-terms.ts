import { isWithinEdits } from './edit-distance';
import { bitsOfGrams, completesWord, countGrams, isExactly, maximumGrams, mayAnswer, type SoughtTerm, startsWith } from './sought-term';
import { DictionaryReader } from './term-dictionary';
import { hashGrams } from './word-grams';

/** Takes a term that may answer to a word. @param mask which of the word's grams it has, a bit each; see `SoughtTerm` */
export type AddTerm = (word: number, term: DictionaryReader, mask: number, isExact: boolean) => void;

const filterBits = 14;

/** Looks through all terms of dictionaries that are too small to have an index of their grams, a stretch at a time. */
export class TermScan {
  /** Which word has a gram, and as which of its bits. */
  readonly #uses = new Map<number, { word: number; bit: number }[]>();
  /** A term's gram is looked up only if its bit is set here, which is rare. */
  readonly #filter = new Uint8Array(1 << filterBits);
  readonly #hashes = new Int32Array(300);
  readonly #masks: Int32Array;

  readonly #passages: readonly Float64Array[];

  constructor(readonly words: readonly SoughtTerm[]) {
    this.#masks = new Int32Array(words.length);
    this.#passages = words.map(() => new Float64Array(maximumGrams));
    words.forEach(({ grams }, word) => {
      for (const { gram, bit } of grams) this.#use(gram, word, bit);
    });
  }

  #use(hash: number, word: number, bit: number): void {
    const uses = this.#uses.get(hash);
    if (uses) uses.push({ word, bit });
    else this.#uses.set(hash, [{ word, bit }]);
    this.#filter[hash >>> (32 - filterBits)] = 1;
  }

  /**
   * Finds the terms that are a word, may be what it becomes, or have at least two of its grams, or one if it has few.
   * @throws RangeError when the stretch is cut short
   */
  scan(stretch: Uint8Array, add: AddTerm): void {
    const reader = new DictionaryReader(stretch);
    const { units } = reader;
    const hashes = this.#hashes;
    const filter = this.#filter;
    /** Which grams of the term passed the filter. Those at its beginning are often those of the term before. */
    const hits = new Uint16Array(hashes.length);
    let hit = 0;
    const unfinished = this.words.findIndex((word) => word.beginning !== undefined);
    const beginning = this.words[unfinished]?.beginning;
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
        this.#look(index, mask, reader, add);
      }
    }
  }

  /** Notes in the masks which words have a gram. */
  #note(hash: number): void {
    for (const { word, bit } of this.#uses.get(hash) ?? []) this.#masks[word] = (this.#masks[word] as number) | bit;
  }

  #look(index: number, mask: number, term: DictionaryReader, add: AddTerm): void {
    const word = this.words[index] as SoughtTerm;
    countGrams(mask, term.passages, this.#passages[index] as Float64Array);
    const isExact = isExactly(word, mask, term.units, term.length);
    if (mayAnswer(word, mask, isExact)) add(index, term, mask, isExact);
  }

  /** Which of the grams of a word's first stem a term has. Must have been asked of the term before, if it shares a beginning with that. */
  maskOf(index: number, { units, length, shared }: DictionaryReader): number {
    const hashes = this.#hashes;
    const count = hashGrams(units, length, hashes, shared);
    let mask = 0;
    for (let at = 0; at < count; at++) {
      const hash = hashes[at] as number;
      if (this.#filter[hash >>> (32 - filterBits)] === 0) continue;
      for (const { word, bit } of this.#uses.get(hash) ?? []) if (word === index) mask |= bit;
    }
    return mask & bitsOfGrams;
  }

  /** Finds the terms that some words may be misspellings of. @param words their numbers */
  scanForMisspellings(stretch: Uint8Array, words: readonly number[], add: AddTerm): void {
    const reader = new DictionaryReader(stretch);
    const stems = words.map((index) => ({ index, stem: this.words[index]?.stems[0], edits: this.words[index]?.edits ?? 0 }));
    while (reader.next()) {
      for (const { index, stem, edits } of stems) {
        if (stem && isWithinEdits(stem, reader.units, reader.length, edits)) add(index, reader, 0, false);
      }
    }
  }

  /** For each gram of a word, in how many passages terms stand that have it, of all stretches that `scan` was given. */
  passagesByGram(word: number): Float64Array {
    return this.#passages[word] ?? new Float64Array(0);
  }
}
