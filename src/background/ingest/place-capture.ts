import type { CapturedPage, PageVersion } from '../../core/pages/page';
import { ownTitleOf } from '../../core/pages/page-titles';
import { carrySelections, placeSelection, type Selection } from '../../core/pages/selections';
import { withTranscript } from '../../core/pages/transcript-part';
import type { StoredPage } from '../../storage/schema';

/**
 * What a capture makes of its page: a whole page takes the place of what is there, but for the transcript of a video; a selection becomes part of it.
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
    const whole = saved.source === 'video' && !capture.source ? withItsTranscript(capture, saved, current) : capture;
    const isSame = whole.markdown === current.text;
    return { capture: whole, selections: isSame ? selections : carrySelections(selections, current.text, current.version, whole.markdown) };
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

/** What is said in a video stays when its captions did not come this time, or were not asked for. */
function withItsTranscript(capture: CapturedPage, saved: StoredPage, current: PageVersion): CapturedPage {
  const { text: markdown, locators } = current;
  const whole = withTranscript(capture.markdown, { markdown, ...(locators ? { locators } : {}) });
  return { ...capture, ...whole, source: 'video', shareRead: Math.min(capture.shareRead, saved.shareRead) };
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
