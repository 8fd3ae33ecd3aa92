import { analyzeText } from './analyze-text';

/** `text.slice(start, end)` */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/**
 * The sentence of a quotation that holds most of a question's words; a word counts the less, the more of the sentences have it.
 * @param quotation plain text, blocks on lines of their own
 * @returns `undefined` when no sentence holds any of them
 */
export function bestSentence(quotation: string, question: string): TextSpan | undefined {
  const wanted = new Set(analyzeText(question));
  const sentences = sentencesOf(quotation).map((span) => ({
    ...span,
    matches: new Set(analyzeText(quotation.slice(span.start, span.end)).filter((term) => wanted.has(term))),
  }));
  const sentencesWith = new Map<string, number>();
  for (const { matches } of sentences) {
    for (const term of matches) sentencesWith.set(term, (sentencesWith.get(term) ?? 0) + 1);
  }
  let best: { span: TextSpan; score: number } | undefined;
  for (const { start, end, matches } of sentences) {
    const score = [...matches].reduce((sum, term) => sum + 1 / (sentencesWith.get(term) ?? 1), 0);
    if (score > (best?.score ?? 0)) best = { span: { start, end }, score };
  }
  return best?.span;
}

function sentencesOf(text: string): TextSpan[] {
  const spans: TextSpan[] = [];
  for (const line of text.matchAll(/[^\n]+/g)) {
    for (const { index, segment } of segmenter.segment(line[0])) {
      const words = segment.trim();
      if (words === '') continue;
      const start = line.index + index + segment.indexOf(words);
      spans.push({ start, end: start + words.length });
    }
  }
  return spans;
}
