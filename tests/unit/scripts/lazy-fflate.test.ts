import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withLaterTables } from '../../../scripts/vite/lazy-fflate';

const code = readFileSync('node_modules/fflate/esm/browser.js', 'utf8');

type Fflate = Pick<typeof import('fflate'), 'deflateSync' | 'inflateSync' | 'zipSync' | 'unzipSync'>;

const load = async (source: string) => (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`)) as Fflate;

/** Of all lengths and distances: noise, runs, and words that come again. */
const texts = [
  Uint8Array.from({ length: 70_000 }, (_, at) => (at * at * 31 + (at >> 3)) % 251),
  new Uint8Array(40_000).fill(7),
  new TextEncoder().encode('the quick brown fox jumps over the lazy dog, and again the quick brown fox. '.repeat(600)),
  new Uint8Array(),
];

const isSame = (one: Uint8Array, other: Uint8Array) => Buffer.from(one).equals(other);

test('what fills its tables later packs to the same bytes, and unpacks them again', async () => {
  const now = await load(code);
  for (const text of texts) {
    // Each is the first thing that a fresh copy does.
    const packed = (await load(`${withLaterTables(code)}//${text.length}`)).deflateSync(text);
    expect(isSame(packed, now.deflateSync(text))).toBe(true);
    const unpacking = await load(`${withLaterTables(code)}//un${text.length}`);
    expect(isSame(unpacking.inflateSync(packed), text)).toBe(true);
    expect(isSame(unpacking.unzipSync(now.zipSync({ text })).text ?? new Uint8Array(1), text)).toBe(true);
  }
});

test('a source that is something else ends the build', () => {
  expect(() => withLaterTables('var rev = [];')).toThrow('fflate has changed');
});
