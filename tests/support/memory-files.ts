import type { FileBeingMade } from '../../src/sidepanel/file-being-made';

/** What stands for the disk where the panel makes files. */
export function memoryFiles() {
  const files = {
    saved: [] as { readonly name: string; readonly bytes: Uint8Array }[],
    /** The most bytes that came at once. */
    mostAtOnce: 0,
    givenUp: 0,
    isFull: false,
    async make(): Promise<FileBeingMade> {
      const pieces: Uint8Array[] = [];
      return {
        async write(bytes) {
          if (files.isFull) throw new DOMException('No room.', 'QuotaExceededError');
          files.mostAtOnce = Math.max(files.mostAtOnce, bytes.length);
          pieces.push(bytes);
        },
        async save(name) {
          files.saved.push({ name, bytes: Buffer.concat(pieces) });
        },
        async giveUp() {
          files.givenUp += 1;
        },
      };
    },
  };
  return files;
}
