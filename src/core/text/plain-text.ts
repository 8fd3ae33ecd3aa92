/**
 * What a reader sees of a stretch of our Markdown: the words without the marks that structure and style them. Used for quotations, for
 * search and for finding a passage on the live page. Blocks stay on lines of their own; code keeps its lines.
 * @param startsInCode the stretch begins within a block of code, so its fence stands before it
 */
export function plainText(markdown: string, startsInCode = false): string {
  const lines: string[] = [];
  let openFence = startsInCode ? shortestFence : '';
  for (const line of markdown.split('\n')) {
    const fence = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (openFence !== '') {
      const closes = fence !== undefined && line.trim() === fence && fence.startsWith(openFence);
      if (closes) openFence = '';
      else lines.push(line);
      continue;
    }
    if (fence !== undefined) {
      openFence = fence;
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

const shortestFence = '```';

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

/**
 * Links and pictures become their words; emphasis, code marks and escapes go. What is escaped or code is no mark to the others. A line may be a whole page
 * long and made to keep this busy: each pattern ends at the next mark of its own kind, so that none of the text is looked through again for each mark.
 */
function plainInline(line: string): string {
  if (!/[\\`*_[~]/.test(line)) return line;
  const literal: string[] = [];
  return line
    .replace(/\\([!-/:-@[-`{-~])|(`+)(?:(?!`)(.{1,1000}?)(?<!`)\2(?!`))?/g, (match, escaped?: string, _fence?: string, code?: string) => {
      if (escaped === undefined && code === undefined) return match;
      literal.push(escaped ?? code ?? '');
      return `\uE000${literal.length - 1}\uE001`;
    })
    .replace(/!?\[((?:[^[\]]|\[[^[\]]*\])*)\]\((?:<[^<>]{0,2000}>|[^()\s]*(?:\([^()]*\)[^()\s]*)*)(?:\s+"[^"]*")?\)/g, '$1')
    .replace(/(\*\*\*?)(?=\S)((?:[^*]|\*(?!\*)){1,1000}?)(?<=\S)\1/g, '$2')
    .replace(/__(?=\S)((?:[^_]|_(?!_)){1,1000}?)(?<=\S)__/g, '$1')
    .replace(/(?<![\p{L}\p{N}*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\p{L}\p{N}*])/gu, '$1')
    .replace(/(?<![\p{L}\p{N}_])_(?=\S)([^_]+?)(?<=\S)_(?![\p{L}\p{N}_])/gu, '$1')
    .replace(/~~(?=\S)((?:[^~]|~(?!~)){1,1000}?)(?<=\S)~~/g, '$1')
    .replace(/\uE000(\d+)\uE001/g, (match, index: string) => literal[Number(index)] ?? match);
}
