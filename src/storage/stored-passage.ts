import type { PageId, Passage, PassageId } from '../core/page';

/** A passage as it is kept: there are a hundred for each page, and the names of the fields would take more room than what is in them. */
export type StoredPassage = readonly [
  pageId: PageId,
  version: number,
  start: number,
  end: number,
  headingPath?: readonly string[] | null,
  startsInCode?: true,
];

export function storedPassage({ pageId, version, start, end, headingPath, startsInCode }: Omit<Passage, 'id'>): StoredPassage {
  if (startsInCode) return [pageId, version, start, end, headingPath, true];
  return headingPath.length > 0 ? [pageId, version, start, end, headingPath] : [pageId, version, start, end];
}

export function passageOf(id: PassageId, [pageId, version, start, end, headingPath, startsInCode]: StoredPassage): Passage {
  return { id, pageId, version, start, end, headingPath: headingPath ?? [], ...(startsInCode ? { startsInCode } : {}) };
}

interface PassageStore {
  getAll(range: IDBKeyRange, count?: number): Promise<StoredPassage[]>;
  getAllKeys(range: IDBKeyRange, count?: number): Promise<PassageId[]>;
}

/**
 * The passages whose ids are from `first` to `last`, in order.
 * @param count at most so many
 */
export async function readPassageRange(store: PassageStore, first: number, last: number, count?: number): Promise<Passage[]> {
  const range = IDBKeyRange.bound(first, last);
  const [ids, stored] = await Promise.all([store.getAllKeys(range, count), store.getAll(range, count)]);
  return stored.map((passage, index) => passageOf(ids[index] as PassageId, passage));
}
