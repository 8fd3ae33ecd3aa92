import type { AnswerCheck, CheckedSentence } from '../../../core/citations/answer-check';
import { findCitationMarks } from '../../../core/conversation/citation-marks';

/** Characters for private use, which stand for nothing in any text: what they enclose is for `splitCitations`. */
export const annotation = { open: '\uE020', close: '\uE021', flagOpen: '\uE022', flagClose: '\uE023' } as const;
const ownCharacters = /[\uE020-\uE023]/g;

/** Where nothing may be put in between, for it would be shown as it is or break what is there. */
const untouchable =
  /`+[^`\n]*`+|\$\$[^$]+\$\$|\$[^\s$][^$\n]*\$|\\\([^\n]*?\\\)|\\\[[^\]]*\\\]|!?\[[^\]\n]*\]\([^)\n]*\)|<[^>\n]*>|https?:\/\/\S+|www\.\S+/g;
const markup = /[^*_`[\]()~|\\]+/g;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The answer's Markdown with what its check says put in: a mark of the sources that bear a sentence out in the place of those that don't, a note behind
 * what none of them does, and a flag around what stands in none.
 */
export function annotateAnswer(text: string, check: AnswerCheck | undefined): string {
  const source = text.replace(ownCharacters, '\uFFFD');
  if (!check) return source;
  const marks = findCitationMarks(source);
  const edits: Edit[] = [];
  let nextMark = 0;
  for (const [place, sentence] of check.sentences.entries()) {
    const until = check.sentences[place + 1]?.start ?? source.length;
    while ((marks[nextMark]?.start ?? source.length) < sentence.start) nextMark++;
    const own: { start: number; end: number; numbers: readonly number[] }[] = [];
    // A mark behind a sentence is about it, unless words come in between: those are of a sentence that claims nothing.
    for (let mark = marks[nextMark]; mark && mark.start < until; mark = marks[++nextMark]) {
      const from = own.at(-1)?.end ?? sentence.end;
      if (mark.start >= sentence.end && /[\p{L}\p{N}]/u.test(source.slice(from, mark.start))) break;
      own.push(mark);
    }
    edits.push(...editsOf(sentence, place, own), ...flagsOf(sentence, source));
  }
  return applied(source, edits);
}

function editsOf(
  sentence: CheckedSentence,
  place: number,
  marks: readonly { start: number; end: number; numbers: readonly number[] }[],
): Edit[] {
  const cite = (number: number) => `${annotation.open}c${place}:${number}${annotation.close}`;
  const end = Math.max(sentence.end, marks.at(-1)?.end ?? 0);
  if (sentence.verdict !== 'supported') {
    const kept = marks.map(({ start, end: to, numbers }) => ({ start, end: to, text: numbers.map(cite).join('') }));
    return sentence.verdict === 'unchecked'
      ? kept
      : [...kept, { start: end, end, text: ` ${annotation.open}n${place}${annotation.close}` }];
  }
  const missing = new Set(sentence.support.map(({ source }) => source));
  const supporting = new Set(missing);
  for (const { numbers } of marks) for (const number of numbers) missing.delete(number);
  const edits = marks.map(({ start, end: to, numbers }) => {
    const shown = numbers.flatMap((number) => {
      if (supporting.has(number)) return [number];
      const instead = [...missing];
      missing.clear();
      return instead;
    });
    return { start, end: to, text: shown.map(cite).join('') };
  });
  return missing.size === 0 ? edits : [...edits, { start: end, end, text: ` ${[...missing].map(cite).join('')}` }];
}

function flagsOf({ start, end, unknown }: CheckedSentence, source: string): Edit[] {
  const closed = Array.from(source.slice(start, end).matchAll(untouchable), ({ 0: whole, index }) => ({
    start: start + index,
    end: start + index + whole.length,
  }));
  return unknown.flatMap((span) => {
    if (closed.some((other) => other.start < span.end && span.start < other.end)) return [];
    return Array.from(source.slice(span.start, span.end).matchAll(markup)).flatMap(({ 0: words, index }): Edit[] => {
      const from = span.start + index;
      const to = from + words.length;
      if (words.trim() === '') return [];
      return [
        { start: from, end: from, text: annotation.flagOpen },
        { start: to, end: to, text: annotation.flagClose },
      ];
    });
  });
}

function applied(source: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const { start, end, text } of edits.toSorted((one, other) => one.start - other.start || one.end - other.end)) {
    if (start < from) continue;
    const before = source.slice(from, start);
    // Where a mark goes, so does the space before it.
    result += (text === '' ? before.replace(/[ \t]+$/, '') : before) + text;
    from = end;
  }
  return result + source.slice(from);
}

/** The numbers of the sources that an answer is shown to cite. */
export function shownNumbers(text: string, check: AnswerCheck | undefined): number[] {
  const shown = annotateAnswer(text, check);
  const marks = findCitationMarks(shown).flatMap(({ numbers }) => numbers);
  return [...marks, ...Array.from(shown.matchAll(/\uE020c\d+:(\d+)\uE021/g), ([, number]) => Number(number))];
}
