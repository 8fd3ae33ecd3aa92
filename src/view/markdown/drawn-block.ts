import type { Token, Tokens } from 'marked';
import { escapeHtml } from './math-tokens';

/** What one block of a text is drawn from. Not safe to show: sanitise it first. */
export interface DrawnBlock {
  readonly html: string;
  /** What it takes to draw that, see `weightOf`. */
  readonly weight: number;
  /** Where all of it would hold the panel up: what `html` is instead, and what gives all of it. */
  readonly shortened?: { readonly to: 'beginning' | 'source'; readonly whole: () => string };
}

/** In elements: some 100 ms for a slow machine, and more than fits on ten screens of a panel. */
export const heaviestBlock = 2_000;
/** How much longer a formula, and what may become the mark of a citation, take than an element. */
const formulaWeight = 10;
const markWeight = 3;

/** What it takes to draw this HTML, counted in elements. */
export function weightOf(html: string): number {
  let weight = 0;
  for (const [found] of html.matchAll(/<[a-z]|lang="math"|\[(?=\d)|\uE020/gi))
    weight += found.startsWith('<') ? 1 : found.startsWith('l') ? formulaWeight : markWeight;
  return weight;
}

/**
 * A block as it is to be drawn: of a table or list too large to be drawn at once its beginning, of anything else its source.
 * What holds a marked passage is drawn whole, for it was opened to see that.
 */
export function drawnBlock(token: Token, parse: (token: Token) => string, mayHoldPassage = false): DrawnBlock {
  const whole = () => parse(token);
  if (mayHoldPassage) {
    const html = whole();
    if (html.includes('<mark>')) return { html, weight: weightOf(html) };
  }
  const beginning = beginningOf(token, parse);
  const html = beginning ? parse(beginning) : '';
  const weight = weightOf(html);
  if (beginning === token && weight <= heaviestBlock) return { html, weight };
  if (beginning && beginning !== token) return { html, weight, shortened: { to: 'beginning', whole } };
  return { html: `<p><samp>${escapeHtml(token.raw)}</samp></p>`, weight: 2, shortened: { to: 'source', whole } };
}

/** @returns the same token where all of it is light enough, or it has no parts to leave out; nothing where even the first part is too heavy */
function beginningOf(token: Token, parse: (token: Token) => string): Token | undefined {
  if (token.type === 'table') {
    const table = token as Tokens.Table;
    const weigh = (part: Partial<Tokens.Table>) => weightOf(parse({ ...table, ...part }));
    const rows = firstWithin(table.rows, (row) => weigh({ header: [], rows: [row] }), weigh({ rows: [] }));
    return rows.length === table.rows.length ? token : rows.length > 0 ? { ...table, rows } : undefined;
  }
  if (token.type === 'list') {
    const list = token as Tokens.List;
    const items = firstWithin(list.items, (item) => weightOf(parse({ ...list, items: [item] })));
    return items.length === list.items.length ? token : items.length > 0 ? { ...list, items } : undefined;
  }
  return token;
}

function firstWithin<T>(parts: readonly T[], weigh: (part: T) => number, weighed = 0): T[] {
  const taken: T[] = [];
  let weight = weighed;
  for (const part of parts) {
    weight += weigh(part);
    if (weight > heaviestBlock) break;
    taken.push(part);
  }
  return taken;
}
