import { describe, expect, it } from 'vitest';
import type { Page, PageId, PassageId } from '../../../../src/core/pages/page';
import { splitPassages } from '../../../../src/core/pages/split-passages';
import { type ContextLimits, chooseContext, type ReadPassage } from '../../../../src/core/search/choose-context';

const roomy: ContextLimits = { passages: 8, budgetTokens: 6_000, foundOnly: false };

/** All passages of a page, the first the best. */
function passagesOf(id: string, text: string, bestScore: number): ReadPassage[] {
  const pageId = id as PageId;
  const page: Page = {
    id: pageId,
    canonicalUrl: `https://${id}.example/`,
    url: `https://${id}.example/`,
    title: id,
    site: `${id}.example`,
    savedAt: 1,
    capturedAt: 1,
    version: 1,
    passageCount: 1,
    shareRead: 1,
  };
  const pageVersion = { pageId, version: 1, text, contentHash: '', capturedAt: 1 };
  return splitPassages(text).map((span, index) => ({
    ...span,
    passageId: index as PassageId,
    pageId,
    version: 1,
    score: bestScore - index / 100,
    wordCoverage: 1,
    page,
    pageVersion,
  }));
}

/** Words that no other article has. */
const article = (name: string, words: number) => Array.from({ length: words }, (_, index) => `${name}${index % 7}${index}`).join(' ');
const section = (name: string) => `## ${name}\n\n${article(name, 60)}`;
const long = (name: string) => Array.from({ length: 10 }, (_, index) => section(`${name}${'x'.repeat(index)}`)).join('\n\n');

const byScore = (...passages: ReadPassage[][]) => passages.flat().sort((one, other) => other.score - one.score);
const quoted = (context: ReturnType<typeof chooseContext>) =>
  context.map(({ best, start, end }) => best.pageVersion.text.slice(start, end));

describe('what is read of what was found', () => {
  it('is one source of an article that was saved from two addresses, with each thing once', () => {
    const text = [section('lamp'), section('reef')].join('\n\n');
    const context = chooseContext(byScore(passagesOf('a', text, 2), passagesOf('b', text, 2)), 'lamp', roomy);
    expect(quoted(context)).toEqual([text]);
    expect(context[0]).toMatchObject({ best: { pageId: 'a' }, otherPages: 1 });
  });

  it('says of a stretch that another page has it only when the page has all of it', () => {
    const text = [section('lamp'), section('reef')].join('\n\n');
    const context = chooseContext(byScore(passagesOf('a', text, 2), passagesOf('b', section('lamp'), 2)), 'lamp', roomy);
    expect(context).toMatchObject([{ otherPages: 0 }]);
  });

  it('leaves room for pages that are almost as good as a long one', () => {
    const found = byScore(passagesOf('a', long('lamp'), 2), passagesOf('b', section('reef'), 1.85), passagesOf('c', section('fog'), 1.85));
    const pages = new Set(chooseContext(found, 'lamp', roomy).map(({ best }) => best.pageId));
    expect([...pages].sort()).toEqual(['a', 'b', 'c']);
    const passages = chooseContext(found, 'lamp', roomy).flatMap((stretch) => stretch.passages);
    expect(passages).toHaveLength(8);
  });

  it('is no more than was found when words are not wanted', () => {
    const text = `The keepers need:\n\n- a wick\n- a match`;
    const [whole] = passagesOf('a', text, 2);
    const end = { ...(whole as ReadPassage), start: text.indexOf('- a match') };
    expect(quoted(chooseContext([end], 'match', roomy))).toEqual([text]);
    expect(quoted(chooseContext([end], 'match', { ...roomy, foundOnly: true }))).toEqual(['- a match']);
    expect(quoted(chooseContext([end], 'match', { ...roomy, budgetTokens: 40 }))).toEqual(['- a match']);
  });

  it('is nothing when nothing was found', () => {
    expect(chooseContext([], 'lamp', roomy)).toEqual([]);
  });
});
