/** More quotations and lists within each other than a panel has room for. */
const deepest = 16;
const widestIndent = 48;
/** Takes no room and means nothing in Markdown. */
const zeroWidthSpace = '\u200B';

const container = String.raw`[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))`;
const tooDeep = new RegExp(`^((?:${container}){${deepest}})((?:${container})+)`, 'gm');
const tooFarIn = new RegExp(String.raw`^([ \t>]{${widestIndent}})[ \t>](?=[ \t>]*(?:[-*+]|\d{1,9}[.)]|>)[ \t])`, 'gm');

/**
 * Takes quotations and lists that are nested deeper than anyone would out of Markdown, for each level is read by a function within the one around it.
 * All that stays keeps its offset.
 */
export function limitNesting(markdown: string): string {
  return markdown
    .replace(tooDeep, (_, kept: string, excess: string) => kept + zeroWidthSpace.repeat(excess.length))
    .replace(tooFarIn, `$1${zeroWidthSpace}`);
}
