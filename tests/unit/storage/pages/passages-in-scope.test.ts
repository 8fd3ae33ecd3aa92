import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexPassages } from '../../../../src/core/lexical/index-passages';
import type { PageId } from '../../../../src/core/pages/page';
import { siteHost } from '../../../../src/core/pages/site-host';
import { splitPassages } from '../../../../src/core/pages/split-passages';
import { matchesScope } from '../../../../src/core/search/matches-scope';
import type { SearchScope } from '../../../../src/core/search/search';
import { commitPage, deletePage } from '../../../../src/storage/pages/index-page';
import { newestFirst } from '../../../../src/storage/pages/newest-pages';
import { touchPage } from '../../../../src/storage/pages/pages';
import { pageIdsInScope, passagesInScope } from '../../../../src/storage/pages/passages-in-scope';
import { tagPage } from '../../../../src/storage/pages/tag-page';
import type { Library } from '../../../../src/storage/schema';
import { storedPassages } from '../../../support/stored-passages';
import { temporaryLibrary } from '../../../support/temporary-library';

interface Saved {
  readonly id: string;
  readonly url: string;
  readonly savedAt: number;
  readonly capturedAt: number;
  readonly passages: number;
  readonly tags?: readonly string[];
}

async function save(library: Library, { id, url, savedAt, capturedAt, passages }: Saved): Promise<void> {
  const text = Array.from({ length: passages }, (_, index) =>
    `## Part ${index}\n\nThe keeper trimmed the wick. `.concat('Oil. '.repeat(250)),
  ).join('\n\n');
  const spans = splitPassages(text);
  const canonicalUrl = `https://lamps.example/${id}`;
  const known = {
    id: id as PageId,
    canonicalUrl,
    url,
    addresses: [url],
    title: id,
    site: '',
    savedAt,
    capturedAt,
    version: 1,
    shareRead: 1,
  };
  const version = { pageId: known.id, version: 1, text, contentHash: id, capturedAt };
  const page = { ...known, passageCount: spans.length };
  await commitPage(library, { page, version, spans, indexed: () => indexPassages(text, id, spans) }, async () => true);
}

const tag = fc.constantFrom('optics', 'to read', 'lamps');
const host = fc.constantFrom('example.org', 'www.example.org', 'docs.example.org', 'example.com', '127.0.0.1');
const time = fc.integer({ min: 1, max: 9 });
const change = fc.record({
  what: fc.constantFrom('save' as const, 'save' as const, 'save' as const, 'delete' as const, 'tag' as const, 'touch' as const),
  page: fc.record({
    id: fc.constantFrom(...'abcdefgh'),
    url: host.map((name) => `https://${name}/x`),
    savedAt: time,
    capturedAt: time,
    passages: fc.integer({ min: 1, max: 4 }),
  }),
  tags: fc.uniqueArray(tag),
});
const pageIds = fc.uniqueArray(fc.constantFrom(...'abcdefghz')).map((ids) => ids as PageId[]);
const sites = fc.uniqueArray(fc.constantFrom('example.org', 'docs.example.org', 'org', 'com', 'nowhere.example'));
const scopes: fc.Arbitrary<SearchScope> = fc.record(
  { pageIds, sites, excludedSites: sites, tags: fc.uniqueArray(tag), excludedTags: fc.uniqueArray(tag), after: time, before: time },
  { requiredKeys: [] },
);

describe('The passages in a scope', () => {
  it('are those of the pages that match it, after any changes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 12 }),
        fc.array(scopes, { minLength: 5, maxLength: 10 }),
        async (changes, asked) => {
          const library = await temporaryLibrary();
          for (const { what, page, tags } of changes) {
            const id = page.id as PageId;
            const stored = await library.get('pages', id);
            if (what === 'save') await save(library, page);
            if (what === 'delete') await deletePage(library, id);
            if (what === 'tag') await tagPage(library, id, tags);
            if (what === 'touch' && stored) await touchPage(library, { ...stored, url: page.url, capturedAt: page.capturedAt });
          }
          const pages = await library.getAll('pages');
          const passages = await storedPassages(library);
          for (const scope of asked) {
            const wanted = new Set(
              pages.filter((page) => matchesScope({ ...page, host: siteHost(page.url), tags: page.tags ?? [] }, scope)).map(({ id }) => id),
            );
            const found = await passagesInScope(library, scope);
            expect(found.pages).toBe(wanted.size);
            for (const { id, pageId } of passages) expect(found.has(id)).toBe(wanted.has(pageId));
            expect(await pageIdsInScope(library, scope)).toEqual(wanted);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('never hold a number that no passage has', async () => {
    const library = await temporaryLibrary();
    expect((await passagesInScope(library, {})).has(1)).toBe(false);
    expect((await passagesInScope(library, { after: 5, before: 3 })).pages).toBe(0);
  });
});

describe('Tags', () => {
  it('stay when the page is saved again, even when they were given meanwhile', async () => {
    const library = await temporaryLibrary();
    const page = { id: 'a', url: 'https://a.example/', savedAt: 1, capturedAt: 1, passages: 1 };
    await save(library, page);
    const readBefore = await library.get('pages', 'a' as PageId);
    await tagPage(library, 'a' as PageId, [' Optics ', 'optics']);
    await save(library, { ...page, capturedAt: 2 });
    if (readBefore) await touchPage(library, { ...readBefore, capturedAt: 3 });
    expect(await library.get('pages', 'a' as PageId)).toMatchObject({ tags: ['optics'], capturedAt: 3 });
    expect((await passagesInScope(library, { tags: ['optics'] })).pages).toBe(1);
  });
});

it('gives the newest pages of a scope', async () => {
  const library = await temporaryLibrary();
  for (const [index, id] of [...'abcd'].entries())
    await save(library, { id, url: 'https://a.example/', savedAt: index, capturedAt: 1, passages: 1 });
  const newest = await newestFirst(library, new Set(['a', 'b', 'd'] as PageId[]));
  expect(newest).toEqual(['d', 'b', 'a']);
});
