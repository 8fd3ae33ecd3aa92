/**
 * Runs in a tab: whether its page offers what is said in a video of it, so that the larger script that can read it is worth injecting. Stands alone, as
 * whatever is run in a tab has to.
 */
export function isCaptioned(): boolean {
  const { document } = globalThis as unknown as { document: SearchedDocument };
  const named = 'video track[src], ytd-transcript-segment-renderer, transcript-segment-view-model';
  if (document.querySelectorAll(named).length > 0) return true;
  if ([...document.querySelectorAll('video')].some(({ textTracks }) => (textTracks?.length ?? 0) > 0)) return true;
  return [...document.querySelectorAll('script:not([src])')].some(
    ({ textContent }) =>
      textContent?.includes('"captionTracks"') || (textContent?.includes('"VideoObject"') && textContent.includes('"transcript"')),
  );
}

/** The little that is asked of the page; the worker itself has no documents. */
interface SearchedDocument {
  querySelectorAll(selector: string): Iterable<{
    readonly textContent: string | null;
    readonly textTracks?: { readonly length: number };
  }> & {
    readonly length: number;
  };
}
