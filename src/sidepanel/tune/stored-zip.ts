import { Zip, ZipPassThrough } from 'fflate';
import { ProblemError } from '../../core/problem';

export type WriteBytes = (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;

/** What the plain format counts to; fflate writes no other. */
const mostBytes = 2 ** 32 - 1;

export interface StoredZip {
  /** Begins a file, which ends where the next begins. @param path with `/` between the folders */
  begin(path: string): void;
  /** Adds to the file that was begun last. */
  write: WriteBytes;
  end(): Promise<void>;
}

/** Writes a zip as it grows, with nothing of it held. Not packed: that would hold up the panel for seconds. */
export function storedZip(write: WriteBytes): StoredZip {
  const nothing = new Uint8Array();
  let ready: Uint8Array<ArrayBuffer>[] = [];
  let bytesWritten = 0;
  let file: ZipPassThrough | undefined;
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk as Uint8Array<ArrayBuffer>);
  });
  const flush = async () => {
    const chunks = ready;
    ready = [];
    for (const chunk of chunks) {
      bytesWritten += chunk.length;
      if (bytesWritten > mostBytes) throw new ProblemError({ code: 'file-too-large' });
      await write(chunk);
    }
  };
  const endFile = () => file?.push(nothing, true);
  return {
    begin(path) {
      endFile();
      file = new ZipPassThrough(path);
      zip.add(file);
    },
    async write(bytes) {
      file?.push(bytes);
      await flush();
    },
    async end() {
      endFile();
      zip.end();
      await flush();
    },
  };
}
