import type { TokenizerAndRendererExtension } from 'marked';

interface MathToken {
  readonly type: string;
  readonly raw: string;
  readonly source: string;
}

/** `$a$` only where no space follows the first sign or comes before the last, and no digit after it: prices stay prices. */
const inline =
  /^\$(?![\s$])((?:\\[\s\S]|[^\\$\n])*?[^\s\\$]|\\\S)\$(?![\d$])|^\\\(((?:\\\\|(?!\\\()[\s\S]){1,2000}?)\\\)|^\$\$([^$\n]+?)\$\$/;
/** Where one may begin. Only what also ends: the paragraph before it is read again for each. */
const displayStart = /\$\$(?=[^$]{1,5000}\$\$[ \t]*(?:\n|$))|\\\[(?=(?:\\\\|(?!\\\[)[\s\S]){1,5000}?\\\][ \t]*(?:\n|$))/;
const display = /^ {0,3}(?:\$\$([\s\S]{1,5000}?)\$\$|\\\[([\s\S]{1,5000}?)\\\])[ \t]*(?:\n|$)/;

/** Formulas in TeX: `$…$` and `\(…\)` in a line, `$$…$$` and `\[…\]` by themselves. Rendered as code in the language `math`, as fences name it. */
export const mathTokens: TokenizerAndRendererExtension[] = [
  {
    name: 'display-math',
    level: 'block',
    start: (source) => startOf(displayStart, source),
    tokenizer: (source) => token('display-math', display.exec(source)),
    renderer: (math) => `<pre lang="math"><code>${escapeHtml((math as MathToken).source)}</code></pre>\n`,
  },
  {
    name: 'math',
    level: 'inline',
    start: (source) => startOf(/\$|\\\(/, source),
    tokenizer: (source) => token('math', inline.exec(source)),
    renderer: (math) => `<code lang="math">${escapeHtml((math as MathToken).source)}</code>`,
  },
];

function startOf(pattern: RegExp, source: string): number | undefined {
  const at = source.search(pattern);
  return at < 0 ? undefined : at;
}

function token(type: string, found: RegExpExecArray | null): MathToken | undefined {
  const source = found?.slice(1).find((group) => group !== undefined);
  return found && source !== undefined ? { type, raw: found[0], source: source.trim() } : undefined;
}

/** For the inside of an element. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
