import { readImport } from '../storage/import/imports';
import type { Library } from '../storage/schema';

interface HolderTools {
  /** Those that this worker saves; what an earlier one began died with it. */
  readonly links: ReadonlySet<string>;
  readonly openLibrary: () => Promise<Library>;
  readonly locks: Pick<LockManager, 'query'>;
}

/** Whether the work that access was lent for (see `BorrowedAccess`) goes on. */
export async function isHolderLive(holder: string, { links, openLibrary, locks }: HolderTools): Promise<boolean> {
  if (holder.startsWith('link:')) return links.has(holder);
  if (holder === 'import') {
    const state = (await readImport(await openLibrary()))?.state;
    return state === 'running' || state === 'paused';
  }
  return ((await locks.query()).held ?? []).some(({ name = '' }) => holder.startsWith(`${name}:`));
}
