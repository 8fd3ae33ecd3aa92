import { isWithinEdits } from './edit-distance';
import type { QueryWord } from './query-words';
import { DictionaryReader, type PostingsPlace } from './term-dictionary';
import { hashGrams } from './word-grams';

/** A term that answers to a word of the question, and where its postings are in one segment. */
export interface TermMatch extends PostingsPlace {
  /** The number that the segment was given to `TermMatcher.scan` by. */
  readonly segment: number;
  /** It is the word: in another form perhaps, to be completed, or spelled right. */
  readonly isExact: boolean;
  /** From 0 to 1: how much of the weight of the word's grams it holds; 1 when exact. */
  readonly similarity: number;
}

export interface WordMatches {
  /** Each term of each segment once. */
  readonly terms: readonly TermMatch[];
  /** The weight of the word's grams together; see `TermMatcher.matches`. */
  readonly gramWeight: number;
}

/** Tuned on the collections of docs/search.md. */
const termMatching = {
  /** Less alike than this is chance. */
  leastSimilarity: 0.2,
  /** How many different terms are taken for like a word, the most alike first. */
  similarTerms: 10,
  /** How many words a beginning is completed to, the most frequent first. */
  completions: 32,
  /** What a term counts that the word is a misspelling of. */
  misspellingSimilarity: 0.8,
} as const;

/** Each is compared with all terms that begin like it; a text with more unknown words has no typing mistakes but a language of its own. */
const misspelledWords = 8;
/** Words of fewer letters are spelled right, or there would be too many that they could be. */
const shortestMisspelling = 4;
/** From so many letters on, two of them may be wrong. */
const twoEditsFrom = 8;

/** Of a word that has so many grams, a term with one of them is not like it. Most terms that have any have one. */
const manyGrams = 5;

/** One bit of an integer is kept for each gram; a longer word is told well enough by its beginning. */
const maximumGrams = 30;
/** The bit that only says that the term may be the word itself. */
const maybeExact = 1 << 30;

const filterBits = 14;

/**
 * Finds, among all terms of the dictionaries, those that are a word of the question, are like it, or begin with it. Each dictionary is looked
 * through from one end to the other: some ten million terms a second, which spares an index of grams and reading it.
 */
export class TermMatcher {
  readonly #words: readonly Word[];
  /** Which word has a gram, and as which of its bits. */
  readonly #uses = new Map<number, { word: number; bit: number }[]>();
  /** A term's gram is looked up only if its bit is set here, which is rare. */
  readonly #filter = new Uint8Array(1 << filterBits);
  readonly #hashes = new Int32Array(300);
  readonly #masks: Int32Array;
  readonly #found: Found[][];
  /** The words that misspellings are looked for of. */
  #unknown: readonly number[] = [];
  /** For each word, in how many passages terms stand that have just these of its grams. */
  readonly #gramPassages: Map<number, number>[];

  constructor(words: readonly QueryWord[]) {
    this.#words = words.map(wordOf);
    this.#masks = new Int32Array(words.length);
    this.#found = words.map(() => []);
    this.#gramPassages = words.map(() => new Map<number, number>());
    this.#words.forEach((word, index) => {
      word.stems.forEach(({ grams }, order) => {
        grams.forEach((hash, at) => {
          this.#use(hash, index, order === 0 ? 1 << at : maybeExact);
        });
      });
    });
  }

  #use(hash: number, word: number, bit: number): void {
    const uses = this.#uses.get(hash);
    if (uses) uses.push({ word, bit });
    else this.#uses.set(hash, [{ word, bit }]);
    this.#filter[hash >>> (32 - filterBits)] = 1;
  }

  /** Looks through a stretch of a segment's dictionary. */
  scan(stretch: Uint8Array, segment: number): void {
    const reader = new DictionaryReader(stretch);
    const { units } = reader;
    const hashes = this.#hashes;
    const filter = this.#filter;
    const beginning = this.#words.find((word) => word.beginning !== undefined)?.beginning;
    while (reader.next()) {
      const count = hashGrams(units, reader.length, hashes, reader.shared);
      let any = beginning !== undefined && startsWith(units, reader.length, beginning);
      for (let at = 0; at < count; at++) {
        const hash = hashes[at] as number;
        if (filter[hash >>> (32 - filterBits)] !== 0 && this.#note(hash)) any = true;
      }
      if (any) this.#collect(reader, segment);
    }
  }

  /** Notes in the masks which words have a gram. */
  #note(hash: number): boolean {
    const uses = this.#uses.get(hash);
    if (!uses) return false;
    for (const { word, bit } of uses) this.#masks[word] = (this.#masks[word] as number) | bit;
    return true;
  }

  #collect(reader: DictionaryReader, segment: number): void {
    const hash = hashUnits(reader.units, reader.length);
    const { passages, block, offset, bytes } = reader;
    for (let index = 0; index < this.#masks.length; index++) {
      const mask = this.#masks[index] as number;
      const word = this.#words[index] as Word;
      const completes = word.beginning !== undefined && startsWith(reader.units, reader.length, word.beginning);
      if (mask === 0 && !completes) continue;
      this.#masks[index] = 0;
      const isExact = word.stems.some((stem) => stem.hash === hash && isSame(stem.units, reader.units, reader.length));
      const likeness = mask & ~maybeExact;
      if (!isExact && !completes && likeness === 0) continue;
      const grams = this.#gramPassages[index] as Map<number, number>;
      grams.set(likeness, (grams.get(likeness) ?? 0) + passages);
      if (!isExact && !completes && isOneOfMany(likeness, word)) continue;
      this.#found[index]?.push({
        hash,
        mask: likeness,
        isExact,
        completes: completes && !isExact,
        segment,
        passages,
        block,
        offset,
        bytes,
      });
    }
  }

  /**
   * Looks through a stretch again for what the words that were not found may be misspellings of. To be called for all stretches when
   * `hasUnknownWords` says so.
   */
  scanForMisspellings(stretch: Uint8Array, segment: number): void {
    const reader = new DictionaryReader(stretch);
    while (reader.next()) {
      for (const index of this.#unknown) {
        const stem = this.#words[index]?.stems[0]?.units;
        if (!stem || !isWithinEdits(stem, reader.units, reader.length, editsOf(stem))) continue;
        const { passages, block, offset, bytes } = reader;
        const hash = hashUnits(reader.units, reader.length);
        this.#found[index]?.push({
          hash,
          mask: 0,
          isExact: false,
          completes: false,
          isMisspelling: true,
          segment,
          passages,
          block,
          offset,
          bytes,
        });
      }
    }
  }

  /** Whether there are words that none of the dictionaries holds. To be asked after the last `scan`. */
  hasUnknownWords(): boolean {
    const unknown = this.#words.flatMap(({ stems, beginning }, index) => {
      const isKnown = beginning !== undefined || this.#found[index]?.some(({ isExact }) => isExact);
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
      const grams = this.#words[index]?.stems[0]?.grams.length ?? 0;
      const byMask = [...(this.#gramPassages[index] ?? [])];
      const weights = Array.from({ length: grams }, (_, at) =>
        rarity(byMask.reduce((sum, [mask, passages]) => (mask & (1 << at) ? sum + passages : sum), 0)),
      );
      const gramWeight = weights.reduce((sum, weight) => sum + weight, 0);
      const similarities = new Map(
        byMask.map(([mask]) => {
          const held = weights.reduce((sum, weight, at) => (mask & (1 << at) ? sum + weight : sum), 0);
          return [mask, gramWeight > 0 ? held / gramWeight : 0] as const;
        }),
      );
      return { gramWeight, terms: choose(found, (mask) => similarities.get(mask) ?? 0) };
    });
  }
}

