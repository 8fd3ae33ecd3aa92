import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  matchesSite,
  originsOf,
  parseSitePattern,
  type SitePattern,
  specificityOf,
  writtenPattern,
} from '../../../../src/core/capture/site-pattern';

const pattern = (written: string): SitePattern => {
  const parsed = parseSitePattern(written);
  if (!parsed) throw new Error(`${written} is no pattern.`);
  return parsed;
};
const matches = (written: string, address: string) => matchesSite(pattern(written), address);

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const host = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'));
const path = fc.array(fc.stringMatching(/^[a-zA-Z0-9_-]{1,8}$/), { maxLength: 3 }).map((words) => words.map((word) => `/${word}`).join(''));
const tail = fc.constantFrom('', '/', '/more', '?q=1', '#part', '/more/of?it=1#here');
const scheme = fc.constantFrom('http', 'https');
const port = fc.constantFrom('', ':8080');

describe('A pattern', () => {
  it('matches its own host and path, whatever comes after, at any port, in any case', () => {
    fc.assert(
      fc.property(host, path, tail, scheme, port, fc.boolean(), (name, start, rest, protocol, number, isLoud) => {
        const address = `${protocol}://${isLoud ? name.toUpperCase() : name}${number}${start}${rest}`;
        expect(matches(name + start, address)).toBe(true);
        expect(matches(`*.${name}${start}`, address)).toBe(true);
        expect(matches('*', address)).toBe(true);
      }),
    );
  });

  it('does not match another host, nor one that only ends or begins like it', () => {
    fc.assert(
      fc.property(host, label, (name, other) => {
        for (const stranger of [`${other}${name}`, `${name}.${other}`, `${name}${other}`]) {
          expect(matches(name, `https://${stranger}/`), stranger).toBe(false);
          expect(matches(`*.${name}`, `https://${stranger}/`), stranger).toBe(false);
        }
      }),
    );
  });

  it('matches subdomains only if it says so, except for www', () => {
    fc.assert(
      fc.property(
        host,
        label.filter((word) => word !== 'www'),
        (name, other) => {
          expect(matches(name, `https://${other}.${name}/`)).toBe(false);
          expect(matches(`*.${name}`, `https://${other}.${name}/`)).toBe(true);
          expect(matches(name, `https://www.${name}/`)).toBe(true);
          expect(matches(`www.${name}`, `https://${name}/`)).toBe(true);
        },
      ),
    );
  });

  it('matches a path by whole words', () => {
    expect(matches('a.example/blog', 'https://a.example/blog/june')).toBe(true);
    expect(matches('a.example/blog', 'https://a.example/Blog?page=2')).toBe(true);
    expect(matches('a.example/blog', 'https://a.example/blogger')).toBe(false);
    expect(matches('a.example/blog', 'https://a.example/my/blog')).toBe(false);
    expect(matches('a.example/blog/', 'https://a.example/blog')).toBe(false);
  });

  it('matches nothing that is not of the web, and never throws', () => {
    fc.assert(
      fc.property(fc.string(), (address) => {
        if (!/^https?:/i.test(address)) expect(matches('*', address)).toBe(false);
        expect(() => matches('*.a.example/x', address)).not.toThrow();
      }),
    );
    for (const address of ['file:///home/me/a.html', 'chrome://settings', 'about:blank', 'data:text/html,x']) {
      expect(matches('*', address)).toBe(false);
    }
  });

  it('comes back the same when it is written and read again', () => {
    fc.assert(
      fc.property(fc.constantFrom('', '*.'), host, path, (wide, name, start) => {
        const parsed = pattern(wide + name + start);
        expect(parseSitePattern(writtenPattern(parsed))).toEqual(parsed);
      }),
    );
  });

  it('is read from what a person types, or not at all', () => {
    expect(parseSitePattern('  https://Example.ORG:8443/ ')).toEqual({ host: 'example.org', path: '' });
    expect(parseSitePattern('bücher.example')).toEqual({ host: 'xn--bcher-kva.example', path: '' });
    expect(parseSitePattern('http://[::1]/x')).toEqual({ host: '[::1]', path: '/x' });
    for (const none of ['', ' ', 'two words', 'a.*.example', '*a.example', 'user@a.example', '..', '*.', '*.10.0.0.1', '**', 'a\\b']) {
      expect(parseSitePattern(none), none).toBeUndefined();
    }
  });

  it('finds the host of an address that ends in a dot', () => {
    expect(matches('a.example', 'https://a.example./x')).toBe(true);
  });
});

describe('Specificity', () => {
  it('is greater for the host than for all under it, for a longer path, and for anything than for all sites', () => {
    fc.assert(
      fc.property(host, path, (name, start) => {
        const [exact, wide, all] = [name, `*.${name}`, '*'].map((written) => specificityOf(pattern(written))) as [Said, Said, Said];
        expect(exact.host).toBeGreaterThan(wide.host);
        expect(wide.host).toBeGreaterThan(all.host);
        if (start) expect(specificityOf(pattern(name + start)).path).toBeGreaterThan(exact.path);
      }),
    );
  });
});

describe('What the browser is asked for', () => {
  it('is what is matched, and no other host', () => {
    fc.assert(
      fc.property(fc.constantFrom('', '*.'), host, path, (wide, name, start) => {
        for (const origin of originsOf(pattern(wide + name + start))) {
          const asked = /^https?:\/\/(.+)\/\*$/.exec(origin)?.[1] ?? '';
          expect(matches(wide + name + start, `https://${asked.replace('*', 'any')}${start}`), origin).toBe(true);
        }
      }),
    );
    expect(originsOf(pattern('*'))).toEqual(['https://*/*', 'http://*/*']);
    expect(originsOf(pattern('10.0.0.7/wiki'))).toEqual(['https://10.0.0.7/*', 'http://10.0.0.7/*']);
  });
});

type Said = ReturnType<typeof specificityOf>;
