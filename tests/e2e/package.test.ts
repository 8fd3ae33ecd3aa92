import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildExtension } from '../../scripts/build-extension';
import { zipFolder } from '../../scripts/zip-folder';

const folder = mkdtempSync(join(tmpdir(), 'commonplace-package-'));
let zip: Uint8Array;
let files: Record<string, Uint8Array>;

beforeAll(() => {
  zip = buildAndZip('first');
  files = unzipSync(zip);
});

afterAll(() => rmSync(folder, { recursive: true }));

function buildAndZip(name: string): Uint8Array {
  const outDir = join(folder, name);
  buildExtension({ outDir });
  return zipFolder(outDir);
}

test('two builds give the same bytes', () => {
  expect(Buffer.from(buildAndZip('second')).equals(zip)).toBe(true);
});

/** What an answer or a page with formulas or code in it has loaded: mostly tables of signs and of languages. */
const loadedForProse = ['highlight-code.js', 'render-math.js'];

test('the package is at most 1 MB without what is data, the character tables at most 0.5 MB, what sets formulas and code 0.1 MB, and the content script 60 kB', () => {
  expect(zipFolder(join(folder, 'first', 'pdf')).length).toBeLessThanOrEqual(500_000);
  const whole = zipFolder(join(folder, 'first')).length;
  for (const name of loadedForProse) rmSync(join(folder, 'first', 'assets', name));
  expect(whole - zipFolder(join(folder, 'first')).length).toBeLessThanOrEqual(100_000);
  for (const data of ['tokenizer', 'pdf']) rmSync(join(folder, 'first', data), { recursive: true });
  expect(zipFolder(join(folder, 'first')).length).toBeLessThanOrEqual(1_000_000);
  expect(files['src/content/capture.js']?.length).toBeLessThanOrEqual(60_000);
});

test('sites can load none of its files, and it asks for no site when it is installed', () => {
  const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array())) as Record<string, unknown>;
  expect(manifest).not.toHaveProperty('web_accessible_resources');
  expect(manifest).not.toHaveProperty('host_permissions');
  expect(manifest).not.toHaveProperty('content_scripts');
});

test('nothing in it tells of the machine it was built on, nor are there source maps', () => {
  const texts = Object.entries(files).filter(([path]) => /\.(js|css|html|json)$/.test(path));
  expect(texts.filter(([, bytes]) => strFromU8(bytes).includes(process.cwd())).map(([path]) => path)).toEqual([]);
  expect(Object.keys(files).filter((path) => path.endsWith('.map'))).toEqual([]);
});

test('every script in it is loaded by something in it', () => {
  const scripts = Object.keys(files).filter((path) => path.endsWith('.js'));
  const loaders = Object.entries(files).filter(([path]) => /\.(js|html|json)$/.test(path));
  const unloaded = scripts.filter((script) => {
    const name = script.split('/').at(-1) ?? '';
    return !loaders.some(([path, bytes]) => path !== script && strFromU8(bytes).includes(name));
  });
  expect(unloaded).toEqual([]);
});
