import browser from 'webextension-polyfill';
import type { RestoreStatus } from '../../core/backup/restore-status';
import type { PageId } from '../../core/pages/page';

/** Where the page of a backup, or its versions, have gone when they are not what they were there. */
export interface MovedPage {
  readonly to: PageId;
  /** New numbers by old ones; a version that is not named kept its number. */
  readonly versions: Readonly<Record<number, number>>;
}

/**
 * A backup that was looked at, and how far its restore is. Each page is merged by itself, and merging one a second time changes nothing, so this may lag
 * behind what is stored.
 */
export interface RestoreRecord extends RestoreStatus {
  /** When the backup was made and what is in it are not enough to tell that the file is still the one that was looked at. */
  readonly manifestSha256: string;
  readonly withSettings: boolean;
  /** The next part, and the next record in it. */
  readonly part: number;
  readonly line: number;
  /** By their ids in the backup. */
  readonly moved: Readonly<Record<string, MovedPage>>;
  /** Whether the library had vectors when it began: if so, their model stays the one that answers questions. */
  readonly hadIndexModel: boolean;
  /** How often the work at this place was begun. */
  readonly attempts: number;
}

const restoreKey = 'restore';

export async function readRestore(): Promise<RestoreRecord | undefined> {
  const stored = await browser.storage.local.get(restoreKey);
  return stored[restoreKey] as RestoreRecord | undefined;
}

export async function writeRestore(record: RestoreRecord): Promise<void> {
  await browser.storage.local.set({ [restoreKey]: record });
}

export async function forgetRestore(): Promise<void> {
  await browser.storage.local.remove(restoreKey);
}
