import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, expect, test } from 'vitest';
import { zipFolder } from '../../../scripts/zip-folder';

const folders: string[] = [];

function folderWith(files: readonly (readonly [path: string, text: string])[], changedAt: Date): string {
  const folder = mkdtempSync(join(tmpdir(), 'commonplace-zip-'));
  folders.push(folder);
  mkdirSync(join(folder, 'assets'));
  for (const [path, text] of files) {
    writeFileSync(join(folder, path), text);
    utimesSync(join(folder, path), changedAt, changedAt);
  }
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const files = [
  ['manifest.json', '{}'],
  ['assets/b.js', 'b();'],
  ['assets/a.js', 'a();'],
] as const;

test('the same files give the same bytes, in whatever order and whenever they were written', () => {
  const first = zipFolder(folderWith(files, new Date(2024, 1, 29)));
  const second = zipFolder(folderWith(files.toReversed(), new Date(2031, 6, 1)));
  expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
});

test('every file is in the zip, under its path', () => {
  const contents = unzipSync(zipFolder(folderWith(files, new Date())));
  const texts = Object.entries(contents).map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]);
  expect(texts).toEqual([
    ['assets/a.js', 'a();'],
    ['assets/b.js', 'b();'],
    ['manifest.json', '{}'],
  ]);
});
