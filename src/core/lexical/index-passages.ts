import type { PassageSpan } from '../pages/split-passages';
import { plainText } from '../text/plain-text';
import { analyzeText } from './analyze-text';
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
  const postings = new Map<string, Posting[]>();
  const lengths: number[] = [];
  const titleCounts = countTerms(title, language);
  spans.forEach((span, passage) => {
    const postingOf = (term: string): Posting => {
      const ofTerm = postings.get(term);
      const last = ofTerm?.at(-1);
      if (last?.passage === passage) return last;
      const added: Posting = { passage, body: 0, heading: 0, title: 0 };
      if (ofTerm) ofTerm.push(added);
      else postings.set(term, [added]);
      return added;
    };
    const body = analyzeText(plainText(text.slice(span.start, span.end), span.startsInCode), language);
    for (const term of body) postingOf(term).body += 1;
    for (const term of analyzeText(span.headingPath.join(' '), language)) postingOf(term).heading += 1;
    for (const [term, count] of titleCounts) postingOf(term).title = count;
    lengths.push(Math.max(1, body.length));
  });
  const writer = new SegmentWriter();
  for (const term of [...postings.keys()].sort()) writer.add(term, giverOf(postings.get(term) ?? []));
  return { parts: writer.finish(), lengths, ...(language ? { language } : {}) };
}

interface Posting {
  readonly passage: number;
  body: number;
  heading: number;
  title: number;
}

const giverOf = (postings: readonly Posting[]) => (packer: PostingsPacker) => {
  for (const { passage, body, heading, title } of postings) packer.add(passage, body, heading, title);
};

function countTerms(text: string, language: string | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of analyzeText(text, language)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
