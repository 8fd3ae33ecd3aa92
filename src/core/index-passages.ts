import { analyzeText } from './analyze-text';
import type { Posting } from './pack-postings';
import type { PassageId } from './page';
import { plainText } from './plain-text';
import type { PassageSpan } from './split-passages';

/** Everything the lexical index needs to know of one page. */
export interface IndexedPassages {
  /** For each term its postings, by rising passage id. */
  readonly postings: ReadonlyMap<string, readonly Posting[]>;
  /** Terms in the body of each passage, in the order of the passages; at least 1. */
  readonly lengths: readonly number[];
}

/** Turns the passages of one page into postings. The passages get the ids `firstId`, `firstId + 1`, … */
export function indexPassages(text: string, title: string, spans: readonly PassageSpan[], firstId: number): IndexedPassages {
  const postings = new Map<string, Posting[]>();
  const lengths: number[] = [];
  const titleCounts = countTerms(title);
  spans.forEach((span, offset) => {
    const passageId = (firstId + offset) as PassageId;
    const body = countTerms(plainText(text.slice(span.start, span.end)));
    const heading = countTerms(span.headingPath.join(' '));
    const length = [...body.values()].reduce((sum, count) => sum + count, 0);
    lengths.push(Math.max(1, length));
    for (const term of new Set([...body.keys(), ...heading.keys(), ...titleCounts.keys()])) {
      const list = postings.get(term) ?? [];
      if (list.length === 0) postings.set(term, list);
      list.push({ passageId, body: body.get(term) ?? 0, heading: heading.get(term) ?? 0, title: titleCounts.get(term) ?? 0 });
    }
  });
  return { postings, lengths };
}

function countTerms(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of analyzeText(text)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
