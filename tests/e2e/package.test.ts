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

/** What only those load who read a PDF, a formula or code, or tune a model; each with what it may weigh in the package, in bytes. */
const loadedWhenNeeded = [
  { files: ['pdf.js', 'pdf.worker.js'], maximumBytes: 250_000 },
  { files: ['highlight-code.js', 'render-math.js'], maximumBytes: 100_000 },
  { files: ['draw-plot.js', 'draw-plot.css'], maximumBytes: 25_000 },
  { files: ['tune-view.js'], maximumBytes: 30_000 },
];

test('the package is at most 1 MB without what is data, the character tables at most 0.5 MB, and the content script 60 kB', () => {
  expect(zipFolder(join(folder, 'first', 'pdf')).length).toBeLessThanOrEqual(500_000);
  for (const data of ['tokenizer', 'pdf']) rmSync(join(folder, 'first', data), { recursive: true });
  expect(zipFolder(join(folder, 'first')).length).toBeLessThanOrEqual(1_000_000);
  expect(files['src/content/capture.js']?.length).toBeLessThanOrEqual(60_000);
});

test('of that, what everyone loads is at most 0.65 MB, and what is loaded when it is needed keeps to its limits', () => {
  const whole = join(folder, 'first');
  for (const data of ['tokenizer', 'pdf']) rmSync(join(whole, data), { recursive: true, force: true });
  for (const { files: names, maximumBytes } of loadedWhenNeeded) {
    const before = zipFolder(whole).length;
    for (const name of names) rmSync(join(whole, 'assets', name));
    expect(before - zipFolder(whole).length).toBeLessThanOrEqual(maximumBytes);
  }
  expect(zipFolder(whole).length).toBeLessThanOrEqual(650_000);
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

test('the licences of what it is made of are in it', () => {
  const licences = strFromU8(files['licences.md'] ?? new Uint8Array());
  for (const name of ['pdfjs-dist', '@mozilla/readability', 'openai', 'preact']) expect(licences).toContain(name);
  expect(licences).toContain('Apache License');
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
