import { bitsOfGrams, completesWord } from './sought-term';
import type { PostingsPlace } from './term-dictionary';
import type { TermRecords } from './term-records';

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

/** Terms of a segment that can be looked up again by a number. */
export interface TermSource {
  readonly segment: number;
  /** Among all that are looked at. */
  readonly order: number;
  readonly terms: TermRecords;
}

interface FoundTerm {
  readonly source: TermSource;
  readonly term: number;
}

/** What answers to one word. Of what is only like it there is a lot, of which little is chosen: so that is gathered by the grams it has. */
export class FoundTerms {
  readonly exact: FoundTerm[] = [];
  readonly completions: FoundTerm[] = [];
  readonly misspellings: FoundTerm[] = [];
  /** By mask. */
  readonly alike = new Map<number, FoundTerm[]>();

  add(mask: number, isExact: boolean, found: FoundTerm): void {
    const likeness = mask & bitsOfGrams;
    const alike = this.alike.get(likeness);
    if (isExact) this.exact.push(found);
    else if (mask & completesWord) this.completions.push(found);
    else if (alike) alike.push(found);
    else this.alike.set(likeness, [found]);
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
  const groups = [...found.alike].map(([mask, terms]) => ({ mask, similarity: similarityOf(mask), terms }));
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
