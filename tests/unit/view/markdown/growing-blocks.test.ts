import { describe, expect, it } from 'vitest';
import { settleStreamingText } from '../../../../src/sidepanel/ask/answer/settle-streaming-text';
import { growingBlocks } from '../../../../src/view/markdown/growing-blocks';
import { markdownBlocks } from '../../../../src/view/markdown/markdown-blocks';

const text = [
  '# Title',
  'First *paragraph* [1], which refers to [a page][page].',
  '[page]: https://example.org/page',
  'Another that refers to [it][page].',
  '1. one\n\n2. two\n\n   more of two\n\n3. three',
  '| a | b |\n|---|---|\n| c | d |',
  '```js\nlet x;\n\nlet y;\n```',
  'A heading\r\n---------',
  '> quoted\n> on',
  '- a\n\n- b\n\nLast, and again [it][page].',
].join('\n\n');

describe('Blocks of a text that grows', () => {
  it.each([1, 3, 7, 40])('are those of the whole text at each step of %i characters', (step) => {
    const grow = growingBlocks();
    // Where the definition of a link is still to come, what refers to it is no link yet.
    const from = text.indexOf('Another');
    for (let length = step; length < text.length + step; length += step) {
      const now = text.slice(0, length);
      const blocks = grow(now, (end) => end);
      if (length > from) expect(blocks.slice(2)).toEqual(markdownBlocks(now).slice(2));
    }
  });

  it('are read again only where they are open', () => {
    const grow = growingBlocks();
    const paragraphs = Array.from({ length: 200 }, (_, index) => `Paragraph ${index} of a long answer.`);
    let longest = 0;
    for (let count = 1; count <= paragraphs.length; count++)
      grow(paragraphs.slice(0, count).join('\n\n'), (end) => {
        longest = Math.max(longest, end.length);
        return end;
      });
    expect(longest).toBeLessThan(120);
  });

  it('begin anew with another text', () => {
    const grow = growingBlocks();
    grow('One.\n\nTwo.\n\nThree.\n\nFour.', (end) => end);
    expect(grow('Something else.', (end) => end)).toEqual(markdownBlocks('Something else.'));
  });

  it('show no more of an unfinished end than is certain', () => {
    const grow = growingBlocks();
    grow('One.\n\nTwo.\n\nThree.', settleStreamingText);
    expect(grow('One.\n\nTwo.\n\nThree.\n\nAn **empha', settleStreamingText).at(-1)).toMatchObject({
      html: '<p>An <strong>empha</strong></p>\n',
    });
  });
});
