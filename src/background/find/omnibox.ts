import type { Omnibox } from 'webextension-polyfill';
import { newestOnly } from '../../core/newest-only';
import { problemOf } from '../../core/problem';
import type { Span } from '../../core/text/span';
import type { SavedPlace } from '../../protocol/saved-place';
import type { FindResult, FoundPage } from '../../protocol/worker-requests';

/** The browser shows no more. */
const mostSuggestions = 8;

export interface OmniboxTools {
  readonly find: (text: string, limit: number) => Promise<FindResult>;
  /** The address of the reader at a place. */
  readonly addressOf: (place: SavedPlace) => string;
  /** The address of the Library with something in its search box. */
  readonly libraryAddress: (sought: string) => string;
  readonly open: (address: string, disposition: Omnibox.OnInputEnteredDisposition) => void;
  /** What the first line says before anything is typed, when something was found, when nothing was, and besides when not all could be searched. */
  readonly words: { readonly start: string; readonly openBest: string; readonly nothing: string; readonly incomplete: string };
}

/**
 * Searches the library from the address bar. Enter on a page opens its saved copy at the passage; Enter on the words alone opens the best of them, or, when
 * nothing is found, the Library, which says so and how to go on. It opens in a tab: the browser opens a side panel only before anything is awaited, and what
 * is found is known only after.
 */
export function serveOmnibox(omnibox: Omnibox.Static, { find, addressOf, libraryAddress, open, words }: OmniboxTools): void {
  const say = (line: string) => omnibox.setDefaultSuggestion({ description: escapeXml(line) });

  const findOrNothing = (text: string, limit: number) =>
    find(text, limit).catch((error: unknown): FindResult => {
      console.error('Nothing could be found:', problemOf(error));
      return { pages: [], hasMore: false };
    });

  const suggest = newestOnly<{ text: string; give: (suggestions: Omnibox.SuggestResult[]) => void }>(async ({ text, give }) => {
    const { pages, passagesNotSearched } = await findOrNothing(text, mostSuggestions);
    const line = pages.length > 0 ? words.openBest : words.nothing;
    say(passagesNotSearched === undefined ? line : `${line} · ${words.incomplete}`);
    give(pages.map((found) => ({ content: addressOf(placeOf(found)), description: describeFound(found) })));
  });

  omnibox.onInputStarted.addListener(() => say(words.start));
  omnibox.onInputChanged.addListener((text, give) => void suggest({ text, give }));
  omnibox.onInputEntered.addListener(async (entered, disposition) => {
    if (entered.startsWith(addressOf({ pageId: '' }))) return open(entered, disposition);
    const [best] = (await findOrNothing(entered, 1)).pages;
    open(best ? addressOf(placeOf(best)) : libraryAddress(entered), disposition);
  });
}

/** A line of the address bar in its markup: the title, the site, and the words around what was found. */
export function describeFound({ page, titleHighlights, passage, note }: FoundPage): string {
  const title = markMatches(page.title, titleHighlights);
  const around = passage?.snippet ?? note;
  const snippet = around ? ` ${markMatches(around.text, around.highlights)}` : '';
  return `${title} <dim>${escapeXml(page.site)}</dim>${snippet}`;
}

function placeOf({ page, passage }: FoundPage): SavedPlace {
  return { pageId: page.id, ...(passage && { version: passage.version, start: passage.start, end: passage.end }) };
}

function markMatches(text: string, highlights: readonly Span[]): string {
  let shown = 0;
  const marked = highlights.map(({ start, end }) => {
    const before = escapeXml(text.slice(shown, start));
    shown = end;
    return `${before}<match>${escapeXml(text.slice(start, end))}</match>`;
  });
  return marked.join('') + escapeXml(text.slice(shown));
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** What XML has no way to write (control characters, halves of characters) becomes a space: one of them, and the browser shows nothing at all. */
function escapeXml(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ').replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
