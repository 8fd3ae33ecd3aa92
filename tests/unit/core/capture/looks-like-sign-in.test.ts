import { expect, it } from 'vitest';
import { looksLikeSignIn } from '../../../../src/core/capture/looks-like-sign-in';

const asked = 'https://a.example/essays/7';

it.each([
  ['a short page with a field for a password', { url: asked, hasPasswordField: true, characters: 200 }, true],
  [
    'a short page that the server led to for signing in',
    { url: 'https://a.example/login?next=%2Fessays%2F7', hasPasswordField: false, characters: 200 },
    true,
  ],
  ['a long page with such a field', { url: asked, hasPasswordField: true, characters: 9_000 }, false],
  ['a short page', { url: asked, hasPasswordField: false, characters: 200 }, false],
  ['an essay on logins', { url: 'https://a.example/blogging/in-the-sso-age', hasPasswordField: false, characters: 200 }, false],
])('of %s', (_, signs, expected) => {
  expect(looksLikeSignIn({ askedUrl: asked, ...signs })).toBe(expected);
});

it('lets a page about signing in through that was asked for by that address', () => {
  const url = 'https://docs.example/login';
  expect(looksLikeSignIn({ askedUrl: url, url, hasPasswordField: false, characters: 200 })).toBe(false);
});
