/**
 * Puts a backslash before the few characters of a page's text that Markdown would read as marks. Everything else stays as it is, so that
 * nearly all stored text is the page's text, letter by letter.
 */
export function escapeInline(text: string): string {
  if (!/[\\`*_[<&~]/.test(text)) return text;
  return text
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '\\\\')
    .replace(/`/g, '\\`')
    .replace(/(?<=\S)\*|\*(?=\S)/g, '\\*')
    .replace(/(?<![\p{L}\p{N}_])_+(?=\S)|(?<=\S)(?<!_)_+(?![\p{L}\p{N}_])/gu, (run) => '\\_'.repeat(run.length))
    .replace(/\](?=[([])/g, '\\]')
    .replace(/<(?=[a-zA-Z/!?])/g, '\\<')
    .replace(/&(?=#?\w{1,31};)/g, '\\&')
    .replace(/~(?=\S)/g, '\\~');
}

/** The same for what Markdown would read as the beginning of another block, at the start of a line. */
export function escapeLineStart(line: string): string {
  return line
    .replace(/^(#{1,6})(?=\s|$)/, '\\$1')
    .replace(/^([-+*])(?=\s|$)/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
    .replace(/^([>|])/, '\\$1')
    .replace(/^(=+|-{2,}|(?:-\s*){2,}-|(?:_\s*){2,}_)\s*$/, '\\$1')
    .replace(/^~~~/, '\\~~~')
    .replace(/^\[(?=[^\]]+\]:)/, '\\[');
}
