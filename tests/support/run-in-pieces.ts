import { strToU8, zipSync } from 'fflate';
import type { ImportFile } from '../../src/core/import/import-file';
import type { InPieces, ParsedImport } from '../../src/core/import/import-item';
import { parseFiles } from '../../src/core/import/parse-files';

/** Does all of the work at once. */
export function runInPieces<Result>(work: InPieces<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Imports a text as if it were in a file of this name. */
export function parseText(text: string, path = 'export'): ParsedImport {
  return runInPieces(parseFiles([{ path, bytes: strToU8(text) }]));
}

/** A zip archive with these texts by their paths. */
export function archiveOf(files: Readonly<Record<string, string>>): ImportFile {
  return { path: 'export.zip', bytes: zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))) };
}
