import { describe, expect, it } from 'vitest';
import { isAllowedBy, parseRobots } from '../../../../src/core/capture/robots-rules';

const allows = (robots: string, path: string) => isAllowedBy(parseRobots(robots), `https://a.example${path}`);

describe('A robots.txt', () => {
  it('holds the rules for everybody when it does not name us, and only ours when it does', () => {
    const text =
      'User-agent: *\nDisallow: /\n\nUser-agent: GPTBot\nUser-agent: Commonplace/1.0\nDisallow: /private # ours\nCrawl-delay: 2.5\n';
    expect(allows(text, '/essay')).toBe(true);
    expect(allows(text, '/private/essay')).toBe(false);
    expect(parseRobots(text).crawlDelayMs).toBe(2_500);
    expect(allows('User-agent: *\nDisallow: /\n\nUser-agent: other\nAllow: /', '/essay')).toBe(false);
  });

  it('is read without pause when its lines are all spaces', () => {
    const text = `User-agent: *\nDisallow: / # all\n${`Allow:${' '.repeat(1_900)}#\u2028\n`.repeat(200)}`;
    expect(allows(text, '/essay')).toBe(false);
  });

  it.each([
    ['/', '/any', false],
    ['', '/any', true],
    ['/fish', '/fish.html', false],
    ['/fish', '/Fish', true],
    ['/*.pdf$', '/a/b.pdf', false],
    ['/*.pdf$', '/a/b.pdf?x', true],
    ['/a*b', '/a/x/b/c', false],
    ['/x$', '/x', false],
    ['/x$', '/x/y', true],
    ['/find?', '/find?q=1', false],
  ])('with “Disallow: %s” says of %s: %s', (pattern, path, isAllowed) => {
    expect(allows(`User-agent: *\nDisallow: ${pattern}`, path)).toBe(isAllowed);
  });

  it('is decided by the longest rule, and of two as long by the one that allows', () => {
    const text = 'User-agent: *\nDisallow: /shop\nAllow: /shop/essays\nDisallow: /shop/essays/drafts\nAllow: /same\nDisallow: /same';
    expect(['/shop/x', '/shop/essays/x', '/shop/essays/drafts/x', '/same'].map((path) => allows(text, path))).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  it('is read without harm when it is no robots.txt, or a hostile one', () => {
    expect(allows('<!doctype html><title>Not found</title>', '/any')).toBe(true);
    // Trying every way to divide the letters among the stars would never end.
    expect(allows(`User-agent: *\n${`Disallow: /${'a*'.repeat(200)}b\n`.repeat(2_000)}`, `/${'a'.repeat(5_000)}`)).toBe(true);
    expect(parseRobots('User-agent: *\nCrawl-delay: 86400').crawlDelayMs).toBe(60_000);
  });
});
