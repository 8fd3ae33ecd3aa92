import type { CapturedPage } from '../../src/core/pages/page';

/** A captured page of which only the text and what a test cares for need be said. */
export function capturedPage(markdown: string, rest: Partial<CapturedPage> = {}): CapturedPage {
  const canonicalUrl = rest.canonicalUrl ?? 'https://lamps.example/oil';
  return { url: canonicalUrl, canonicalUrl, title: 'Oil lamps', site: 'lamps.example', markdown, capturedAt: 1_000, shareRead: 1, ...rest };
}
