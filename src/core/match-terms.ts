import { isWithinEdits } from './edit-distance';
import { hashUnits } from './hash-units';
import type { QueryWord } from './query-words';
import { DictionaryReader, type PostingsPlace } from './term-dictionary';
import { TermIndex } from './term-index';
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
/** The bits that only say that the term may be the word itself, and that it is what the word may become. */
const maybeExact = 1 << 30;
const completesWord = 1 << 31;
const bitsOfGrams = maybeExact - 1;

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
        if (this.#found[index]?.isWanted(mask, isExact, reader.passages, word)) {
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
        if (found.isWanted(mask, isExact, terms.passages(term), word)) found.add(mask, isExact, { source, term });
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
      return { gramWeight, terms: choose(found, gramWeight > 0 ? similarityOf : () => 0) };
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

/** Where terms of a segment can be looked up again by a number. */
interface TermSource {
  readonly segment: number;
  /** Among all that are looked at. */
  readonly order: number;
  readonly terms: Pick<TermIndex, 'hash' | 'place'>;
}

interface FoundTerm {
  readonly source: TermSource;
  readonly term: number;
}

/** Terms of a stretch that is looked through, kept because they may answer to a word. They have the numbers that `add` gives. */
class KeptTerms implements Pick<TermIndex, 'hash' | 'place'> {
  readonly #hashes: number[] = [];
  readonly #places: PostingsPlace[] = [];

  add({ units, length, passages, block, offset, bytes }: DictionaryReader): number {
    this.#hashes.push(hashUnits(units, length));
    return this.#places.push({ passages, block, offset, bytes }) - 1;
  }

  hash(term: number): number {
    return this.#hashes[term] as number;
  }

  place(term: number): PostingsPlace {
    return this.#places[term] as PostingsPlace;
  }
}

/** The terms that have the same grams of a word. */
interface AlikeTerms {
  passages: number;
  readonly terms: FoundTerm[];
}

/** What answers to one word. Of what is only like it there is a lot, of which little is chosen: so that is gathered by the grams it has. */
class FoundTerms {
  readonly exact: FoundTerm[] = [];
  readonly completions: FoundTerm[] = [];
  readonly misspellings: FoundTerm[] = [];
  /** By mask. */
  readonly alike = new Map<number, AlikeTerms>();
  /** For each gram, in how many passages terms stand that are chosen for another reason, or have no other gram. */
  readonly #otherPassages = new Float64Array(maximumGrams);

  /** Counts a term's grams. @returns whether the term may answer to the word: most that have any of its grams have one */
  isWanted(mask: number, isExact: boolean, passages: number, { stems: [first] }: Word): boolean {
    const likeness = mask & bitsOfGrams;
    const isOneOfMany = (likeness & (likeness - 1)) === 0 && (first?.grams ?? 0) >= manyGrams;
    const isNamed = isExact || (mask & completesWord) !== 0;
    if (isNamed || isOneOfMany) {
      for (let rest = likeness; rest !== 0; rest &= rest - 1) {
        const gram = 31 - Math.clz32(rest & -rest);
        this.#otherPassages[gram] = (this.#otherPassages[gram] as number) + passages;
      }
      return isNamed;
    }
    if (likeness === 0) return false;
    const group = this.alike.get(likeness);
    if (group) group.passages += passages;
    else this.alike.set(likeness, { passages, terms: [] });
    return true;
  }

  /** Takes a term that is wanted. */
  add(mask: number, isExact: boolean, found: FoundTerm): void {
    if (isExact) this.exact.push(found);
    else if (mask & completesWord) this.completions.push(found);
    else this.alike.get(mask & bitsOfGrams)?.terms.push(found);
  }

  /** For each gram, in how many passages terms stand that have it. */
  passagesByGram(grams: number): number[] {
    const passages = [...this.#otherPassages.subarray(0, grams)];
    for (const [mask, group] of this.alike) {
      for (let gram = 0; gram < grams; gram++) if (mask & (1 << gram)) passages[gram] = (passages[gram] as number) + group.passages;
    }
    return passages;
  }
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

function mayBeExact(mask: number, { all }: Word): boolean {
  return (mask & maybeExact) !== 0 || (mask & all) === all;
}

function isWord({ stems }: Word, units: Uint16Array): boolean {
  return stems.some((stem) => stem.units.length === units.length && startsWith(units, units.length, stem.units));
}

/** The exact terms, and of the others the best, each in every segment that has it. */
function choose(found: FoundTerms, similarityOf: (mask: number) => number): TermMatch[] {
  const matches = found.exact.map((term) => matchOf(term, true, 1));

  const frequencies = new Map<number, number>();
  for (const term of found.completions) {
    frequencies.set(hashOf(term), (frequencies.get(hashOf(term)) ?? 0) + placeOf(term).passages);
  }
  const frequent = [...frequencies].sort((a, b) => b[1] - a[1]).slice(0, termMatching.completions);
  const completing = new Set(frequent.map(([hash]) => hash));
  for (const term of found.completions) if (completing.has(hashOf(term))) matches.push(matchOf(term, true, 1));

  const misspelled = new Set(found.misspellings.map(hashOf));
  const groups = [...found.alike].map(([mask, { terms }]) => ({ mask, similarity: similarityOf(mask), terms }));
  const ranked = [
    { mask: 0, similarity: termMatching.misspellingSimilarity as number, terms: found.misspellings },
    ...groups.filter(({ similarity }) => similarity >= termMatching.leastSimilarity),
  ].sort((a, b) => b.similarity - a.similarity || a.mask - b.mask);
  const chosen = new Set<number>();
  for (const { mask, similarity, terms } of ranked) {
    if (chosen.size === termMatching.similarTerms) break;
    for (const term of [...terms].sort((a, b) => a.source.order - b.source.order || a.term - b.term)) {
      const hash = hashOf(term);
      // A term that is like the word and a misspelling of it was found twice.
      if (mask !== 0 && misspelled.has(hash)) continue;
      if (chosen.size < termMatching.similarTerms) chosen.add(hash);
      if (chosen.has(hash)) matches.push(matchOf(term, mask === 0, similarity));
    }
  }
  return matches;
}

const hashOf = ({ source, term }: FoundTerm) => source.terms.hash(term);
const placeOf = ({ source, term }: FoundTerm) => source.terms.place(term);

function matchOf({ source, term }: FoundTerm, isExact: boolean, similarity: number): TermMatch {
  return { segment: source.segment, ...source.terms.place(term), isExact, similarity };
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