interface Stem {
  readonly units: Uint16Array;
  readonly hash: number;
  /** Each once, however often it stands in the word. */
  readonly grams: readonly number[];
}

interface Word {
  /** The first is the one that others are compared with. */
  readonly stems: readonly Stem[];
  readonly beginning: Uint16Array | undefined;
}

interface Found extends PostingsPlace {
  readonly segment: number;
  /** Of the term. */
  readonly hash: number;
  /** A bit for each gram of the word that the term has. */
  readonly mask: number;
  readonly isExact: boolean;
  readonly completes: boolean;
  readonly isMisspelling?: true;
}

function wordOf({ stems, beginning }: QueryWord): Word {
  const known = stems.map((stem) => {
    const units = unitsOf(stem);
    const hashes = new Int32Array(units.length + 2);
    const grams = [...new Set(hashes.subarray(0, hashGrams(units, units.length, hashes)))].slice(0, maximumGrams);
    return { units, hash: hashUnits(units, units.length), grams };
  });
  return { stems: known, beginning: beginning === undefined ? undefined : unitsOf(beginning) };
}

function isOneOfMany(mask: number, { stems: [first] }: Word): boolean {
  return (mask & (mask - 1)) === 0 && (first?.grams.length ?? 0) >= manyGrams;
}

/** The exact terms, and of the others the best, each in every segment that has it. */
function choose(found: readonly Found[], similarityOf: (mask: number) => number): TermMatch[] {
  const misspelled = new Set(found.filter(({ isMisspelling }) => isMisspelling).map(({ hash }) => hash));
  const alike = new Map([...misspelled].map((hash) => [hash, termMatching.misspellingSimilarity as number]));
  const completions = new Map<number, number>();
  for (const { hash, mask, isExact, completes, isMisspelling, passages } of found) {
    if (completes) completions.set(hash, (completions.get(hash) ?? 0) + passages);
    else if (!isExact && !isMisspelling) {
      const similarity = similarityOf(mask);
      if (similarity >= termMatching.leastSimilarity && !alike.has(hash)) alike.set(hash, similarity);
    }
  }
  const chosen = new Map<number, number>();
  for (const [hash] of best(completions, termMatching.completions)) chosen.set(hash, 1);
  for (const [hash, similarity] of best(alike, termMatching.similarTerms)) chosen.set(hash, similarity);
  const matches: TermMatch[] = [];
  for (const { hash, isExact, completes, isMisspelling, segment, passages, block, offset, bytes } of found) {
    // A term that is like the word and a misspelling of it was found twice.
    if (!isMisspelling && misspelled.has(hash)) continue;
    const similarity = isExact ? 1 : chosen.get(hash);
    const stands = isExact || completes || isMisspelling === true;
    if (similarity !== undefined) matches.push({ segment, passages, block, offset, bytes, isExact: stands, similarity });
  }
  return matches;
}

function best(values: ReadonlyMap<number, number>, count: number): [number, number][] {
  return [...values].sort((a, b) => b[1] - a[1]).slice(0, count);
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

function isSame(stem: Uint16Array, units: Uint16Array, length: number): boolean {
  return stem.length === length && startsWith(units, length, stem);
}

/** FNV-1a over UTF-16 units, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
function hashUnits(units: Uint16Array, length: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < length; at++) hash = Math.imul(hash ^ (units[at] as number), 0x01000193);
  return hash;
}
