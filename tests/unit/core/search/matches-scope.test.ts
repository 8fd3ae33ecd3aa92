import { describe, expect, it } from 'vitest';
import type { PageId } from '../../../../src/core/pages/page';
import { siteHost } from '../../../../src/core/pages/site-host';
import { matchesScope } from '../../../../src/core/search/matches-scope';
import type { SearchScope } from '../../../../src/core/search/search';

const id = 'page' as PageId;
const host = siteHost('https://www.Docs.Example.org/a?b');
const page = { id, host, tags: ['optics', 'to read'], savedAt: 1_000, capturedAt: 5_000 };
const matches = (scope: SearchScope) => matchesScope(page, scope);

describe('A page is in the scope', () => {
  it('of nothing in particular', () => expect(matches({})).toBe(true));

  it('of its own host and of those that this is under, and of no other', () => {
    expect(matches({ sites: ['docs.example.org'] })).toBe(true);
    expect(matches({ sites: ['example.com', 'example.org'] })).toBe(true);
    expect(matches({ sites: ['s.example.org'] })).toBe(false);
    expect(matches({ sites: ['old.docs.example.org'] })).toBe(false);
    expect(matches({ sites: ['org'], excludedSites: ['example.org'] })).toBe(false);
  });

  it('of tags, if it has them all and none that is not wanted', () => {
    expect(matches({ tags: ['optics', 'to read'] })).toBe(true);
    expect(matches({ tags: ['optics', 'lamps'] })).toBe(false);
    expect(matches({ excludedTags: ['lamps', 'optics'] })).toBe(false);
  });

  it('of a time, if it was first saved then or last captured then, and not for the time between', () => {
    expect(matches({ after: 1_000, before: 1_001 })).toBe(true);
    expect(matches({ after: 5_000 })).toBe(true);
    expect(matches({ before: 1_000 })).toBe(false);
    expect(matches({ after: 2_000, before: 4_000 })).toBe(false);
    expect(matches({ after: 5_001 })).toBe(false);
  });

  it('of chosen pages, if it is one of them', () => {
    expect(matches({ pageIds: ['other' as PageId, id] })).toBe(true);
    expect(matches({ pageIds: [] })).toBe(false);
  });
});
