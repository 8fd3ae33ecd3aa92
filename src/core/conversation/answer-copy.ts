import { inertMarkdown } from '../text/inert-markdown';
import { plainText } from '../text/plain-text';
import { findCitationMarks } from './citation-marks';
import type { Source } from './conversation';

export interface CopiedAnswer {
  /** Markdown with `[n]` marks; empty when the sources are the answer. */
  readonly text: string;
  readonly sources: readonly Source[];
}

/** The words of an answer alone, without marks of sources that would not come with them. */
export function answerAsText(answer: CopiedAnswer): string {
  return plainText(answerAsMarkdown(answer));
}

/** An answer as Markdown that loads and runs nothing wherever it is pasted, without marks. */
export function answerAsMarkdown({ text, sources }: CopiedAnswer): string {
  if (!text) return sources.map(({ quotation }) => `> ${inertMarkdown(quotation).replaceAll('\n', '\n> ')}`).join('\n\n');
  return inertMarkdown(withMarks(text, () => '')).trim();
}

/**
 * The words of an answer with its marks, and under them the sources that they stand for, by the same numbers.
 * @param details what is told of a source beside its title and address, as its site and date
 */
export function answerWithSources({ text, sources }: CopiedAnswer, details: (source: Source) => readonly string[]): string {
  const cited = new Set(text ? findCitationMarks(text).flatMap(({ numbers }) => numbers) : sources.map(({ number }) => number));
  const known = sources.filter(({ number }) => cited.has(number));
  const numbers = new Set(known.map(({ number }) => number));
  const words = text
    ? plainText(withMarks(text, (mark) => (numbers.has(mark) ? `[${mark}]` : '')))
    : known.map(({ number, quotation }) => `“${quotation}” [${number}]`).join('\n\n');
  const list = known.map((source) => `[${source.number}] ${[source.title, ...details(source).filter(Boolean), source.url].join(', ')}`);
  return [words, list.join('\n')].filter(Boolean).join('\n\n');
}

/** Puts something else in the place of each number of a mark. */
function withMarks(text: string, shown: (number: number) => string): string {
  let written = '';
  let from = 0;
  for (const { start, end, numbers } of findCitationMarks(text)) {
    const marks = numbers.map(shown).join('');
    written += (marks ? text.slice(from, start) : text.slice(from, start).replace(/[ \t]+$/, '')) + marks;
    from = end;
  }
  return written + text.slice(from);
}
