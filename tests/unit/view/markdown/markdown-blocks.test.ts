import { describe, expect, it } from 'vitest';
import { htmlBlocks } from '../../../support/html-blocks';

describe('The blocks of a Markdown text', () => {
  it('stay as they are when text is appended, but for the last', () => {
    const text = '# Title\n\nFirst *paragraph*.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n\n```js\nlet x;\n```\n\nLast.';
    let before: string[] = [];
    for (let length = 1; length <= text.length; length++) {
      const now = htmlBlocks(text.slice(0, length));
      const finished = before.slice(0, Math.min(before.length, now.length) - 1);
      expect(now.slice(0, finished.length)).toEqual(finished);
      before = now;
    }
    expect(before).toHaveLength(6);
  });

  it('do not let a list of sources turn citation marks into links', () => {
    const html = htmlBlocks('It was so [1].\n\n[1]: https://example.org/elsewhere').join('');
    expect(html).toContain('It was so [1].');
  });

  it('resolve other reference links', () => {
    expect(htmlBlocks('See [this][page].\n\n[page]: https://example.org/').join('')).toContain('href="https://example.org/"');
  });

  it('show the boxes of a list of tasks as signs', () => {
    expect(htmlBlocks('- [x] done\n- [ ] to do').join('')).toMatch(/☑ done[\s\S]*☐ to do/);
  });
});
