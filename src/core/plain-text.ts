/**
 * What a reader sees of a stretch of our Markdown: the words without the marks that structure and style them. Used for quotations, for
 * search and for finding a passage on the live page. Blocks stay on lines of their own; code keeps its lines.
 */
export function plainText(markdown: string): string {
  const lines: string[] = [];
  let inCode = false;
  for (const line of markdown.split('\n')) {
    if (/^\s{0,3}(`{3,}|~{3,})/.test(line)) {
      inCode = !inCode;
      continue;
    }
    if (inCode) {
      lines.push(line);
      continue;
    }
    if (isTableRule(line)) continue;
    lines.push(plainInline(withoutBlockMarks(line)));
  }
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function isTableRule(line: string): boolean {
  return /^\s*\|(\s*:?-+:?\s*\|)+\s*$/.test(line);
}

function withoutBlockMarks(line: string): string {
  const unquoted = line.replace(/^(\s{0,3}>\s?)+/, '');
  if (/^\s*\|.*\|\s*$/.test(unquoted)) {
    return unquoted
      .trim()
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('\\|', '|'))
      .join(' ');
  }
  return unquoted
    .replace(/^\s*#{1,6}\s+/, '')
    .replace(/^\s*(?:[-*+]|\d{1,9}[.)])\s+/, '')
    .replace(/^\s+/, '');
}

/** Links and pictures become their words; emphasis, code marks and escapes go. What is escaped or code is no mark to the others. */
function plainInline(line: string): string {
  const literal: string[] = [];
  return line
    .replace(/\\([!-/:-@[-`{-~])|(`+)(.+?)\2(?!`)/g, (_match, escaped?: string, _fence?: string, code?: string) => {
      literal.push(escaped ?? code ?? '');
      return `\uE000${literal.length - 1}\uE001`;
    })
    .replace(/!?\[((?:[^[\]]|\[[^\]]*\])*)\]\((?:<[^>]*>|[^()\s]*(?:\([^()]*\)[^()\s]*)*)(?:\s+"[^"]*")?\)/g, '$1')
    .replace(/(\*\*\*|\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\p{L}\p{N}*])/gu, '$1')
    .replace(/(?<![\p{L}\p{N}_])_(?=\S)([^_]+?)(?<=\S)_(?![\p{L}\p{N}_])/gu, '$1')
    .replace(/~~(?=\S)(.+?)(?<=\S)~~/g, '$1')
    .replace(/\uE000(\d+)\uE001/g, (match, index: string) => literal[Number(index)] ?? match);
}
