import type { Support } from '../../../core/citations/answer-check';
import type { Source } from '../../../core/conversation/conversation';
import type { Span } from '../../../core/text/span';

/** The source narrowed to the first of its sentences that bear something out: what is opened, live or saved, opens there. */
export function quotedPlace(source: Source, [first]: readonly Support[]): Source {
  return first ? { ...source, start: first.start, end: first.end, liveUrl: first.liveUrl } : source;
}

/** What a page must hold for a citation of it to be true still: the sentence that bears something out, else the passage. */
export function quotedWords(source: Source, [first]: readonly Support[]): string {
  return first?.quote ?? source.quotation;
}

/** Where quotations stand in the text of their passage, in order and apart from each other. White space may differ: lines are joined when they are shown. */
export function highlightsIn(passage: string, support: readonly Pick<Support, 'quote'>[]): Span[] {
  const spans = support.flatMap(({ quote }): Span[] => {
    const start = passage.indexOf(quote);
    if (start >= 0) return [{ start, end: start + quote.length }];
    const words = quote
      .trim()
      .split(/\s+/)
      .slice(0, mostWords)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    const found = words[0] ? new RegExp(words.join('\\s+')).exec(passage) : null;
    return found ? [{ start: found.index, end: found.index + found[0].length }] : [];
  });
  const apart: Span[] = [];
  for (const span of spans.sort((one, other) => one.start - other.start)) if (span.start >= (apart.at(-1)?.end ?? 0)) apart.push(span);
  return apart;
}

/** A sentence; a longer one is marked by its beginning. */
const mostWords = 200;
