import type { Source } from '../../../core/conversation/conversation';

/**
 * Where a link in an answer may lead: to the address of one of its sources, as the browser gave it when the page was saved. A model that does what a page
 * tells it to can name no other, and nothing can ride on this one.
 */
export function sourceLink(href: string, sources: readonly Source[]): string | undefined {
  const wanted = withoutFragment(href);
  if (wanted === undefined) return undefined;
  return sources.find(({ url }) => withoutFragment(url) === wanted)?.url;
}

function withoutFragment(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  url.hash = '';
  return url.href;
}
