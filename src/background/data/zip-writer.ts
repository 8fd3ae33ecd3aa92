import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { ProblemError } from '../../core/problem';

export type WriteBytes = (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;

export interface ZipWriter {
  /** @param packed false for what is dense already */
  add(name: string, bytes: Uint8Array, packed?: boolean): Promise<void>;
  end(): Promise<void>;
}

/** What the plain format counts to, in files and in bytes; fflate writes no other. */
const mostFiles = 65_535;
const mostBytes = 2 ** 32 - 1;
/** Packed at once: some 5 ms, so that others get their turn. */
const stepBytes = 128 * 1_024;

/**
 * Writes a zip as it grows: at no time is more of it in memory than the file that is being added.
 * @param mtime what each file says of when it was changed
 */
export function zipWriter(write: WriteBytes, mtime: Date): ZipWriter {
  let ready: Uint8Array<ArrayBuffer>[] = [];
  let files = 0;
  let bytesWritten = 0;
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  const flush = async () => {
    const chunks = ready;
    ready = [];
    for (const chunk of chunks) {
      bytesWritten += chunk.length;
      await write(chunk);
    }
    if (bytesWritten > mostBytes) throw new ProblemError({ code: 'file-too-large' });
  };
  return {
    async add(name, bytes, packed = true) {
      files += 1;
      if (files > mostFiles) throw new ProblemError({ code: 'file-too-large' });
      const file = packed ? new ZipDeflate(name, { level: 6 }) : new ZipPassThrough(name);
      file.mtime = mtime;
      zip.add(file);
      for (let from = 0; from === 0 || from < bytes.length; from += stepBytes) {
        file.push(bytes.subarray(from, from + stepBytes), from + stepBytes >= bytes.length);
        await flush();
      }
    },
    async end() {
      zip.end();
      await flush();
    },
  };
}
