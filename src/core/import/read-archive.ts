import { unzipSync } from 'fflate';
import { ProblemError } from '../problem';
import { type ImportFile, maximumImportBytes } from './import-file';

/** What may lie in an archive and is of use. */
const usefulFile = /\.(json|html?|csv|md|markdown|txt)$/i;

export const maximumArchivedFiles = 100_000;
/** Articles are shorter by far; what is longer is passed over. */
const maximumFileBytes = 20_000_000;
/** Deflate makes text a tenth at best and never less than a thousandth; what shrank to less than this was made to burst. */
const maximumRatio = 200;
const ratioCountsFromBytes = 10_000_000;
const unpackAtOnceBytes = 8_000_000;

interface ArchivedFile {
  readonly name: string;
  readonly bytes: number;
}

export function isArchive(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));
}

/**
 * The files of a zip archive that may hold pages, unpacked a few at a time. What an archive says of the size of its files is held to: each is unpacked into a
 * buffer of that size and no more.
 * @throws ProblemError `import-file-broken` when it is cut off or damaged, `import-archive-too-large`
 */
export function* readArchive(bytes: Uint8Array): Generator<readonly [files: readonly ImportFile[], shareDone: number], void, void> {
  const files = listFiles(bytes);
  for (let from = 0; from < files.length; ) {
    let to = from;
    for (let size = 0; to < files.length && (to === from || size + (files[to]?.bytes ?? 0) <= unpackAtOnceBytes); to += 1)
      size += files[to]?.bytes ?? 0;
    const wanted = new Set(files.slice(from, to).map(({ name }) => name));
    yield [unpack(bytes, wanted), to / files.length];
    from = to;
  }
}

function listFiles(bytes: Uint8Array): ArchivedFile[] {
  const files = new Map<string, ArchivedFile>();
  let entries = 0;
  let totalBytes = 0;
  read(bytes, ({ name, size, originalSize }) => {
    entries += 1;
    if (usefulFile.test(name) && !isHidden(name) && originalSize <= maximumFileBytes) {
      files.set(name, { name, bytes: originalSize });
      totalBytes += originalSize;
      const isMadeToBurst = originalSize > ratioCountsFromBytes && originalSize > size * maximumRatio;
      if (isMadeToBurst || totalBytes > maximumImportBytes) throw new ProblemError({ code: 'import-archive-too-large' });
    }
    if (entries > maximumArchivedFiles) throw new ProblemError({ code: 'import-archive-too-large' });
    return false;
  });
  return [...files.values()];
}

/** Folders that macOS and Obsidian add for themselves. */
function isHidden(name: string): boolean {
  return /(^|\/)(__MACOSX\/|\.)/.test(name);
}

function unpack(bytes: Uint8Array, wanted: ReadonlySet<string>): ImportFile[] {
  return Object.entries(read(bytes, ({ name }) => wanted.has(name))).map(([path, content]) => ({ path, bytes: content }));
}

type Filter = (file: { readonly name: string; readonly size: number; readonly originalSize: number }) => boolean;

function read(bytes: Uint8Array, filter: Filter): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter });
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError({ code: 'import-file-broken' }, { cause });
  }
}
