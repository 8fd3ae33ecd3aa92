import { isWithinEdits } from './edit-distance';
import { completesWord, countGrams, isExactly, maximumGrams, mayAnswer, type SoughtTerm, startsWith } from './sought-term';
import { DictionaryReader } from './term-dictionary';
import { recordOf, TermRecords } from './term-records';
import { hashGrams } from './word-grams';

/** Looks through dictionaries for the words of a question, a stretch at a time. */
export interface TermScan {
  /**
   * Finds the terms that are a word, may be what it becomes, or have at least two of its grams, or one if it has few. Of those that are equally alike it may
   * leave out all but the first ten different ones.
   * @throws RangeError when the stretch is cut short
   */
  scan(stretch: Uint8Array): TermRecords;
  /** For each gram of a word, in how many passages terms stand that have it, of all stretches that `scan` was given. */
  passagesByGram(word: number): Float64Array;
  /** Finds the terms that some words may be misspellings of. @param words their numbers */
  scanForMisspellings(stretch: Uint8Array, words: readonly number[]): TermRecords;
}

const filterBits = 14;

/** The scan in plain JavaScript, for where nothing can be compiled. */
export class PlainTermScan implements TermScan {
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

  scan(stretch: Uint8Array): TermRecords {
    const reader = new DictionaryReader(stretch);
    const { units } = reader;
    const records: number[] = [];
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
        this.#look(index, mask, reader, records);
      }
    }
    return new TermRecords(Int32Array.from(records));
  }

  /** Notes in the masks which words have a gram. */
  #note(hash: number): void {
    for (const { word, bit } of this.#uses.get(hash) ?? []) this.#masks[word] = (this.#masks[word] as number) | bit;
  }

  #look(index: number, mask: number, term: DictionaryReader, records: number[]): void {
    const word = this.words[index] as SoughtTerm;
    countGrams(mask, term.passages, this.#passages[index] as Float64Array);
    const isExact = isExactly(word, mask, term.units, term.length);
    if (mayAnswer(word, mask, isExact)) records.push(...recordOf(index, mask, isExact, term));
  }

  scanForMisspellings(stretch: Uint8Array, words: readonly number[]): TermRecords {
    const reader = new DictionaryReader(stretch);
    const records: number[] = [];
    const stems = words.map((index) => ({ index, stem: this.words[index]?.stems[0], edits: this.words[index]?.edits ?? 0 }));
    while (reader.next()) {
      const units = reader.units.subarray(0, reader.length);
      for (const { index, stem, edits } of stems) {
        if (stem && isWithinEdits(stem, units, reader.length, edits)) records.push(...recordOf(index, 0, false, reader));
      }
    }
    return new TermRecords(Int32Array.from(records));
  }

  passagesByGram(word: number): Float64Array {
    return this.#passages[word] ?? new Float64Array(0);
  }
}
