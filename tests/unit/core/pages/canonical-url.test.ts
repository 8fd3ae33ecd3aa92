import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUrl } from '../../../../src/core/pages/canonical-url';

describe('canonicalUrl', () => {
  it('drops tracking parameters, however they are written', () => {
    expect(canonicalUrl('https://a.example/story?utm_source=x&id=7&UTM_Medium=mail&fbclid=1&gclid=2&mc_eid=3')).toBe(
      'https://a.example/story?id=7',
    );
  });

  it('leaves no question mark behind when every parameter goes', () => {
    expect(canonicalUrl('https://a.example/story?utm_source=x')).toBe('https://a.example/story');
  });

  it('keeps the order and the encoding of what stays', () => {
    const address = 'https://a.example/search?z=1&a=%20b+c&z=2&q=%E4%BD%A0';
    expect(canonicalUrl(address)).toBe(address);
    expect(canonicalUrl(`${address}&utm_source=x`)).toBe(address);
  });

  it('drops a fragment that points into the page', () => {
    expect(canonicalUrl('https://a.example/guide#install')).toBe('https://a.example/guide');
    expect(canonicalUrl('https://a.example/guide#:~:text=hello')).toBe('https://a.example/guide');
  });

  it('keeps a fragment that is the route of an application', () => {
    expect(canonicalUrl('https://a.example/app#/orders/7')).toBe('https://a.example/app#/orders/7');
    expect(canonicalUrl('https://a.example/app#!orders/7')).toBe('https://a.example/app#!orders/7');
  });

  it('drops default ports only', () => {
    expect(canonicalUrl('https://a.example:443/x')).toBe('https://a.example/x');
    expect(canonicalUrl('http://a.example:80/x')).toBe('http://a.example/x');
    expect(canonicalUrl('http://a.example:8080/x')).toBe('http://a.example:8080/x');
  });

  it('gives back what is no address', () => {
    expect(canonicalUrl('not an address')).toBe('not an address');
  });

  it('keeps a query that begins with a question mark of its own', () => {
    expect(canonicalUrl('https://example.org/??')).toBe('https://example.org/??');
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (address) => {
        const once = canonicalUrl(address);
        expect(canonicalUrl(once)).toBe(once);
      }),
    );
  });
});
