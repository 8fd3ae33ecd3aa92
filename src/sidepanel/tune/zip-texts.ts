import { strToU8, zipSync } from 'fflate';
import type { FolderFile } from '../../core/tuning/training-folder';

/** A folder of texts as one file. Not packed: that would hold up the panel for seconds. */
export function zipTexts(files: readonly FolderFile[]): Blob {
  const entries = files.map(({ path, text }) => [path, strToU8(text)] as const);
  return new Blob([zipSync(Object.fromEntries(entries), { level: 0 }) as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
}
