/** One page's text as it was captured, beside what is known of the page. */
export interface JudgedPage {
  readonly text: string;
  readonly mustContain?: readonly string[] | undefined;
  readonly mustNotContain?: readonly string[] | undefined;
  /** The plain text of what a perfect capture would hold. */
  readonly expected?: string | undefined;
}

export interface ExtractionFigures {
  /** Shares of the segments that must be there and are, and of those that must not and are not. */
  readonly kept?: number;
  readonly dropped?: number;
  /** Overlap of 4-gram word shingles with the expected text; each page counts the same. */
  readonly f1?: number;
  readonly precision?: number;
  readonly recall?: number;
}

/** Measures captured texts against segments and against expected texts, whichever are known. */
export function measureExtraction(pages: readonly JudgedPage[]): ExtractionFigures {
  return { ...segmentFigures(pages), ...shingleFigures(pages.filter((page) => page.expected !== undefined)) };
}

function segmentFigures(pages: readonly JudgedPage[]): ExtractionFigures {
  const must: boolean[] = [];
  const mustNot: boolean[] = [];
  for (const page of pages) {
    const text = comparable(page.text);
    must.push(...(page.mustContain ?? []).map((segment) => text.includes(comparable(segment))));
    mustNot.push(...(page.mustNotContain ?? []).map((segment) => !text.includes(comparable(segment))));
  }
  return { ...(must.length > 0 && { kept: share(must) }), ...(mustNot.length > 0 && { dropped: share(mustNot) }) };
}

function share(outcomes: readonly boolean[]): number {
  return round(outcomes.filter(Boolean).length / outcomes.length);
}

/** Characters that cannot be seen count for nothing, and any run of spaces for one. */
function comparable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u00AD\u200B\uFEFF]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Shares of shingles found, too many and missing are averaged over the pages first, so that a long page counts no more than a short one. */
function shingleFigures(pages: readonly JudgedPage[]): ExtractionFigures {
  if (pages.length === 0) return {};
  let found = 0;
  let tooMany = 0;
  let missing = 0;
  for (const page of pages) {
    const actual = shingles(page.text);
    const expected = shingles(page.expected ?? '');
    let common = 0;
    for (const [shingle, count] of actual) common += Math.min(count, expected.get(shingle) ?? 0);
    const extra = total(actual) - common;
    const lost = total(expected) - common;
    const sum = common + extra + lost || 1;
    found += common / sum;
    tooMany += extra / sum;
    missing += lost / sum;
  }
  const precision = found / (found + tooMany || 1);
  const recall = found / (found + missing || 1);
  return { f1: round((2 * precision * recall) / (precision + recall || 1)), precision: round(precision), recall: round(recall) };
}

const shingleWords = 4;

/** Counts the runs of four words; a character is a word where writing has no spaces. */
function shingles(text: string): Map<string, number> {
  const words = comparable(text).match(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]|[\p{L}\p{N}\p{M}_]+/gu) ?? [];
  const length = Math.min(shingleWords, words.length);
  const counts = new Map<string, number>();
  for (let start = 0; length > 0 && start + length <= words.length; start += 1) {
    const shingle = words.slice(start, start + length).join(' ');
    counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  }
  return counts;
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
