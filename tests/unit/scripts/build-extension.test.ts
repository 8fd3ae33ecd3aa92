import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { buildExtension } from '../../../scripts/build-extension';

const folder = mkdtempSync(join(tmpdir(), 'commonplace-build-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Fails as a build does whose manifest is written before something else cannot be. */
const failingConfig = `
  import { writeFileSync } from 'node:fs';
  const failing = {
    name: 'failing',
    writeBundle({ dir }) {
      writeFileSync(dir + '/manifest.json', '{}');
      throw new Error('Nothing more can be written.');
    },
  };
  export default { plugins: [failing], build: { rollupOptions: { input: 'entry.js' } } };
`;

test('a build that fails when its manifest is written leaves none, so that what is there does not count as built', () => {
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'vite.config.ts'), failingConfig);
  writeFileSync(join(folder, 'entry.js'), 'console.log(1);');
  mkdirSync(join(folder, 'dist'));
  expect(() => buildExtension({ folder })).toThrow('Nothing more can be written.');
  expect(existsSync(join(folder, 'dist/assets'))).toBe(true);
  expect(existsSync(join(folder, 'dist/manifest.json'))).toBe(false);
});
