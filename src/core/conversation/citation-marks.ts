/** A `[n]` or `[n, m]` mark in an answer: `text.slice(start, end)`. */
export interface CitationMark {
  readonly start: number;
  readonly end: number;
  readonly numbers: readonly number[];
}

const fencedCode = String.raw`(?:\u0060{3,}|~{3,})[\s\S]*?(?:\u0060{3,}|~{3,}|$(?![\s\S]))`;
const inlineCode = String.raw`\u0060\u0060(?!\u0060).*?\u0060\u0060|\u0060[^\u0060\n]*\u0060`;
const linkDefinition = String.raw`^ {0,3}\[[^\]]+\]:\s*\S+.*$`;
/** Without a zero, which no source has but many an interval or index. */
const mark = String.raw`[\[【]\s*([1-9]\d{0,2}(?:\s*[,;]\s*[1-9]\d{0,2})*)\s*[\]】](?!\()`;
const codeOrMark = new RegExp(`${fencedCode}|${inlineCode}|${linkDefinition}|${mark}`, 'gmu');

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
