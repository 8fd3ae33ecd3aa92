import { hashUnits } from './hash-units';
import type { DictionaryReader, PostingsPlace } from './term-dictionary';
import type { TermIndex } from './term-index';

/** A term that answers to a word of the question, and where its postings are in one segment. */
export interface TermMatch extends PostingsPlace {
  /** The number that the segment was given to `TermMatcher.scan` by. */
  readonly segment: number;
  /** It is the word: in another form perhaps, to be completed, or spelled right. */
  readonly isExact: boolean;
  /** From 0 to 1: how much of the weight of the word's grams it holds; 1 when exact. */
  readonly similarity: number;
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

/** Of a word that has so many grams, a term with one of them is not like it. Most terms that have any have one. */
const manyGrams = 5;

/** One bit of an integer is kept for each gram; a longer word is told well enough by its beginning. */
export const maximumGrams = 30;
/** The bits that only say that the term may be the word itself, and that it is what the word may become. */
export const maybeExact = 1 << 30;
export const completesWord = 1 << 31;
const bitsOfGrams = maybeExact - 1;

/** Where terms of a segment can be looked up again by a number. */
export interface TermSource {
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
export class KeptTerms implements Pick<TermIndex, 'hash' | 'place'> {
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
export class FoundTerms {
  readonly exact: FoundTerm[] = [];
  readonly completions: FoundTerm[] = [];
  readonly misspellings: FoundTerm[] = [];
  /** By mask. */
  readonly alike = new Map<number, AlikeTerms>();
  /** For each gram, in how many passages terms stand that are chosen for another reason, or have no other gram. */
  readonly #otherPassages = new Float64Array(maximumGrams);

  /**
   * Counts a term's grams.
   * @param grams of the word
   * @returns whether the term may answer to the word: most that have any of its grams have one
   */
  isWanted(mask: number, isExact: boolean, passages: number, grams: number): boolean {
    const likeness = mask & bitsOfGrams;
    const isOneOfMany = (likeness & (likeness - 1)) === 0 && grams >= manyGrams;
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

/** The exact terms, and of the others the best, each in every segment that has it. */
export function chooseTerms(found: FoundTerms, similarityOf: (mask: number) => number): TermMatch[] {
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
