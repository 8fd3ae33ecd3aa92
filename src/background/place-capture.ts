import type { CapturedPage, PageVersion } from '../core/page';
import { ownTitleOf } from '../core/page-titles';
import { carrySelections, placeSelection, type Selection } from '../core/selections';
import type { StoredPage } from '../storage/schema';

/**
 * What a capture makes of its page: a whole page takes the place of what is there, a selection becomes part of it.
 * @param current of the page, if it is saved already
 */
export function placeCapture(
  taken: CapturedPage,
  saved: StoredPage | undefined,
  current: PageVersion | undefined,
): { readonly capture: CapturedPage; readonly selections: readonly Selection[] } {
  const { chosen, ...capture } = taken;
  const { selections = [] } = saved ?? {};
  if (!saved || !current) {
    return { capture, selections: chosen ? [{ ...chosen, version: 1, capturedAt: capture.capturedAt }] : selections };
  }
  if (!chosen) {
    const isSame = capture.markdown === current.text;
    return { capture, selections: isSame ? selections : carrySelections(selections, current.text, current.version, capture.markdown) };
  }
  const placed = placeSelection(current.text, capture.markdown, chosen);
  const isNew = placed.text !== current.text;
  const version = isNew ? current.version + 1 : current.version;
  const kept = isNew ? carrySelections(selections, current.text, current.version, placed.text) : selections;
  const others = kept.filter((one) => one.version !== version || one.start !== placed.chosen.start || one.end !== placed.chosen.end);
  return {
    capture: { ...pageAsCaptured(saved, current), markdown: placed.text, capturedAt: isNew ? capture.capturedAt : saved.capturedAt },
    selections: [...others, { ...placed.chosen, version, capturedAt: capture.capturedAt }],
  };
}

/** A page with one of its versions as if it had just been read so. */
export function pageAsCaptured(page: StoredPage, { text, capturedAt, locators }: PageVersion): CapturedPage {
  const { url, canonicalUrl, site, byline, published, language, source, shareRead } = page;
  return {
    url,
    canonicalUrl,
    title: ownTitleOf(page),
    site,
    ...(byline ? { byline } : {}),
    ...(published ? { published } : {}),
    ...(language ? { language } : {}),
    ...(source ? { source } : {}),
    markdown: text,
    ...(locators ? { locators } : {}),
    capturedAt,
    shareRead,
  };
}
