import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { PageId, Passage } from '../../core/pages/page';
import type { LibrarySchema } from '../schema';

/** A passage as version 2 kept it, under its id. */
export type SecondPassage = readonly [
  pageId: PageId,
  version: number,
  start: number,
  end: number,
  headingPath?: readonly string[] | null,
  startsInCode?: true,
];

/** A step of `migrations.ts`: keeps each passage without the names of its fields, under its id. */
export async function repackPassages(
  database: IDBPDatabase<LibrarySchema>,
  transaction: IDBPTransaction<LibrarySchema, StoreNames<LibrarySchema>[], 'versionchange'>,
): Promise<void> {
  // A store that later versions no longer know.
  const before = (transaction as unknown as IDBPTransaction<unknown, string[], 'versionchange'>).objectStore('passages');
  const passages = (await before.getAll()) as Passage[];
  (database as unknown as IDBPDatabase).deleteObjectStore('passages');
  const store = (database as unknown as IDBPDatabase).createObjectStore('passages');
  for (const { id, ...passage } of passages) void store.put(secondPassage(passage), id);
}

function secondPassage({ pageId, version, start, end, headingPath, startsInCode }: Omit<Passage, 'id'>): SecondPassage {
  if (startsInCode) return [pageId, version, start, end, headingPath, true];
  return headingPath.length > 0 ? [pageId, version, start, end, headingPath] : [pageId, version, start, end];
}
