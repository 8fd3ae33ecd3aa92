import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readKeptBuild, writeKeptBuild } from '../../../scripts/bench/kept-library';

const built = { pages: 7, textCharacters: 110_000, buildMs: 90, addingMs: { split: 1, index: 2, commit: 3, merge: 4 }, nearest: [[5, 3]] };

describe('a library that a bench keeps', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'commonplace-kept-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is to be built where nothing lies, also where there is no folder yet', () => {
    expect(readKeptBuild(folder, 100)).toBeUndefined();
    expect(readKeptBuild(join(folder, 'libraries', '100'), 100)).toBeUndefined();
  });

  it('is found again with what was measured while it was built', () => {
    writeKeptBuild(folder, 100, built);
    expect(readKeptBuild(folder, 100)).toMatchObject(built);
  });

  it('is not taken for one of another size', () => {
    writeKeptBuild(folder, 100, built);
    expect(() => readKeptBuild(folder, 300)).toThrow(/has 100 passages, not 300/);
  });

  it('is not built on top of one that was cut off', () => {
    writeFileSync(join(folder, 'profile'), '');
    expect(() => readKeptBuild(folder, 100)).toThrow(/something else than a whole library/);
  });
});
