import { canonicalUrl, isSameSite } from '../../core/pages/canonical-url';
import type { CapturedPage } from '../../core/pages/page';
import { ownTitleOf } from '../../core/pages/page-titles';
import { undefinedIfNotFound } from '../../core/problem';
import { saysTheSame, shapeOf, sketchOf, type TextShape } from '../../core/search/text-sketch';
import { findAlikePages } from '../../storage/pages/find-alike-pages';
import { findSavedPage, readPage } from '../../storage/pages/pages';
import type { Library, StoredPage } from '../../storage/schema';

/** Of the pages that may say the same, so many are read and compared. */
const comparedPages = 4;

export interface Recognised {
  /** The page that the capture is of; absent when it is a new one. */
  readonly saved?: StoredPage;
  /** It was known by its text: its address is another than the page's own. */
  readonly isByText: boolean;
  /** The page's text stays the one it has: nearly the same was read on another site, which is not to speak in this one's name. */
  readonly keepsText?: true;
  /** The page that was the same once, and no longer is: this address is not one of its addresses any more. */
  readonly left?: StoredPage;
  readonly sketch?: readonly number[];
}

/**
 * Finds out whether a capture is of a page that is saved already: by its addresses, else by its text, if that is long enough and nearly the same. An
 * address that was once joined to a page by its text is asked anew each time. What another site has in nearly the same words tells that it has the page
 * too, and nothing of what the page says.
 * @param isApart the person has said that it is a page of its own
 */
export async function recognisePage(library: Library, capture: CapturedPage, isApart: boolean): Promise<Recognised> {
  if (capture.source === 'selection') {
    // A part tells nothing of the whole.
    const saved = await findSavedPage(library, capture);
    return { isByText: false, ...(saved ? { saved } : {}) };
  }
  const shape = shapeOf(capture.markdown, capture.title);
  const sketch = sketchOf(shape);
  const known = { ...(sketch ? { sketch } : {}) };
  const filed = await findSavedPage(library, capture);
  const isOwn = filed && !isOtherAddress(filed, capture);
  if (isOwn) return { ...known, saved: filed, isByText: false };
  if (isApart) return { ...known, isByText: false, ...(filed ? { left: filed } : {}) };
  const candidates = filed ? [filed] : sketch ? await findAlikePages(library, sketch, comparedPages) : [];
  for (const candidate of candidates) {
    const text = await readText(library, candidate);
    if (text === undefined || !isTextOf(text, candidate, capture, shape)) continue;
    const isForeign = text !== capture.markdown && !isSameSite(candidate.canonicalUrl, capture.canonicalUrl);
    return { ...known, saved: candidate, isByText: true, ...(isForeign ? { keepsText: true } : {}) };
  }
  return { ...known, isByText: false, ...(filed ? { left: filed } : {}) };
}

function isOtherAddress(page: StoredPage, capture: CapturedPage): boolean {
  if (page.canonicalUrl === capture.canonicalUrl) return false;
  const address = canonicalUrl(capture.url);
  return (page.otherAddresses ?? []).some((other) => canonicalUrl(other.url) === address || other.canonicalUrl === address);
}

async function readText(library: Library, { id }: StoredPage): Promise<string | undefined> {
  const found = await readPage(library, id).catch(undefinedIfNotFound);
  return found?.version.text;
}

function isTextOf(text: string, page: StoredPage, capture: CapturedPage, shape: TextShape): boolean {
  const own = shapeOf(text, ownTitleOf(page));
  // A text may be all alike and its title say that it is another part.
  return text === capture.markdown ? own.numbers === shape.numbers : saysTheSame(own, shape);
}
