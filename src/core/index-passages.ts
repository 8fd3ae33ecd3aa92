import { analyzeText } from './analyze-text';
import type { AddPosting } from './pack-postings';
import { plainText } from './plain-text';
import type { PassageSpan } from './split-passages';
import { packTermTable } from './term-table';

/** Everything the lexical index needs to know of one page. */
export interface IndexedPassages {
  /** The terms of the page with their postings; passages are counted from 0. See `packTermTable`. */
  readonly table: Uint8Array<ArrayBuffer>;
  /** Terms in the body of each passage; at least 1, for 0 stands for a passage that is gone. */
  readonly lengths: readonly number[];
}

/** Turns the passages of one page into what is stored of them in the lexical index. */
export function indexPassages(text: string, title: string, spans: readonly PassageSpan[]): IndexedPassages {
  const terms = new Map<string, Posting[]>();
  const lengths: number[] = [];
  const titleCounts = countTerms(title);
  spans.forEach((span, passage) => {
    const body = countTerms(plainText(text.slice(span.start, span.end), span.startsInCode));
    const heading = countTerms(span.headingPath.join(' '));
    lengths.push(
      Math.max(
        1,
        [...body.values()].reduce((sum, count) => sum + count, 0),
      ),
    );
    for (const term of new Set([...body.keys(), ...heading.keys(), ...titleCounts.keys()])) {
      const postings = terms.get(term) ?? [];
      if (postings.length === 0) terms.set(term, postings);
      postings.push([passage, body.get(term) ?? 0, heading.get(term) ?? 0, titleCounts.get(term) ?? 0]);
    }
  });
  const table = packTermTable(
    [...terms].map(([term, postings]) => [
      term,
      (add) => {
        for (const posting of postings) add(...posting);
      },
    ]),
  );
  return { table, lengths };
}

type Posting = Parameters<AddPosting>;

function countTerms(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of analyzeText(text)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
