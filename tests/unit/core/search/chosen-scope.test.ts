import { describe, expect, it } from 'vitest';
import type { PageId } from '../../../../src/core/pages/page';
import {
  askedScope,
  type ChosenScope,
  scopeOfChoices,
  scopeParts,
  wholeLibrary,
  withoutPage,
  withoutSite,
  withoutTag,
  withPage,
  withPages,
  withSite,
  withSpan,
  withTag,
} from '../../../../src/core/search/chosen-scope';

const page = (id: string) => id as PageId;
const library = (scope: Extract<ChosenScope, { kind: 'library' }>['scope']): ChosenScope => ({ kind: 'library', scope });

describe('what is chosen to be asked', () => {
  it('becomes the pages that are picked, and nothing else that was chosen before', () => {
    expect(withPage({ kind: 'page' }, page('a'))).toEqual(library({ pageIds: [page('a')] }));
    expect(withPage(library({ sites: ['a.example'], tags: ['optics'] }), page('a'))).toEqual(library({ pageIds: [page('a')] }));
    expect(withPage(library({ pageIds: [page('a')] }), page('b'))).toEqual(library({ pageIds: [page('a'), page('b')] }));
    expect(withPage(library({ pageIds: [page('a')] }), page('a'))).toEqual(library({ pageIds: [page('a')] }));
  });

  it('is narrowed by each tag that is picked, as tags are written', () => {
    expect(withTag(library({ sites: ['a.example'], tags: ['sea'] }), ' Optics ')).toEqual(
      library({ sites: ['a.example'], tags: ['sea', 'optics'] }),
    );
    expect(withTag({ kind: 'tabs' }, 'sea')).toEqual(library({ tags: ['sea'] }));
    expect(withTag(wholeLibrary, ' , ')).toEqual(wholeLibrary);
  });

  it('is narrowed by a site, tags and a span of time together', () => {
    const may = { after: 5, before: 6 };
    const both = withSpan(withTag(withSite(wholeLibrary, 'a.example'), 'sea'), may);
    expect(both).toEqual(library({ sites: ['a.example'], tags: ['sea'], ...may }));
    expect(scopeParts({ sites: ['a.example'], tags: ['sea'], ...may })).toEqual(['site', 'tag', 'time']);
    expect(withSite(both, 'b.example')).toEqual(library({ sites: ['b.example'], tags: ['sea'], ...may }));
    expect(withSpan(both, { before: 9 })).toEqual(library({ sites: ['a.example'], tags: ['sea'], before: 9 }));
    expect(withSpan(withoutTag(withoutSite(both), 'sea'), {})).toEqual(wholeLibrary);
    expect(withSpan({ kind: 'page' }, may)).toEqual(library(may));
  });

  it('keeps its span of time when pages are picked, and the pages give way to a site', () => {
    const picked = withPages(library({ sites: ['a.example'], after: 5 }), [page('a')]);
    expect(picked).toEqual(library({ pageIds: [page('a')], after: 5 }));
    expect(withSpan(picked, {})).toEqual(library({ pageIds: [page('a')] }));
    expect(withSite(picked, 'b.example')).toEqual(library({ sites: ['b.example'], after: 5 }));
  });

  it('is the whole library again when the last of what was picked is taken away', () => {
    const both = library({ pageIds: [page('a'), page('b')] });
    expect(withoutPage(both, page('a'))).toEqual(library({ pageIds: [page('b')] }));
    expect(withoutPage(withoutPage(both, page('a')), page('b'))).toEqual(wholeLibrary);
    expect(withoutTag(library({ sites: ['a.example'], tags: ['sea'] }), 'sea')).toEqual(library({ sites: ['a.example'] }));
  });

  it('goes with a question only when it is less than everything, and is found again in it', () => {
    expect(askedScope({})).toEqual({});
    expect(scopeOfChoices(askedScope({}))).toEqual(wholeLibrary);
    expect(scopeOfChoices(askedScope({ tags: ['sea'] }))).toEqual(library({ tags: ['sea'] }));
  });
});
