import { openDB } from 'idb';
import { ProblemError } from '../core/problem';
import { migrations, schemaVersion } from './migrations';
import { databaseName, type Library, type LibrarySchema } from './schema';

/**
 * Opens the library, creating or upgrading it as needed. Gives way when another context wants to upgrade: then the connection
 * closes and the next use opens a new one.
 * @throws ProblemError `storage-unavailable`
 */
export async function openLibrary(onClosed: () => void = () => {}): Promise<Library> {
  try {
    const library: Library = await openDB<LibrarySchema>(databaseName, schemaVersion, {
      async upgrade(database, oldVersion, _newVersion, transaction) {
        for (const migrate of migrations.slice(oldVersion)) await migrate(database, transaction);
      },
      blocking() {
        library.close();
        onClosed();
      },
      terminated: onClosed,
    });
    return library;
  } catch (cause) {
    throw new ProblemError({ code: 'storage-unavailable', detail: cause instanceof Error ? cause.message : String(cause) }, { cause });
  }
}

/** One connection for all, opened at first use and again after it was lost. */
export function libraryOpener(open: typeof openLibrary = openLibrary): () => Promise<Library> {
  let current: Promise<Library> | undefined;
  const forget = () => {
    current = undefined;
  };
  return () => {
    current ??= open(forget).catch((error: unknown) => {
      forget();
      throw error;
    });
    return current;
  };
}
