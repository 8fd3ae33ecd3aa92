import { describe, expect, it } from 'vitest';
import { plainText } from '../../../../src/core/text/plain-text';

describe('what a reader sees of Markdown', () => {
  it.each([
    ['## Oil lamps', 'Oil lamps'],
    ['A **bold** and *quiet* word, `code` too', 'A bold and quiet word, code too'],
    ['See [the lamp](https://example.org/a_(b)) now', 'See the lamp now'],
    ['- first\n- second', 'first\nsecond'],
    ['1. first\n2. second', 'first\nsecond'],
    ['> said the keeper', 'said the keeper'],
    ['| Year | Lamp |\n| --- | --- |\n| 1823 | oil |', 'Year Lamp\n1823 oil'],
    ['2 * 3 * 4 and snake_case_name', '2 * 3 * 4 and snake_case_name'],
    ['1\\. not a list', '1. not a list'],
  ])('%j reads %j', (markdown, seen) => {
    expect(plainText(markdown)).toBe(seen);
  });

  it('knows that a stretch may begin within a block of code', () => {
    expect(plainText('  def __call__(self):\n# note\n```\n\nA **bold** word', true)).toBe('def __call__(self):\n# note\n\nA bold word');
  });

  it('ends a block of code only at a fence as long as its own', () => {
    expect(plainText('````md\n```\n**kept**\n```\n````\n**gone**')).toBe('```\n**kept**\n```\ngone');
  });

  it('reads a line of a hundred thousand brackets without pause', () => {
    expect(plainText('['.repeat(100_000))).toHaveLength(100_000);
  });

  it.each([
    ['links that never end', '[a](<'],
    ['addresses in brackets that never end', '[a](<b> '],
    ['marks of bold that never close', ' **a'],
    ['marks of bold that never close', ' __a'],
    ['struck words that never end', ' ~~a'],
    ['marks of code', '`'],
  ])('reads a line of a whole page of %s without pause', (_name, mark) => {
    const line = mark.repeat(2_000_000 / mark.length);
    expect(plainText(`a ${line} x`)).toHaveLength(line.length + 4);
  });

  it.each([
    ['**bold *and quiet***', 'bold and quiet'],
    ['***both*** and **a *b* c**', 'both and a b c'],
    ['~~gone~~ and __strong__', 'gone and strong'],
    ['``a ` b`` and ``` `x` ```', 'a ` b and  `x` '],
    ['an \\` and `code`', 'an ` and code'],
    ['[words](<an address>)', 'words'],
  ])('%j reads %j', (markdown, seen) => {
    expect(plainText(`Here: ${markdown}.`)).toBe(`Here: ${seen}.`);
  });

  it('keeps code as it is', () => {
    expect(plainText('```js\nconst a = b * c * d; // **not bold**\n```')).toBe('const a = b * c * d; // **not bold**');
  });
});
