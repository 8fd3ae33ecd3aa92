import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import { describe, expect, it } from 'vitest';
import { bibtexEntry } from '../../../../src/core/pages/bibtex-entry';
import { cslItem } from '../../../../src/core/pages/csl-item';
import type { Page, PageId } from '../../../../src/core/pages/page';
import { pageCitation } from '../../../../src/core/pages/page-citation';
import { splitAuthors } from '../../../../src/core/pages/split-authors';

const page: Page = {
  id: '3f2a9c1d-0b7e-4c55-9d1e-8a7b6c5d4e3f' as PageId,
  canonicalUrl: 'https://lamps.example/oil',
  url: 'https://lamps.example/a_b?q={50%}&x=~#top',
  title: 'Oil & lamps: 50% of $100 {net} #1_a ~ ^ \\ “light”',
  site: 'The Long Shore & Sons',
  byline: 'By Ada van der Lamp and José Núñez',
  published: '2024-02-03T10:00:00Z',
  language: 'en-GB',
  savedAt: 1,
  capturedAt: Date.UTC(2026, 10, 21),
  version: 1,
  passageCount: 1,
  shareRead: 1,
};

/** As a program that reads BibTeX understands it. */
function readBack(entry: string): Record<string, unknown> {
  const [item] = plugins.input.chain(entry, { generateGraph: false }) as Record<string, unknown>[];
  return item ?? {};
}

describe('an entry of BibTeX', () => {
  it('says the same to another program that reads it', () => {
    const entry = bibtexEntry(pageCitation(page));
    expect(readBack(entry)).toMatchObject({
      id: 'vanderlamp2024lamps-3f2a9c1d0b7e',
      type: 'webpage',
      title: page.title,
      author: [
        { family: 'Lamp', given: 'Ada', 'non-dropping-particle': 'van der' },
        { family: 'Núñez', given: 'José' },
      ],
      issued: { 'date-parts': [[2024, 2, 3]] },
      accessed: { 'date-parts': [[2026, 11, 21]] },
    });
    expect(entry).toContain('  url = {https://lamps.example/a_b?q=%7B50%%7D&x=~#top},\n');
  });

  it('keeps a name that is no person’s in one piece', () => {
    const { author } = readBack(bibtexEntry(pageCitation({ ...page, byline: 'Long Shore News' })));
    expect((author as object[]).map((name) => Object.values(name))).toEqual([['Long Shore News']]);
  });

  it('has braces that balance, whatever the page says', () => {
    const entry = bibtexEntry(pageCitation({ ...page, title: '}}}{ \\} \\{', byline: '{a} and }b{', url: 'https://a.example/{{{' }));
    const unescaped = entry.replace(/\\[{}\\]/g, '');
    expect(unescaped.split('{').length).toBe(unescaped.split('}').length);
    expect(readBack(entry).title).toBe('}}}{ \\} \\{');
  });
});

describe('an item of CSL', () => {
  it('has the fields that citation processors take', () => {
    expect(cslItem(pageCitation(page))).toEqual({
      id: 'vanderlamp2024lamps-3f2a9c1d0b7e',
      type: 'webpage',
      title: page.title,
      author: [
        { family: 'van der Lamp', given: 'Ada' },
        { family: 'Núñez', given: 'José' },
      ],
      'container-title': page.site,
      URL: page.url,
      issued: { 'date-parts': [[2024, 2, 3]] },
      accessed: { 'date-parts': [[2026, 11, 21]] },
      language: 'en-GB',
    });
  });

  it('is of the type that the page is of', () => {
    expect(cslItem(pageCitation({ ...page, source: 'video' } as Page)).type).toBe('motion_picture');
    expect(cslItem(pageCitation({ ...page, source: 'pdf' } as Page)).type).toBe('document');
  });

  it('says of a date what is known of it, and nothing of what is none', () => {
    const issued = (published: string) => cslItem(pageCitation({ ...page, published })).issued?.['date-parts'];
    expect(issued('2024')).toEqual([[2024]]);
    expect(issued('2024-07')).toEqual([[2024, 7]]);
    expect(issued('2024-13-40')).toEqual([[2024]]);
    expect(issued('last week')).toBeUndefined();
  });
});

it('tells persons from others in a byline', () => {
  expect(splitAuthors('Written by Jane Q. Doe, John Smith Jr. & Reuters')).toEqual([
    { given: 'Jane Q.', family: 'Doe' },
    { given: 'John', family: 'Smith Jr.' },
    { literal: 'Reuters' },
  ]);
  expect(splitAuthors('山田太郎、佐藤花子')).toEqual([{ literal: '山田太郎' }, { literal: '佐藤花子' }]);
  expect(splitAuthors('BBC News')).toEqual([{ literal: 'BBC News' }]);
  expect(splitAuthors('  ')).toEqual([]);
});
