import { canonicalUrl } from '../../core/pages/canonical-url';
import type { ImportedFrom } from '../../core/pages/job';
import type { CapturedPage, OtherAddress, PageId } from '../../core/pages/page';
import { ownTitleOf } from '../../core/pages/page-titles';
import type { StoredPage } from '../../storage/schema';
import type { Recognised } from './recognise-page';

/** What is known of a page after a capture, but for its version. A page that was known by its text keeps its own name and address. */
export function describePage(
  capture: CapturedPage,
  newId: PageId,
  { saved, isByText, keepsText, sketch }: Recognised,
  imported: ImportedFrom | undefined,
  now: number,
): Omit<StoredPage, 'version' | 'passageCount'> {
  const { markdown: _, locators: __, ...described } = capture;
  const listedAt = imported ? [canonicalUrl(imported.url)] : [];
  const addresses = [...new Set([...(saved?.addresses ?? []), ...addressesOf(capture), ...listedAt])];
  const kept = { addresses, ...(sketch ? { sketch } : {}) };
  if (saved && isByText) {
    const { version: _version, passageCount: _count, ownTitle: _own, ...page } = saved;
    const { url, canonicalUrl: filedAs, capturedAt, shareRead } = capture;
    const others = (saved.otherAddresses ?? []).filter((other) => other.canonicalUrl !== filedAs);
    const named = { ...page, title: ownTitleOf(saved), addresses, otherAddresses: [...others, { url, canonicalUrl: filedAs }] };
    if (keepsText) return named;
    const { sketch: _old, ...rest } = named;
    return { ...rest, ...kept, capturedAt, shareRead };
  }
  const { otherAddresses } = saved ?? {};
  return {
    ...described,
    ...kept,
    id: saved?.id ?? newId,
    savedAt: saved?.savedAt ?? imported?.savedAt ?? now,
    ...(imported && !saved ? { tags: imported.tags } : {}),
    ...(otherAddresses ? { otherAddresses } : {}),
  };
}

/** The page without an address that is not its own any more. */
export function withoutAddress(page: StoredPage, leaving: OtherAddress): StoredPage {
  const { otherAddresses = [], ...rest } = page;
  const gone = otherAddresses.filter(
    ({ canonicalUrl: filedAs }) => filedAs === leaving.canonicalUrl || filedAs === canonicalUrl(leaving.url),
  );
  const others = otherAddresses.filter((other) => !gone.includes(other));
  const addressesGone = [leaving, ...gone].flatMap(addressesOf);
  const addresses = page.addresses.filter((address) => address === page.canonicalUrl || !addressesGone.includes(address));
  return { ...rest, addresses, ...(others.length > 0 ? { otherAddresses: others } : {}) };
}

const addressesOf = ({ url, canonicalUrl: filedAs }: OtherAddress) => [filedAs, canonicalUrl(url)];
