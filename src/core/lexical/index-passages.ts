import type { PassageSpan } from '../pages/split-passages';
import { plainText } from '../text/plain-text';
import { termOfWord, wordsToAnalyze } from './analyze-text';
import type { PostingsPacker } from './pack-postings';
import { type SegmentParts, SegmentWriter } from './segment-writer';

/** Everything the lexical index needs to know of one page. */
export interface IndexedPassages {
  /** Passages are counted from 0. */
  readonly parts: SegmentParts;
  /** Terms in the body of each passage; at least 1, for 0 stands for a passage that is gone. */
  readonly lengths: readonly number[];
  readonly language?: string;
}

/**
 * Turns the passages of one page into what is stored of them in the lexical index.
 * @param language ISO 639-1; decides how words are reduced to their stems
 */
export function indexPassages(text: string, title: string, spans: readonly PassageSpan[], language?: string): IndexedPassages {
  const page = new PagePostings(language);
  const ofTitle = wordsToAnalyze(title);
  const lengths = spans.map((span, passage) => {
    const body = bodyWords(text, span);
    for (const word of body) page.of(word, passage).body += 1;
    for (const word of wordsToAnalyze(span.headingPath.join(' '))) page.of(word, passage).heading += 1;
    for (const word of ofTitle) page.of(word, passage).title += 1;
    return lengthOf(body);
  });
  const writer = new SegmentWriter();
  for (const { term, postings } of page.inOrder()) {
    writer.add(term, (packer) => addAll(packer, postings));
  }
  return { parts: writer.finish(), lengths, ...(language ? { language } : {}) };
}

/** As it stands in `lengths` of what its page is turned into. */
export const passageLength = (text: string, span: BodySpan): number => lengthOf(bodyWords(text, span));

type BodySpan = Pick<PassageSpan, 'start' | 'end' | 'startsInCode'>;

const bodyWords = (text: string, { start, end, startsInCode }: BodySpan) => wordsToAnalyze(plainText(text.slice(start, end), startsInCode));

const lengthOf = (body: readonly string[]): number => Math.max(1, body.length);

interface Posting {
  readonly passage: number;
  body: number;
  heading: number;
  title: number;
}

interface TermPostings {
  readonly term: string;
  /** By rising passage; there is always one. */
  readonly postings: Posting[];
  last: Posting;
}

/** What each term of a page stands in. A page comes back to its words: so each is reduced to its term but once, and found by itself after that. */
class PagePostings {
  readonly #ofWords = new Map<string, TermPostings>();
  readonly #ofTerms = new Map<string, TermPostings>();

  constructor(readonly language: string | undefined) {}

  /** The posting of a word's term in a passage, made when there is none. Passages must be asked for in order. */
  of(word: string, passage: number): Posting {
    const found = this.#ofWords.get(word);
    if (!found) return this.#add(word, passage);
    if (found.last.passage !== passage) addPosting(found, passage);
    return found.last;
  }

  #add(word: string, passage: number): Posting {
    const term = termOfWord(word, this.language);
    let found = this.#ofTerms.get(term);
    if (!found) {
      const posting = { passage, body: 0, heading: 0, title: 0 };
      found = { term, postings: [posting], last: posting };
      this.#ofTerms.set(term, found);
    } else if (found.last.passage !== passage) addPosting(found, passage);
    this.#ofWords.set(word, found);
    return found.last;
  }

  /** By the terms' UTF-16 code units. */
  inOrder(): TermPostings[] {
    const terms = [...this.#ofTerms.keys()].sort();
    return terms.map((term) => this.#ofTerms.get(term) as TermPostings);
  }
}

function addPosting(found: TermPostings, passage: number): void {
  found.last = { passage, body: 0, heading: 0, title: 0 };
  found.postings.push(found.last);
}

function addAll(packer: PostingsPacker, postings: readonly Posting[]): void {
  for (const { passage, body, heading, title } of postings) packer.add(passage, body, heading, title);
}
