import type { MergedVersions } from '../../core/pages/merge-versions';
import type { PageVersion } from '../../core/pages/page';
import { ownTitleOf } from '../../core/pages/page-titles';
import { uniteSelections } from '../../core/pages/selections';
import { tidyTags } from '../../core/pages/tidy-tags';
import type { StoredPage } from '../../storage/schema';

/**
 * What becomes of each field of a page that was saved in two libraries. A field that is added must be given its place here, else this does not compile.
 * - `united`: what both have.
 * - `newest`: as the one that was captured last has it.
 * - `text`: of the side that the current text is from.
 * - `derived`: of the library that it is in.
 */
export const pageFields = {
  id: 'derived',
  canonicalUrl: 'newest',
  url: 'newest',
  title: 'united',
  ownTitle: 'united',
  note: 'united',
  site: 'newest',
  byline: 'newest',
  published: 'newest',
  language: 'newest',
  source: 'newest',
  capturedAt: 'newest',
  shareRead: 'newest',
  addresses: 'united',
  otherAddresses: 'united',
  selections: 'united',
  tags: 'united',
  savedAt: 'united',
  sketch: 'text',
  version: 'derived',
  passageCount: 'derived',
  embeddedWith: 'derived',
} as const satisfies Readonly<Record<keyof StoredPage, 'united' | 'newest' | 'text' | 'derived'>>;

type FieldOf<Treatment> = { [Name in keyof StoredPage]-?: (typeof pageFields)[Name] extends Treatment ? Name : never }[keyof StoredPage];

/** The versions of both sides, as they are counted from now on. */
export type MergedPage = MergedVersions<PageVersion>;

type Unite<Name extends keyof StoredPage> = (kept: StoredPage | undefined, added: StoredPage, merged: MergedPage) => StoredPage[Name];

const united: { readonly [Name in FieldOf<'united'>]-?: Unite<Name> } = {
  addresses: (kept, added) => [...new Set([...(kept?.addresses ?? []), ...added.addresses])],
  otherAddresses: (kept, added) => {
    const own = kept?.otherAddresses ?? [];
    const others = (added.otherAddresses ?? []).filter(({ canonicalUrl }) => !own.some((other) => other.canonicalUrl === canonicalUrl));
    return own.length + others.length > 0 ? [...own, ...others] : undefined;
  },
  selections: (kept, added, { keptNumbers, addedNumbers }) =>
    kept?.selections || added.selections
      ? uniteSelections(kept?.selections ?? [], added.selections ?? [], keptNumbers, addedNumbers)
      : undefined,
  // The name that the person gave stays, the library's own before the backup's; what the page calls itself is as it was captured last.
  title: (kept, added) => (namedOf(kept, added) ?? newestOf(kept, added)).title,
  ownTitle: (kept, added) => (namedOf(kept, added) ? ownTitleOf(newestOf(kept, added)) : undefined),
  note(kept, added) {
    const [own = '', other = ''] = [kept?.note, added.note];
    return (own.includes(other) ? own : own === '' ? other : `${own}\n\n${other}`) || undefined;
  },
  tags: (kept, added) => (kept?.tags || added.tags ? tidyTags([...(kept?.tags ?? []), ...(added.tags ?? [])]) : undefined),
  savedAt: (kept, added) => Math.min(kept?.savedAt ?? added.savedAt, added.savedAt),
};

function namedOf(kept: StoredPage | undefined, added: StoredPage): StoredPage | undefined {
  return [kept, added].find((page) => page?.ownTitle !== undefined);
}

function newestOf(kept: StoredPage | undefined, added: StoredPage): StoredPage {
  return kept && kept.capturedAt >= added.capturedAt ? kept : added;
}

/**
 * What is known of a page in both libraries. What is derived is the library's own still, or the backup's where the page is new.
 * @param kept absent when the page is new
 */
export function unitePages(kept: StoredPage | undefined, added: StoredPage, merged: MergedPage): StoredPage {
  const own = kept ?? added;
  const newer = newestOf(kept, added);
  const older = newer === own ? added : own;
  const sameText = merged.addedNumbers.get(added.version) === merged.versions.at(-1)?.version;
  const ofText = merged.newestIsFrom === 'added' ? added : own;
  const page: Record<string, unknown> = { ...older, ...newer };
  for (const [name, treatment] of Object.entries(pageFields) as [keyof StoredPage, string][]) {
    if (treatment === 'derived') page[name] = own[name];
    if (treatment === 'text') page[name] = ofText[name] ?? (sameText ? added[name] : undefined);
    if (treatment === 'united') page[name] = united[name as FieldOf<'united'>](kept, added, merged);
    if (page[name] === undefined) delete page[name];
  }
  return page as unknown as StoredPage;
}
