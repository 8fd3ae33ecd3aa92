import type { WriteBytes } from '../../src/background/data/zip-writer';

/** A file in memory, written as those on the disk are. */
export function memoryFile(): { write: WriteBytes; blob: () => Blob } {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  return {
    write: async (bytes) => {
      chunks.push(bytes.slice());
    },
    blob: () => new Blob(chunks),
  };
}
