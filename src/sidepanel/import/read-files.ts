import { type ImportFile, maximumImportBytes } from '../../core/import/import-file';
import { ProblemError } from '../../core/problem';

const note = /\.(md|markdown|txt)$/i;
const hiddenFolder = /(^|\/)\./;

/**
 * Reads what was chosen: one file, or the notes of a folder.
 * @throws ProblemError `import-file-too-large`, `import-file-empty` when there is no note in the folder
 */
export async function readFiles(chosen: readonly File[], signal: AbortSignal): Promise<ImportFile[]> {
  const isFolder = chosen.some(({ webkitRelativePath }) => webkitRelativePath);
  const files = isFolder
    ? chosen.filter(({ webkitRelativePath: path }) => note.test(path) && !hiddenFolder.test(path))
    : chosen.slice(0, 1);
  if (files.length === 0) throw new ProblemError({ code: 'import-file-empty' });
  if (files.reduce((sum, { size }) => sum + size, 0) > maximumImportBytes) throw new ProblemError({ code: 'import-file-too-large' });
  const read: ImportFile[] = [];
  for (const file of files) {
    read.push({ path: file.webkitRelativePath || file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
    signal.throwIfAborted();
  }
  return read;
}
