import { createExchangedFile, openExchangedFile, removeExchangedFile, removeOutgoingFiles } from '../protocol/exchanged-files';

/** A file that lies on the disk while it is made, so that it may be larger than what memory holds. */
export interface FileBeingMade {
  /** Rejects with a `QuotaExceededError` when the disk is full. */
  readonly write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** Hands it to the browser to be saved. */
  readonly save: (name: string) => Promise<void>;
  readonly giveUp: () => Promise<void>;
}

/** Whoever asks where to save a file may take this long. */
const keptMs = 3_600_000;

/** @param download hands a file to the browser */
export async function makeFile(download: (file: Blob, name: string) => void): Promise<FileBeingMade> {
  await removeOutgoingFiles(Date.now() - keptMs);
  const file = `outgoing-${crypto.randomUUID()}` as const;
  const stream = await createExchangedFile(file);
  return {
    write: (bytes) => stream.write(bytes),
    async save(name) {
      await stream.close();
      const made = await openExchangedFile(file);
      if (made) download(made, name);
    },
    async giveUp() {
      await stream.abort().catch(() => {});
      await removeExchangedFile(file);
    },
  };
}
