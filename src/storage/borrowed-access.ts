import browser from 'webextension-polyfill';

/** What the person has allowed for one piece of work only. */
export interface BorrowedAccess {
  /** Match patterns. */
  readonly origins: string[];
  readonly permissions: 'tabs'[];
}

const key = 'borrowedAccess';

export async function readBorrowedAccess(): Promise<BorrowedAccess> {
  const { [key]: borrowed } = await browser.storage.local.get(key);
  return (borrowed as BorrowedAccess | undefined) ?? { origins: [], permissions: [] };
}

export async function writeBorrowedAccess(borrowed: BorrowedAccess): Promise<void> {
  if (borrowed.origins.length + borrowed.permissions.length > 0) await browser.storage.local.set({ [key]: borrowed });
  else await browser.storage.local.remove(key);
}
