import { expect, it } from 'vitest';
import { splitFrontMatter } from '../../../../src/core/text/front-matter';

it.each([
  ['between dashes', '---\ntitle: Oil\n---\nText.', 'title: Oil', 'Text.'],
  [
    'with the line ends of Windows, behind a mark',
    '\uFEFF---\r\ntitle: Oil\r\ntags: []\r\n---\r\nText.',
    'title: Oil\r\ntags: []',
    'Text.',
  ],
  ['that ends with dots', '---\n"date created": 2024\n...\nText.', '"date created": 2024', 'Text.'],
  ['without a text', '---\ntitle: Oil\n---', 'title: Oil', ''],
])('front matter is found %s', (_name, text, frontMatter, body) => {
  expect(splitFrontMatter(text)).toEqual({ frontMatter, body });
});

it.each([
  ['a rule', '---\n\nText.\n\n---\n\nMore.'],
  ['a quotation of it', 'Text.\n---\ntitle: Oil\n---\n'],
  ['a beginning that never ends', `---\ntitle: Oil\n${'and so on\n'.repeat(9_000)}---\n`],
])('%s is text', (_name, text) => {
  expect(splitFrontMatter(text)).toEqual({ frontMatter: '', body: text });
});
