import { lightReads } from '../light-reads';
import type { Library } from '../schema';

/** See `LibraryTotals.listRevision`: what was read of pages before it was raised may no longer be true. */
export async function readListRevision(library: Library): Promise<number> {
  return (await lightReads(library.transaction('totals').store).get('library'))?.listRevision ?? 0;
}
