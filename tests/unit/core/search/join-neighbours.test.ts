import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageId } from '../../../../src/core/pages/page';
import { splitPassages } from '../../../../src/core/pages/split-passages';
import { type JoinLimits, joinNeighbours } from '../../../../src/core/search/join-neighbours';
import { estimateTokens } from '../../../../src/core/text/estimate-tokens';

const roomy: JoinLimits = { sourceTokens: 10_000, addedTokens: 10_000 };

interface Found {
  readonly pageId: PageId;
  readonly version: number;
  readonly start: number;
  readonly end: number;
  readonly startsInCode?: true;
}

function found(text: string, words: string, page = 'page'): Found {
  const start = text.indexOf(words);
  return { pageId: page as PageId, version: 1, start, end: start + words.length };
}

function join(text: string, passages: readonly Found[], limits = roomy) {
  return joinNeighbours(passages, () => text, limits);
}

const sentence = (name: string, words: number) => `${name} ${'lamp '.repeat(words).trim()}.`;
const [first, second, third] = [sentence('First', 60), sentence('Second', 60), sentence('Third', 60)];
const page = [first, second, third].join('\n\n');

describe('neighbours', () => {
  it('are joined into one stretch that stands where the best of them stood', () => {
    const text = `${page}\n\n${'# Far away'}\n\n${sentence('Other', 300)}\n\n${sentence('Fourth', 60)}`;
    const ranked = [found(text, second), found(text, sentence('Fourth', 60)), found(text, first)];
    const joined = join(text, ranked);
    expect(joined.map(({ start, end }) => text.slice(start, end))).toEqual([`${first}\n\n${second}`, sentence('Fourth', 60)]);
    expect(joined[0]).toMatchObject({ best: ranked[0], passages: [ranked[2], ranked[0]] });
  });

  it('are joined over a little text between them, if the budget has room for it', () => {
    const ranked = [found(page, first), found(page, third)];
    const between = estimateTokens(second);
    expect(join(page, ranked)).toMatchObject([{ start: 0, end: page.length }]);
    expect(join(page, ranked, { ...roomy, addedTokens: between })).toHaveLength(1);
    expect(join(page, ranked, { ...roomy, addedTokens: between - 1 })).toHaveLength(2);
  });

  it('stay apart with much between them, in two pages, and in two versions of one', () => {
    const text = [first, sentence('Long', 200), third].join('\n\n');
    expect(join(text, [found(text, first), found(text, third)])).toHaveLength(2);
    expect(join(page, [found(page, first), found(page, second, 'another')])).toHaveLength(2);
    expect(join(page, [found(page, first), { ...found(page, second), version: 2 }])).toHaveLength(2);
  });

  it('are joined only up to a limit', () => {
    const parts = Array.from({ length: 12 }, (_, index) => sentence(`Part${index}`, 120));
    const text = parts.join('\n\n');
    const ranked = parts.map((part) => found(text, part));
    const sizes = join(text, ranked).map(({ passages }) => passages.length);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(12);
    expect(Math.max(...sizes)).toBeLessThan(7);
    expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThan(1);
    expect(join(text, ranked, { ...roomy, sourceTokens: 100 })).toHaveLength(12);
  });
});

