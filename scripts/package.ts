import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildExtension } from './build-extension';
import { zipFolder } from './zip-folder';

const folder = 'artifacts';
const { version } = JSON.parse(readFileSync('manifest.json', 'utf8')) as { version: string };
const file = join(folder, `commonplace-${version}.zip`);

// Apart from dist/, which may be loaded in a browser, or be rebuilt at each change just now.
const outDir = join(folder, 'package');
buildExtension({ outDir });
const zip = zipFolder(outDir);
mkdirSync(folder, { recursive: true });
writeFileSync(file, zip);
rmSync(join(outDir, 'tokenizer'), { recursive: true });
const withoutRanks = zipFolder(outDir).length;
rmSync(outDir, { recursive: true });

console.log(`${file}
sha256 ${createHash('sha256').update(zip).digest('hex')}
${kilobytes(zip.length)} kB, of which ${kilobytes(withoutRanks)} kB without the tokenizer ranks`);

function kilobytes(bytes: number): string {
  return (bytes / 1_000).toFixed(1);
}
