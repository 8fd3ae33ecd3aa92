import { describe, expect, test } from 'vitest';
import type { Source } from '../../../src/core/conversation/conversation';
import { sourceLink } from '../../../src/sidepanel/ask/answer/source-link';

const sources = [{ url: 'https://example.org/lens?page=2#top' }, { url: 'file:///home/notes.pdf' }] as unknown as Source[];

describe('A link in an answer', () => {
  test.each(['https://example.org/lens?page=2', 'https://example.org/lens?page=2#other', 'HTTPS://EXAMPLE.org/lens?page=2'])(
    'to a source leads to its own address: %s',
    (href) => expect(sourceLink(href, sources)).toBe('https://example.org/lens?page=2#top'),
  );

  test.each([
    'https://example.org/lens',
    'https://example.org/lens?page=2&data=secret',
    'https://example.org@evil.example/lens?page=2',
    'http://example.org/lens?page=2',
    'https://evil.example/',
    'file:///home/notes.pdf',
    'mailto:someone@example.org',
    'javascript:alert(1)',
    'lens?page=2',
  ])('to anything else leads nowhere: %s', (href) => expect(sourceLink(href, sources)).toBeUndefined());
});
