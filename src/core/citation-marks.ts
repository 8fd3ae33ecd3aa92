/** A `[n]` or `[n, m]` mark in an answer: `text.slice(start, end)`. */
export interface CitationMark {
  readonly start: number;
  readonly end: number;
  readonly numbers: readonly number[];
}

const code = '```[\\s\\S]*?(?:```|$(?![\\s\\S]))|~~~[\\s\\S]*?(?:~~~|$(?![\\s\\S]))|`[^`\\n]*`';
const linkDefinition = '^ {0,3}\\[[^\\]]+\\]:\\s*\\S+.*$';
const mark = '[\\[【]\\s*(\\d{1,3}(?:\\s*[,;]\\s*\\d{1,3})*)\\s*[\\]】](?!\\()';
const codeOrMark = new RegExp(`${code}|${linkDefinition}|${mark}`, 'gm');

/** Finds the marks of an answer, in order. What stands in code is code, and `[1](…)` is a link. */
export function findCitationMarks(text: string): CitationMark[] {
  const marks: CitationMark[] = [];
  for (const match of text.matchAll(codeOrMark)) {
    const numbers = match[1];
    if (numbers === undefined) continue;
    marks.push({ start: match.index, end: match.index + match[0].length, numbers: numbers.split(/\D+/).map(Number) });
  }
  return marks;
}

/** Rewrites an answer so that every mark stands for one source that exists: `[2, 9]` of 5 sources becomes `[2]`, `[9]` disappears. */
export function keepKnownMarks(text: string, sourceNumbers: ReadonlySet<number>): string {
  let kept = '';
  let from = 0;
  for (const mark of findCitationMarks(text)) {
    const known = mark.numbers.filter((number) => sourceNumbers.has(number));
    const before = text.slice(from, mark.start);
    kept += known.length > 0 ? before + known.map((number) => `[${number}]`).join('') : before.replace(/[ \t]+$/, '');
    from = mark.end;
  }
  return kept + text.slice(from);
}
