import { passagesOfTexts } from '../../core/lexical/search-texts';
import type { Passage } from '../../core/pages/page';
import type { Reading } from '../../core/pages/reading';
import { undefinedIfNotFound } from '../../core/problem';
import { shareBudget } from '../../core/prompt/share-budget';
import type { ContextPassage, ReadPassage } from '../../core/search/choose-context';
import type { SearchScope } from '../../core/search/search';
import { estimateTokens } from '../../core/text/estimate-tokens';
import { readPage, readPassages } from '../../storage/pages/pages';
import { entriesInScope } from '../../storage/pages/passages-in-scope';
import type { ScopeEntry } from '../../storage/pages/scope-slabs';
import type { Library } from '../../storage/schema';
import { readingsInScope, searchedText } from './asked-readings';

/** A page of which less than this could be read is left out whole: the newer ones are worth more. */
const leastPageTokens = 300;
/** What goes with each passage, such as its title. */
const tokensAroundPassage = 50;

export interface ReadInOrder {
  /** Page by page, each from its beginning. */
  readonly passages: readonly ContextPassage[];
  readonly pages: number;
  /** Of all those pages, read or not. */
  readonly passagesInScope: number;
}

/**
 * Reads the text of a scope as far as a budget allows: every page a fair share of it, the newest if there is no room for all. Pages are read one after
 * the other, and no more is held of them than has room, however long they are.
 */
export async function readInOrder(
  library: Library,
  readings: readonly Reading[],
  scope: SearchScope,
  budgetTokens: number,
  signal: AbortSignal,
): Promise<ReadInOrder> {
  const entries = inOrder(await entriesInScope(library, scope), scope);
  const unsaved = openReadings(readingsInScope(readings, scope));
  const room = Math.max(1, Math.floor(budgetTokens / leastPageTokens));
  let pages = cutToShares(unsaved.slice(0, room), budgetTokens);
  for (const { id } of entries.slice(0, room)) {
    if (pages.length >= room) break;
    signal.throwIfAborted();
    const page = await openPage(library, id);
    // With each page that is read, those before it have a smaller share.
    if (page) pages = cutToShares([...pages, page], budgetTokens);
  }
  return {
    pages: entries.length + unsaved.length,
    passagesInScope: [...entries, ...unsaved.map(({ passages }) => ({ passageCount: passages.length }))].reduce(
      (sum, { passageCount }) => sum + passageCount,
      0,
    ),
    passages: pages.flatMap(({ passages }) => passages.map(asContext)),
  };
}

function cutToShares(pages: readonly OpenPage[], budgetTokens: number): OpenPage[] {
  const shares = shareBudget(
    pages.map(({ wantedTokens }) => wantedTokens),
    budgetTokens,
  );
  return pages.map((page, index) => cutPage(page, shares[index] ?? 0));
}

function cutPage(page: OpenPage, shareTokens: number): OpenPage {
  const count = howMany(page.tokens, shareTokens);
  const last = page.passages[count - 1];
  if (!last || count === page.passages.length) return page;
  const { pageVersion } = last;
  // What is only sliced holds on to all of the text.
  const cut = { ...pageVersion, text: structuredClone(pageVersion.text.slice(0, last.end)) };
  const passages = page.passages.slice(0, count).map((passage) => ({ ...passage, pageVersion: cut }));
  return { ...page, passages, tokens: page.tokens.slice(0, count) };
}

/** As they were chosen, if they were chosen one by one; else the newest first. */
function inOrder(entries: readonly ScopeEntry[], { pageIds }: SearchScope): ScopeEntry[] {
  if (!pageIds) return entries.toSorted((one, other) => other.capturedAt - one.capturedAt);
  const places = new Map(pageIds.map((id, place) => [id, place]));
  return entries.toSorted((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0));
}

/** One that is not saved, as it was read for the question. */
function openReadings(readings: readonly Reading[]): OpenPage[] {
  const spans = passagesOfTexts(readings.map(searchedText));
  return readings.map(({ id, page, version }) => {
    const own = spans.filter(({ pageId }) => pageId === id);
    const passages = own.map((span): ReadPassage => ({ ...span, score: 0, wordCoverage: 0, page, pageVersion: version, isUnsaved: true }));
    return opened(passages);
  });
}

/** A page, or the beginning of it that has room. */
interface OpenPage {
  readonly passages: readonly ReadPassage[];
  /** Of each passage. */
  readonly tokens: readonly number[];
  /** Of the whole page. */
  readonly wantedTokens: number;
}

function opened(passages: readonly ReadPassage[]): OpenPage {
  const tokens = passages.map((passage) => tokensOf(passage, passage.pageVersion.text));
  return { passages, tokens, wantedTokens: tokens.reduce((sum, own) => sum + own, 0) };
}

function tokensOf({ start, end }: Pick<Passage, 'start' | 'end'>, text: string): number {
  return estimateTokens(text.slice(start, end)) + tokensAroundPassage;
}

async function openPage(library: Library, pageId: ScopeEntry['id']): Promise<OpenPage | undefined> {
  const [read, spans] = await Promise.all([readPage(library, pageId).catch(undefinedIfNotFound), readPassages(library, pageId)]);
  // Saved again between the two: its passages are of another text.
  if (!read || spans[0]?.version !== read.version.version) return undefined;
  return opened(spans.map((span) => ({ ...ranked(span), page: read.page, pageVersion: read.version })));
}

function ranked({ id, ...span }: Passage) {
  return { ...span, passageId: id, score: 0, wordCoverage: 0 };
}

/** Always the first, so that each page that is read is heard. */
function howMany(tokens: readonly number[], share: number): number {
  let sum = 0;
  const fitting = tokens.findIndex((own) => {
    sum += own;
    // Shares are fractions.
    return sum > share + 0.5;
  });
  return fitting < 0 ? tokens.length : Math.max(1, fitting);
}

function asContext(passage: ReadPassage): ContextPassage {
  const { start, end, startsInCode } = passage;
  return { start, end, ...(startsInCode ? { startsInCode } : {}), passages: [passage], best: passage, otherPages: 0 };
}
