import { describe, expect, it } from 'vitest';
import { settleStreamingText } from '../../../src/sidepanel/ask/answer/settle-streaming-text';
import { htmlBlocks } from '../../support/html-blocks';

describe('Text that is still being written', () => {
  it.each([
    ['a mark', 'So it was [1', 'So it was'],
    ['a mark of several numbers', 'So it was [1, ', 'So it was'],
    ['a link', 'See [the page](https://exam', 'See'],
    ['the stars of emphasis', 'It is **', 'It is '],
    ['the head of a table', 'So:\n\n| Sea | Tide |\n|--', 'So:\n\n'],
    ['a bullet', 'First:\n\n*', 'First:\n\n'],
  ])('holds back %s until it is whole', (_, text, settled) => {
    expect(settleStreamingText(text)).toBe(settled);
  });

  it.each([
    ['strong', 'It is **very ol', 'It is **very ol**'],
    ['strong whose end has half arrived', 'It is **very old*', 'It is **very old**'],
    ['emphasis in strong', 'It is **very *ol', 'It is **very *ol***'],
    ['code', 'Call `save_pa', 'Call `save_pa`'],
  ])('ends %s that is open', (_, text, settled) => {
    expect(settleStreamingText(text)).toBe(settled);
  });

  it.each([['3 * 4 * 5 = 60'], ['snake_case_name is'], ['* one\n* two'], ['```md\n**open']])('leaves “%s” alone', (text) => {
    expect(settleStreamingText(text)).toBe(text);
  });

  it('never shows a letter of Markdown’s own', () => {
    const text =
      'The **old *and* tall** `lighthouse` stood [1] by [the sea](https://example.org/sea) [2, 3].\n\n- **One**: *two* [4].\n\n| Sea | Tide |\n| :-- | --- |\n| North | 3 |\n\nSo:\n| a | b |\n|---|---|\n| c | d |';
    for (let length = 1; length <= text.length; length++) {
      const visible = htmlBlocks(settleStreamingText(text.slice(0, length)))
        .join('')
        .replace(/<[^>]*>/g, '')
        .replace(/\[\d(, \d)*\]/g, '');
      expect(visible).not.toMatch(/[*`[\]|]/);
    }
  });
});
