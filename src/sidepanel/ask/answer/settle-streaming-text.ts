/** A link or a citation mark that has been begun and may go on. Past this length it is taken for a bracket. */
const unfinishedLink = /[ \t]*!?\[[^\]\n]{0,200}(?:\](?:\([^)\n]{0,400})?)?$/;
const unfinishedMarkers = /[*_`]+$/;
/** The head of a table, which is none before the rule under it is whole. */
const unfinishedTable = /(?<=^|(?:^|\n)(?!\|)[^\n]*\n)\|[^\n]*(?:\n[|\s:-]*)?$/;
const formula = /\$\$[^$]+\$\$|\$[^\s$](?:[^$\n]*[^\s$])?\$(?!\d)|\\\([^\n]*?\\\)|\\\[[\s\S]*?\\\]/g;
/** A formula that has been begun and may go on. Past this length, or with a digit first, a sign of dollars is one. */
const unfinishedFormula = /(?:\$\$[^$]{0,2000}|\$(?![\s\d])[^$\n]{0,120}|\\\([^\n]{0,400}|\\\[[\s\S]{0,2000}|\\)$/;
const codeSpan = /(`+)[^`]+\1(?!`)/g;
const emphasisMarker = /\*\*|__|\*|_/g;
/** What is open for longer is not going to end. */
const longestOpen = 4_000;

/**
 * Markdown that is still being written, made fit to show: a link, mark, formula or table that may not be whole is held back, and emphasis or code
 * begun but not ended is ended, so that words already shown do not change their looks when the rest arrives.
 */
export function settleStreamingText(text: string): string {
  if (isInsideFence(text)) return text;
  const from = Math.max(0, text.length - longestOpen);
  return text.slice(0, from) + settleEnd(text.slice(from));
}

function settleEnd(text: string): string {
  const settled = withoutOpenFormula(text).replace(unfinishedLink, '').replace(unfinishedMarkers, '').replace(unfinishedTable, '');
  const closing = closingMarkers(settled.slice(settled.lastIndexOf('\n\n') + 1));
  // Markers after a space would not count as closing.
  return closing ? settled.trimEnd() + closing : settled;
}

function withoutOpenFormula(text: string): string {
  const at = text.replace(formula, (whole) => ' '.repeat(whole.length)).search(unfinishedFormula);
  return at < 0 ? text : text.slice(0, at);
}

function isInsideFence(text: string): boolean {
  return (text.match(/^ {0,3}(?:```|~~~)/gm)?.length ?? 0) % 2 === 1;
}

/** What ends the code or emphasis that a paragraph leaves open. */
function closingMarkers(paragraph: string): string {
  const prose = paragraph.replace(codeSpan, 'x');
  const openCode = /`+/.exec(prose);
  if (openCode) return openCode[0];
  const open: string[] = [];
  for (const { 0: marker, index } of prose.matchAll(emphasisMarker)) {
    const before = prose[index - 1] ?? ' ';
    const after = prose[index + marker.length] ?? ' ';
    if (open.at(-1) === marker && /\S/.test(before)) open.pop();
    else if (/[\s\p{P}]/u.test(before) && /\S/.test(after)) open.push(marker);
  }
  return open.reverse().join('');
}
