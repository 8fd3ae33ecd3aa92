import { analyzeText } from '../../../core/lexical/analyze-text';
import { once } from '../../../core/once';

/** About as much of a quotation as is shown before it is opened. */
const excerptCharacters = 350;

const sentences = once(() => new Intl.Segmenter(undefined, { granularity: 'sentence' }));

/**
 * Where in a quotation to begin to read: at the sentence from which on most of what it is quoted for is soonest found. A word counts
 * the more, the fewer sentences have it. Zero when no part is better than its beginning.
 * @param about the question, or the words of the answer that cite the quotation
 */
export function findExcerptStart(quotation: string, about: string): number {
  if (quotation.length <= excerptCharacters) return 0;
  const wanted = new Set(analyzeText(about));
  const parts = Array.from(sentences().segment(quotation), ({ segment, index }) => {
    const found = new Set(analyzeText(segment).filter((term) => wanted.has(term)));
    return { start: index, found };
  });
  const frequency = new Map<string, number>();
  for (const term of parts.flatMap(({ found }) => [...found])) frequency.set(term, (frequency.get(term) ?? 0) + 1);

  let best = { start: 0, score: 0 };
  for (const { start } of parts) {
    const seen = new Set<string>();
    let score = 0;
    for (const part of parts) {
      const nearness = 1 - (part.start - start) / excerptCharacters;
      if (nearness > 1 || nearness <= 0) continue;
      for (const term of part.found) {
        if (!seen.has(term)) score += nearness / (frequency.get(term) ?? 1);
        seen.add(term);
      }
    }
    if (score > best.score) best = { start, score };
  }
  return best.start;
}
