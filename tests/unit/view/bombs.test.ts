import { Lexer } from 'marked';
import { afterEach, describe, expect, test } from 'vitest';
import { settleStreamingText } from '../../../src/sidepanel/ask/answer/settle-streaming-text';
import { longestRun, mostReadAgain, piecesOf } from '../../../src/view/markdown/bounded-lexer';
import { heaviestBlock, weightOf } from '../../../src/view/markdown/drawn-block';
import { growingBlocks } from '../../../src/view/markdown/growing-blocks';
import { markdownBlocks } from '../../../src/view/markdown/markdown-blocks';
import { blockWeight, endOfSlice } from '../../../src/view/use-slices';

// Markdown made to hold up whoever draws it. What is counted is work, so that no machine is quick enough to pass without the bounds.

const table = (rows: number) => `|${'a|'.repeat(300)}\n|${'-|'.repeat(300)}\n${`|${'b|'.repeat(300)}\n`.repeat(rows)}`;

/** Each is made twice as large by twice the size. */
const bombs: [string, (size: number) => string][] = [
  ['a table of 18,000 cells', (size) => table(60 * size)],
  ['a table whose first row is too much', (size) => `|${'a|'.repeat(5_000 * size)}\n|${'-|'.repeat(5_000 * size)}\n|b|`],
  ['quotations within each other', (size) => `${'> '.repeat(10_000 * size)}deep`],
  ['lists within each other', (size) => `${'- '.repeat(10_000 * size)}deep`],
  ['a list of 10,000 items', (size) => '- a\n'.repeat(10_000 * size)],
  ['half a link after the other', (size) => '[a]('.repeat(8_000 * size)],
  ['emphasis that never ends', (size) => '**a _b '.repeat(5_000 * size)],
  ['emphasis on every other letter', (size) => 'a*'.repeat(15_000 * size)],
  ['40,000 brackets', (size) => '['.repeat(20_000 * size) + ']'.repeat(20_000 * size)],
  ['tags that never end', (size) => '<a '.repeat(10_000 * size)],
  ['formulas that never end', (size) => '$$a '.repeat(10_000 * size)],
  ['displayed formulas that never end', (size) => '\\[a '.repeat(10_000 * size)],
  ['5,000 formulas', (size) => '$x$ '.repeat(5_000 * size)],
  ['10,000 marks of citations', (size) => '[1] '.repeat(10_000 * size)],
  ['10,000 paragraphs', (size) => 'a\n\n'.repeat(10_000 * size)],
];

const { inlineTokens } = Lexer.prototype;
afterEach(() => {
  Lexer.prototype.inlineTokens = inlineTokens;
});

/** The runs of words and marks that are read in one go meanwhile: their lengths, for the time goes with the squares of these. */
function runsRead(read: () => unknown): number[] {
  const lengths: number[] = [];
  Lexer.prototype.inlineTokens = function (source, tokens) {
    lengths.push(source.length);
    return inlineTokens.call(this, source, tokens);
  };
  read();
  Lexer.prototype.inlineTokens = inlineTokens;
  return lengths;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

describe.each(bombs)('%s', (_, bomb) => {
  const text = `It went dark in 1974 [1].\n\n${bomb(1)}`;

  test('is drawn in parts that a panel has the time for, and all of it can be had', () => {
    const blocks = markdownBlocks(text, { hasMath: true });
    for (const { weight, shortened } of blocks) {
      expect(weight).toBeLessThanOrEqual(heaviestBlock);
      if (shortened) expect(weightOf(shortened.whole())).toBeGreaterThan(heaviestBlock);
    }
    for (let from = 0; from < blocks.length; ) {
      const end = endOfSlice(blocks, from);
      expect(end).toBeGreaterThan(from);
      const { length } = blocks.slice(from, end);
      expect(length).toBeLessThanOrEqual(heaviestBlock / blockWeight);
      from = end;
    }
  });

  test('is read in runs of bounded length, and twice as much of it takes twice as many', () => {
    const [once = [], twice = []] = [0.5, 1].map((size) => runsRead(() => markdownBlocks(bomb(size), { hasMath: true })));
    for (const length of twice) expect(length).toBeLessThanOrEqual(longestRun);
    expect(sum(twice)).toBeLessThanOrEqual(2.1 * sum(once) + longestRun);
  });
});

test('A run that grows beyond all bounds has its beginning read again and again, and not the rest', () => {
  const bomb = '**a _b '.repeat(14_000);
  const grow = growingBlocks({ hasMath: true });
  grow(bomb, settleStreamingText);
  // Once to see what is finished, and once with its end made fit to show.
  expect(Math.max(...runsRead(() => grow(`${bomb}and`, settleStreamingText)))).toBeLessThanOrEqual(longestRun);
  expect(runsRead(() => grow(`${bomb}and`, settleStreamingText)).filter((length) => length > longestRun / 2).length).toBeLessThanOrEqual(
    2 * (mostReadAgain / longestRun),
  );
});

test('What a long run is cut into ends with lines, sentences or words, and makes it up', () => {
  const sentence = 'The keeper lit the lamp, and the ships saw it. ';
  for (const text of [sentence.repeat(300), `${'word '.repeat(9)}\n`.repeat(300), 'word '.repeat(3_000), '\u{1F4A1}'.repeat(5_001)]) {
    const pieces = piecesOf(text);
    expect(pieces.join('')).toBe(text);
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(longestRun);
    for (const piece of pieces.slice(0, -1)) expect(piece).toMatch(/(?:\. |\n|word |\u{1F4A1})$/u);
  }
});

test('A long paragraph keeps its emphasis and its links', () => {
  const sentence = 'The *keeper* lit [the lamp](https://example.org/), and the ships saw it. ';
  const [block] = markdownBlocks(sentence.repeat(200));
  expect(block?.html.match(/<em>keeper<\/em>/g)).toHaveLength(200);
  expect(block?.html.match(/<a href/g)).toHaveLength(200);
});

test('What holds the passage that is looked for is drawn whole', () => {
  const text = table(60);
  const start = text.lastIndexOf('b|b');
  const [block] = markdownBlocks(text, { passage: { start, end: start + 3 } });
  expect(block?.shortened).toBeUndefined();
  expect(block?.html).toContain('<mark>');
});
