import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { backupSettings } from '../../../../src/storage/backup/backup-settings';

it('says of each item of storage.local whether it is in a backup', () => {
  const sources = readdirSync('src/storage', { encoding: 'utf8', recursive: true })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join('src/storage', path), 'utf8'))
    .filter((source) => source.includes('storage.local'));
  // The house's way: an item is named by a constant that ends in «Key».
  const names = sources.flatMap((source) =>
    [...source.matchAll(/^(?:export )?const \w*[kK]ey = '([^']+)'/gm)].map(([, name = '']) => name),
  );
  expect(sources.filter((source) => /storage\.local\.(get|set|remove)\(['{]['"]/.test(source))).toEqual([]);
  expect(names.length).toBeGreaterThan(3);
  expect(names.toSorted()).toEqual(Object.keys(backupSettings).toSorted());
});
