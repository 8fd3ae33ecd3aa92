// What is too large for a message goes through files that all pages of the extension and its worker see, and nobody else does: the origin's private file
// system. A message then only says which.

/** A name of a file that has been handed over, or is to be. */
export type ExchangedFile = 'incoming' | 'examined' | `outgoing-${string}`;

/** Rejects when there is no room; nothing is there to be read before it has been closed. */
export async function createExchangedFile(name: ExchangedFile): Promise<FileSystemWritableFileStream> {
  const folder = await navigator.storage.getDirectory();
  const file = await folder.getFileHandle(name, { create: true });
  return file.createWritable();
}

/** @returns `undefined` when there is none */
export async function openExchangedFile(name: ExchangedFile): Promise<File | undefined> {
  const folder = await navigator.storage.getDirectory();
  try {
    const file = await folder.getFileHandle(name);
    return await file.getFile();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
    throw error;
  }
}

/** Nothing happens if there is none. */
export async function removeExchangedFile(name: ExchangedFile): Promise<void> {
  const folder = await navigator.storage.getDirectory();
  await folder.removeEntry(name).catch(() => {});
}

/** Removes what nobody can be waiting for when the browser has just been started. */
export async function removeLeftFiles(): Promise<void> {
  await removeOutgoingFiles(Number.POSITIVE_INFINITY);
  await removeExchangedFile('incoming');
}

/** Removes what was made to be taken and has not been touched since a time, in milliseconds since 1970. */
export async function removeOutgoingFiles(before: number): Promise<void> {
  const folder = await navigator.storage.getDirectory();
  for await (const [name, handle] of (folder as unknown as ListableFolder).entries()) {
    if (!name.startsWith('outgoing-') || handle.kind !== 'file') continue;
    const { lastModified } = await handle.getFile();
    if (lastModified < before) await folder.removeEntry(name).catch(() => {});
  }
}

/** What the types of some contexts leave out. */
interface ListableFolder {
  entries(): AsyncIterable<[string, FileSystemFileHandle]>;
}
