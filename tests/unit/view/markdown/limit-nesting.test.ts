import { describe, expect, test } from 'vitest';
import { limitNesting } from '../../../../src/view/markdown/limit-nesting';
import { htmlBlocks } from '../../../support/html-blocks';

describe('Markdown that is nested deeper than anyone would', () => {
  test.each(['> ', '>', '- ', '1. ', '> - ', '* > 1) '])('by %j is read without its depth, each letter in its place', (container) => {
    const text = `Before\n\n${container.repeat(10_000)}deep`;
    expect(limitNesting(text)).toHaveLength(text.length);
    const html = htmlBlocks(text).join('');
    expect(html).toContain('deep');
    expect(html.match(/<(?:blockquote|ul|ol)/g)?.length).toBeLessThanOrEqual(16);
  });

  test('by indentation is read without it', () => {
    const html = htmlBlocks(Array.from({ length: 300 }, (_, depth) => `${'  '.repeat(depth)}- step ${depth}`).join('\n')).join('');
    expect(html).toContain('step 299');
    expect(html.match(/<ul/g)?.length).toBeLessThan(30);
  });

  test.each(['> > quoted\n\n- one\n  - two\n    - three', '----------------------------------------', '    if (deep):\n        print(1)'])(
    'is not touched elsewhere: %j',
    (text) => expect(limitNesting(text)).toBe(text),
  );
});
