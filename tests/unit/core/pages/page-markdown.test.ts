import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Page, PageId } from '../../../../src/core/pages/page';
import { pageMarkdown } from '../../../../src/core/pages/page-markdown';

const page: Page = {
  id: 'a' as PageId,
  canonicalUrl: 'https://lamps.example/oil',
  url: 'https://lamps.example/oil?page=2#top',
  title: 'Oil: "lamps" --- and # others',
  site: 'lamps.example',
  byline: 'Ada Lamp',
  published: '2024-02-03',
  tags: ['sea light', '1984', 'c++', 'a/b'],
  savedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
  capturedAt: 1,
  version: 1,
  passageCount: 1,
  shareRead: 1,
};

function split(file: string): { properties: Record<string, unknown>; text: string } {
  const [, yaml = '', text = ''] = /^---\n([\s\S]*?)\n---\n\n([\s\S]*)$/.exec(file) ?? [];
  return { properties: parse(yaml) as Record<string, unknown>, text };
}

it('is a note with its properties before the text, and tags in the form that notes have', () => {
  expect(split(pageMarkdown(page, '\n# Oil\n\n---\n\nText\n\n'))).toEqual({
    properties: {
      title: page.title,
      url: page.url,
      site: page.site,
      author: page.byline,
      published: page.published,
      saved: '2026-01-02T03:04:05.000Z',
      tags: ['sea-light', '_1984', 'c', 'a/b'],
    },
    text: '# Oil\n\n---\n\nText\n',
  });
});

it('leaves out what is not known', () => {
  const { byline: _, published: __, tags: ___, ...bare } = page;
  expect(Object.keys(split(pageMarkdown(bare, 'Text')).properties)).toEqual(['title', 'url', 'site', 'saved']);
});

it('says what the title is, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (title) => {
      expect(split(pageMarkdown({ ...page, title }, 'Text')).properties.title).toBe(title.replace(/\p{Cs}/gu, '\ufffd'));
    }),
  );
});
