import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuiltLibrary } from '../harness/search-harness';

interface KeptBuild extends BuiltLibrary {
  readonly passages: number;
}

const fileIn = (folder: string) => join(folder, 'built.json');

/**
 * What is known of the library that a folder holds, written when it was whole.
 * @returns `undefined` when nothing lies there yet
 * @throws Error when something else does
 */
export function readKeptBuild(folder: string, passages: number): BuiltLibrary | undefined {
  mkdirSync(folder, { recursive: true });
  if (existsSync(fileIn(folder))) {
    const kept = JSON.parse(readFileSync(fileIn(folder), 'utf8')) as KeptBuild;
    if (kept.passages !== passages) throw new Error(`The library in ${folder} has ${kept.passages} passages, not ${passages}.`);
    return kept;
  }
  if (readdirSync(folder).length > 0)
    throw new Error(`${folder} holds something else than a whole library. Name another folder, or delete it.`);
  return undefined;
}

export function writeKeptBuild(folder: string, passages: number, built: BuiltLibrary): void {
  writeFileSync(fileIn(folder), JSON.stringify({ passages, ...built } satisfies KeptBuild));
}
