import { expect, it } from 'vitest';
import { parseReaderAddress } from '../../../src/reader/reader-address';

it('reads the page, its version and the passage', () => {
  expect(parseReaderAddress('?page=p1&version=2&start=0&end=40')).toEqual({ pageId: 'p1', version: 2, passage: { start: 0, end: 40 } });
});

it('does without what is missing or makes no sense', () => {
  expect(parseReaderAddress('?page=p1')).toEqual({ pageId: 'p1' });
  expect(parseReaderAddress('?page=p1&version=x&start=-1&end=5')).toEqual({ pageId: 'p1' });
  expect(parseReaderAddress('?page=p1&start=9&end=9')).toEqual({ pageId: 'p1' });
});

it('names no page when the address does not', () => {
  expect(parseReaderAddress('?version=1')).toBeUndefined();
});
