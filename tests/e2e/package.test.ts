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

/** What only those load who read a PDF, a formula or code; each with what it may weigh in the package, in bytes. */
const loadedWhenNeeded = [
  { folder: 'pdf', files: [], maximumBytes: 500_000 },
  { folder: 'assets', files: ['pdf.js', 'pdf.worker.min.mjs'], maximumBytes: 470_000 },
  { folder: 'assets', files: ['highlight-code.js', 'render-math.js'], maximumBytes: 100_000 },
];

test('what everyone loads is at most 0.65 MB, without the tokenizer’s ranks, and what is loaded when it is needed keeps to its limits', () => {
  const whole = join(folder, 'first');
  const remove = (path: string) => {
    const before = zipFolder(whole).length;
    rmSync(join(whole, path), { recursive: true });
    return before - zipFolder(whole).length;
  };
  for (const { folder: room, files: names, maximumBytes } of loadedWhenNeeded) {
    const paths = names.length > 0 ? names.map((name) => join(room, name)) : [room];
    expect(paths.reduce((sum, path) => sum + remove(path), 0)).toBeLessThanOrEqual(maximumBytes);
  }
  remove('tokenizer');
  expect(zipFolder(whole).length).toBeLessThanOrEqual(650_000);
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
