import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compileScans, scansModuleFile } from '../../../scripts/compile-scans';

it('has in the sources what assembly/ compiles to', async () => {
  expect(await compileScans()).toBe(readFileSync(scansModuleFile, 'utf8'));
}, 60_000);
