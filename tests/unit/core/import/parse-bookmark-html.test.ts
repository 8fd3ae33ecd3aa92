import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseBookmarkHtml } from '../../../../src/core/import/parse-bookmark-html';
import { tidyTags } from '../../../../src/core/pages/tidy-tags';
import { runInPieces } from '../../../support/run-in-pieces';

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

it('gives back each bookmark of any tree of folders, under its folders', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'B', ' ', '<', '&', '"', 'é', '>', '/'), minLength: 1, maxLength: 8 });
  const leaf: fc.Arbitrary<Tree> = fc.record({ bookmarks: fc.array(words, { maxLength: 3 }), folders: fc.constant([]) });
  const over = (below: fc.Arbitrary<Tree>) =>
    fc.record({ bookmarks: fc.array(words, { maxLength: 3 }), folders: fc.array(fc.tuple(words, below), { maxLength: 3 }) });
  const tree = over(over(over(leaf)));
  fc.assert(
    fc.property(tree, (root) => {
      const written: { url: string; title: string; tags: string[] }[] = [];
      const write = ({ bookmarks, folders }: Tree, path: readonly string[]): string =>
        [
          '<DL><p>',
          ...bookmarks.map((title) => {
            const url = `https://a.example/${written.length}?x=1&y="`;
            written.push({ url, title: title.replace(/\s+/g, ' ').trim(), tags: tidyTags(path) });
            return `<DT><A HREF="${escaped(url)}" ADD_DATE="1600000000">${escaped(title)}</A>`;
          }),
          ...folders.map(([name, within]) => `<DT><H3 ADD_DATE="1">${escaped(name)}</H3>\n${write(within, [...path, name])}`),
          '</DL><p>',
        ].join('\n');
      const { items, issueCount } = runInPieces(parseBookmarkHtml(write(root, [])));
      expect(items.map(({ url, title = '', tags }) => ({ url, title, tags }))).toEqual(written);
      expect(issueCount).toBe(0);
    }),
  );
});

interface Tree {
  readonly bookmarks: readonly string[];
  readonly folders: readonly (readonly [string, Tree])[];
}

it('takes a file apart to its end that is broken in any way', { timeout: 60_000 }, () => {
  for (const hostile of ['<a href="', '<dl>', '<h3>', '<a ', '&amp', '<!--', '<a href=x>', "<a href='"]) {
    // Work that grows with the square of its length would run into the test's limit.
    const { items, issueCount } = runInPieces(parseBookmarkHtml(hostile.repeat(20_000)));
    expect([items, issueCount], hostile).toEqual([[], hostile === '<a href=x>' ? 20_000 : 0]);
  }
});
