/** The words of a document as they stand within lines, to tell a hyphen of a word from one of a line's end. */
export interface Vocabulary {
  readonly plain: ReadonlySet<string>;
  readonly hyphenated: ReadonlySet<string>;
}

export function vocabularyOf(lines: Iterable<string>): Vocabulary {
  const plain = new Set<string>();
  const hyphenated = new Set<string>();
  for (const line of lines) {
    // The last word may be cut.
    const whole = line.replace(/(?<!\S)\S+$/, '').toLowerCase();
    for (const [word] of whole.matchAll(/\p{L}+(?:[-\u2010]\p{L}+)*/gu)) (/[-\u2010]/.test(word) ? hyphenated : plain).add(word);
  }
  return { plain, hyphenated };
}

const noSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303F\uFF00-\uFFEF]/u;

/** Joins the end of one line to the beginning of the next. A hyphen that only marks the line's end goes. */
export function joinWords(before: string, after: string, { plain, hyphenated }: Vocabulary): string {
  if (before.endsWith('\u00AD')) return before.slice(0, -1) + after;
  const [, head] = /(?<!\p{L})(\p{L}+)[-\u2010]$/u.exec(before) ?? [];
  if (head) {
    const [tail] = /^\p{Ll}[\p{L}\p{M}]*/u.exec(after) ?? [];
    // A name or a number goes on after its own hyphen.
    if (!tail) return before + after;
    const compound = `${head}-${tail}`.toLowerCase();
    const isCompound = hyphenated.has(compound) && !plain.has((head + tail).toLowerCase());
    return (isCompound ? before : before.slice(0, -1)) + after;
  }
  const isTogether = noSpaces.test(before.at(-1) ?? '') && noSpaces.test(after[0] ?? '');
  return before + (isTogether ? '' : ' ') + after;
}
