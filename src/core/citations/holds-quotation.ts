import { splitSentences } from './split-sentences';

/** Shorter ones stand in many places, and say nothing of whether a passage is still there. */
const tellingCharacters = 12;
/** Of a quotation of several sentences, as much must be there still. */
const leastShare = 0.6;

/**
 * Whether a text still says what was quoted from it: the same letters and figures in the same order, whatever stands between them. A long quotation may
 * have lost some of its sentences.
 * @param text all that a page shows, or a version's Markdown as plain text
 * @param quote as a reader sees it
 */
export function holdsQuotation(text: string, quote: string): boolean {
  const all = lettersOf(text);
  if (all.includes(lettersOf(quote))) return true;
  const sentences = splitSentences(quote)
    .map(({ start, end }) => lettersOf(quote.slice(start, end)))
    .filter(({ length }) => length >= tellingCharacters);
  if (sentences.length < 2) return false;
  const characters = (those: readonly string[]) => those.reduce((sum, { length }) => sum + length, 0);
  return characters(sentences.filter((sentence) => all.includes(sentence))) >= leastShare * characters(sentences);
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
