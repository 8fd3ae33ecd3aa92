import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('no test puts a module in the place of another: files share their modules, and one that ran before may have loaded it', () => {
  const tests = readdirSync('tests', { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path));
  expect(tests.length).toBeGreaterThan(300);
  const replacing = /\bvi\s*\.\s*(?:do)?mock\(/i;
  expect(tests.filter((path) => replacing.test(readFileSync(`tests/${path}`, 'utf8')))).toEqual([]);
});
