import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PageId } from '../../../../src/core/pages/page';
import { spreadOverPages } from '../../../../src/core/search/spread-over-pages';

const ranked = (...passages: [page: string, score: number][]) => passages.map(([page, score]) => ({ pageId: page as PageId, score }));
const pagesOf = (passages: readonly { readonly pageId: PageId }[]) => passages.map(({ pageId }) => pageId).join('');

it('lets other pages in before the fourth passage of a page that is hardly better', () => {
  const long = ranked(['a', 10], ['a', 9.9], ['a', 9.8], ['a', 9.7], ['a', 9.6], ['b', 9.5], ['c', 9.4]);
  expect(pagesOf(spreadOverPages(long))).toBe('aaabcaa');
});

it('leaves a page its places when the others are clearly worse', () => {
  expect(pagesOf(spreadOverPages(ranked(['a', 10], ['a', 9], ['a', 9], ['a', 9], ['a', 9], ['b', 4], ['c', 3])))).toBe('aaaaabc');
});

it('gives a page that alone bears on the question every place', () => {
  const alone = ranked(['a', 3], ['a', 2], ['a', 1], ['a', 0.5], ['a', 0.1]);
  expect(spreadOverPages(alone)).toEqual(alone);
});

const anyRanking = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.float({ min: 0, max: 1, noNaN: true })), { maxLength: 30 })
  .map((passages) => ranked(...passages).sort((one, other) => other.score - one.score));

it('loses nothing, and leaves the passages of a page in their order', () => {
  fc.assert(
    fc.property(anyRanking, (passages) => {
      const spread = spreadOverPages(passages);
      expect(new Set(spread)).toEqual(new Set(passages));
      expect(spread).toHaveLength(passages.length);
      for (const page of ['a', 'b', 'c']) {
        const ofPage = ({ pageId }: { readonly pageId: PageId }) => pageId === page;
        expect(spread.filter(ofPage)).toEqual(passages.filter(ofPage));
      }
    }),
  );
});

it('puts no page’s fourth passage behind one that is a quarter worse, nor anything before the best', () => {
  fc.assert(
    fc.property(anyRanking, (passages) => {
      const spread = spreadOverPages(passages);
      expect(spread[0]).toBe(passages[0]);
      for (const page of ['a', 'b', 'c']) {
        const fourth = spread.filter(({ pageId }) => pageId === page)[3];
        if (!fourth) continue;
        const before = spread.slice(0, spread.indexOf(fourth));
        expect(before.every(({ score }) => score >= fourth.score * 0.75)).toBe(true);
      }
    }),
  );
});
