import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openLibrary } from '../../src/storage/open-library';
import type { Library } from '../../src/storage/schema';

/** An empty library of its own, in memory. */
export function temporaryLibrary(): Promise<Library> {
  globalThis.indexedDB = new IDBFactory();
  return openLibrary();
}
