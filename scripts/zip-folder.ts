import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';

// A zip notes local time, without saying which zone it means; this is the same one everywhere.
const fixedTime = new Date(1980, 0, 1);

/** Zips the files of a folder. The same files give the same bytes, whenever and wherever that is done. */
export function zipFolder(folder: string): Uint8Array {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
  const contents: Zippable = Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path))]));
  return zipSync(contents, { level: 9, mtime: fixedTime });
}