describe('a passage that begins in the middle', () => {
  const table = '| Hour | Dough |\n| --- | --- |\n| 1 | slack |\n| 4 | domed |';
  const row = '| 4 | domed |';

  it('begins with the head of its table', () => {
    expect(join(table, [found(table, row)])).toMatchObject([{ start: 0, end: table.length }]);
  });

  it('begins with the fence of its code, and so no longer within it', () => {
    const code = '```\nlight(lamp)\nawait dawn\n```';
    const [stretch] = join(code, [{ ...found(code, 'await dawn\n```'), startsInCode: true }]);
    expect(stretch).toMatchObject({ start: 0, end: code.length });
    expect(stretch).not.toHaveProperty('startsInCode');
  });

  it('stays as it is when the budget has no room, or when it is long already', () => {
    expect(join(table, [found(table, row)], { ...roomy, addedTokens: 3 })[0]?.start).toBe(table.indexOf(row));
    const long = `- ${'lamp '.repeat(900)}\n- ${'oil '.repeat(900)}`;
    expect(join(long, [found(long, '- oil')])[0]?.start).toBe(long.indexOf('- oil'));
  });

  it('does not take in what another stretch holds', () => {
    const rows = Array.from({ length: 40 }, (_, index) => `| ${index} | ${'slack '.repeat(index < 20 ? 12 : 1)}|`);
    const text = ['| Hour | Dough |', '| --- | --- |', ...rows].join('\n');
    const ranked = [found(text, rows[30] as string), found(text, rows.slice(0, 19).join('\n'))];
    const [later, earlier] = join(text, ranked, { ...roomy, sourceTokens: 350 });
    expect(later?.start).toBeGreaterThanOrEqual(earlier?.end ?? Number.NaN);
  });
});

describe('on any page', () => {
  const block = fc.oneof(
    fc.integer({ min: 1, max: 500 }).map((words) => 'lamp oil. '.repeat(words)),
    fc.integer({ min: 1, max: 30 }).map((rows) => '| fog | reef |\n'.repeat(rows)),
    fc.integer({ min: 1, max: 30 }).map((items) => '- a wick and a match\n'.repeat(items)),
    fc.integer({ min: 1, max: 80 }).map((lines) => `\`\`\`\n${'light(lamp);\n'.repeat(lines)}\`\`\``),
    fc.constant('## Heading'),
    fc.constant('As follows:'),
  );
  const texts = fc.array(block, { minLength: 1, maxLength: 12 }).map((blocks) => blocks.join('\n\n'));
  const cases = fc.tuple(texts, texts).chain(([one, other]) => {
    const spans = [one, other].flatMap((text, page) =>
      splitPassages(text).map((span) => ({ ...span, pageId: `${page}` as PageId, version: 1 })),
    );
    return fc.record({
      texts: fc.constant([one, other]),
      ranked: fc.shuffledSubarray(spans, { minLength: 0 }),
      limits: fc.record({ sourceTokens: fc.integer({ min: -10, max: 1_500 }), addedTokens: fc.integer({ min: 0, max: 800 }) }),
    });
  });

  it('each passage is in one stretch, stretches don’t overlap, and no more is added than the budget allows', () => {
    fc.assert(
      fc.property(cases, ({ texts, ranked, limits }) => {
        const textOf = ({ pageId }: Found) => texts[Number(pageId)] ?? '';
        const joined = joinNeighbours(ranked, textOf, limits);

        expect(new Set(joined.flatMap(({ passages }) => passages))).toEqual(new Set(ranked));
        expect(joined.flatMap(({ passages }) => passages)).toHaveLength(ranked.length);
        const ranks = joined.map(({ best }) => ranked.indexOf(best));
        expect(ranks).toEqual(ranks.toSorted((one, other) => one - other));

        let added = 0;
        for (const { start, end, passages, best } of joined) {
          const text = textOf(best);
          expect(ranked.indexOf(best)).toBe(Math.min(...passages.map((passage) => ranked.indexOf(passage))));
          expect(start).toBeLessThanOrEqual(passages[0]?.start ?? -1);
          expect(end).toBe(passages.at(-1)?.end);
          if (passages.length > 1) expect(estimateTokens(text.slice(start, end))).toBeLessThanOrEqual(limits.sourceTokens);
          let from = start;
          for (const passage of passages) {
            added += estimateTokens(text.slice(from, passage.start).trim());
            from = passage.end;
          }
          const others = joined.filter((other) => other.best !== best && other.best.pageId === best.pageId);
          expect(others.every((other) => other.end <= start || other.start >= end)).toBe(true);
        }
        expect(added).toBeLessThanOrEqual(limits.addedTokens);
      }),
    );
  });
});
