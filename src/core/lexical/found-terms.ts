import { bitsOfGrams, completesWord } from './sought-term';
import type { DictionaryReader, PostingsPlace } from './term-dictionary';

/** A term that answers to a word of the question, and where its postings are in one segment. */
export interface TermMatch extends PostingsPlace {
  /** The number that the segment was given to `TermMatcher` by. */
  readonly segment: number;
  /** It is the word: in another form perhaps, to be completed, or spelled right. */
  readonly isExact: boolean;
  /** From 0 to 1: how much of the weight of the word's grams it holds; 1 when exact. */
  readonly similarity: number;
}

/** Tuned on the collections of docs/search-trials.md. */
export const termMatching = {
  /** Less alike than this is chance. */
  leastSimilarity: 0.2,
  /** How many different terms are taken for like a word, the most alike first. */
  similarTerms: 10,
  /** How many words a beginning is completed to, the most frequent first. */
  completions: 32,
  /** What a term counts that the word is a misspelling of. */
  misspellingSimilarity: 0.8,
} as const;

/** A term in one segment. */
export interface FoundTerm extends PostingsPlace {
  readonly segment: number;
  /** Among the terms of the segment, in their order. */
  readonly place: number;
  readonly term: string;
}

export function foundTerm(segment: number, place: number, { term, passages, block, offset, bytes }: DictionaryReader): FoundTerm {
  return { segment, place, term, passages, block, offset, bytes };
}

const inOrder = (one: FoundTerm, other: FoundTerm): number => one.segment - other.segment || one.place - other.place;

/** What answers to one word. Of what is only like it there is a lot, of which little is chosen: so that is gathered by the grams it has. */
export class FoundTerms {
  readonly exact: FoundTerm[] = [];
  readonly completions: FoundTerm[] = [];
  readonly misspellings: FoundTerm[] = [];
  /** By mask. */
  readonly alike = new Map<number, FoundTerm[]>();

  add(mask: number, isExact: boolean, found: FoundTerm): void {
    if (isExact) this.exact.push(found);
    else if (mask & completesWord) this.completions.push(found);
    else this.addAlike(mask & bitsOfGrams, found);
  }

  addAlike(mask: number, found: FoundTerm): void {
    const alike = this.alike.get(mask);
    if (alike) alike.push(found);
    else this.alike.set(mask, [found]);
  }

  /** The different terms that have just these grams, in their order. */
  differentAlike(mask: number): Set<string> {
    return new Set([...(this.alike.get(mask) ?? [])].sort(inOrder).map(({ term }) => term));
  }
}

/** Whether terms with some grams are chosen before those with others: the more alike first. */
export function comesBefore(mask: number, similarity: number, otherMask: number, otherSimilarity: number): boolean {
  return similarity > otherSimilarity || (similarity === otherSimilarity && mask < otherMask);
}

/** The exact terms, and of the others the best, each in every segment that has it. */
export function chooseTerms(found: FoundTerms, similarityOf: (mask: number) => number): TermMatch[] {
  const matches = found.exact.map((term) => matchOf(term, true, 1));

  const frequencies = new Map<string, number>();
  for (const { term, passages } of found.completions) frequencies.set(term, (frequencies.get(term) ?? 0) + passages);
  const frequent = [...frequencies].sort(([a, of], [b, than]) => than - of || (a < b ? -1 : 1)).slice(0, termMatching.completions);
  const completing = new Set(frequent.map(([term]) => term));
  for (const term of found.completions) if (completing.has(term.term)) matches.push(matchOf(term, true, 1));

  const misspelled = new Set(found.misspellings.map(({ term }) => term));
  const groups = [...found.alike].map(([mask, terms]) => ({ mask, similarity: similarityOf(mask), terms }));
  const ranked = [
    { mask: 0, similarity: termMatching.misspellingSimilarity as number, terms: found.misspellings },
    ...groups.filter(({ similarity }) => similarity >= termMatching.leastSimilarity),
  ].sort((a, b) => (comesBefore(a.mask, a.similarity, b.mask, b.similarity) ? -1 : 1));
  const chosen = new Set<string>();
  for (const { mask, similarity, terms } of ranked) {
    if (chosen.size === termMatching.similarTerms) break;
    for (const term of [...terms].sort(inOrder)) {
      // A term that is like the word and a misspelling of it was found twice.
      if (mask !== 0 && misspelled.has(term.term)) continue;
      if (chosen.size < termMatching.similarTerms) chosen.add(term.term);
      if (chosen.has(term.term)) matches.push(matchOf(term, mask === 0, similarity));
    }
  }
  return matches;
}

function matchOf({ segment, passages, block, offset, bytes }: FoundTerm, isExact: boolean, similarity: number): TermMatch {
  return { segment, passages, block, offset, bytes, isExact, similarity };
}
