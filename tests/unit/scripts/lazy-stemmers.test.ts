import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { madeWhenCalled } from '../../../scripts/vite/lazy-stemmers';

const folder = 'node_modules/@orama/stemmers/dist';
const files = readdirSync(folder).filter((file) => file.endsWith('.js'));

const words =
  'houses running nationality bücher häuser libros maisons книгами أشخاص кітапхана kirjastossa könyvtárakban βιβλία किताबों'.split(' ');

interface Stemmer {
  readonly stemmer: (word: string) => string;
}

const load = async (code: string) => (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)) as Stemmer;

test('every stemmer says the same when it is made ready at its first word', async () => {
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const code = readFileSync(join(folder, file), 'utf8');
    const [now, later] = await Promise.all([load(code), load(madeWhenCalled(code, file))]);
    expect(words.map(later.stemmer), file).toEqual(words.map(now.stemmer));
  }
});

test('a source that is something else ends the build', () => {
  expect(() => madeWhenCalled('export const stem = 1;', 'en.js')).toThrow('look through en.js');
});
