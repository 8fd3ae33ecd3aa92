import { describe, expect, it } from 'vitest';
import type { PageId } from '../../../../src/core/pages/page';
import { intersectScopes } from '../../../../src/core/search/intersect-scopes';
import { matchesScope } from '../../../../src/core/search/matches-scope';
import type { SearchScope } from '../../../../src/core/search/search';

const hosts = ['example.org', 'blog.example.org', 'old.blog.example.org', 'example.com', 'ample.org'];
const pages = hosts.flatMap((host, index) =>
  [[], ['lamps'], ['lamps', 'sea']].map((tags, of) => ({
    id: `${index}/${of}` as PageId,
    host,
    tags,
    savedAt: index * 10,
    capturedAt: index * 10,
  })),
);
const scopes: SearchScope[] = [
  {},
  { sites: ['example.org'] },
  { sites: ['blog.example.org', 'example.com'] },
  { sites: ['ample.org'] },
  { excludedSites: ['blog.example.org'] },
  { tags: ['lamps'] },
  { tags: ['sea'], excludedSites: ['example.com'] },
  { excludedTags: ['sea'] },
  { after: 10, before: 30 },
  { after: 20 },
  { before: 20, sites: ['blog.example.org'] },
  { pageIds: ['0/0', '0/1', '1/2'] as PageId[] },
  { pageIds: ['1/2', '3/1'] as PageId[], tags: ['lamps'] },
];

describe('the scope that two scopes have in common', () => {
  for (const one of scopes) {
    for (const other of scopes) {
      it(`takes in what both do: ${JSON.stringify(one)} and ${JSON.stringify(other)}`, () => {
        const both = intersectScopes(one, other);
        for (const page of pages) expect(matchesScope(page, both)).toBe(matchesScope(page, one) && matchesScope(page, other));
      });
    }
  }
});
