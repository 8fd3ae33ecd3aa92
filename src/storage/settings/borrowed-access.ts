import browser from 'webextension-polyfill';
import type { Access } from '../../core/capture/access';

export interface Borrowing {
  /** All that the work needs, whether it was allowed before or not. */
  readonly wanted: Access;
  /** What is to be given back when nobody needs it any more. */
  readonly lent: Access;
}

/** What the person has allowed for a piece of work only, by who holds it: `link:<id>`, `panel:<id>:<number>` or `import`. */
export type BorrowedAccess = Readonly<Record<string, Borrowing>>;

const key = 'borrowedAccess';

export async function readBorrowedAccess(): Promise<BorrowedAccess> {
  const { [key]: borrowed } = await browser.storage.local.get(key);
  // What an earlier version noted was not by holder.
  return Object.fromEntries(Object.entries((borrowed as BorrowedAccess | undefined) ?? {}).filter(([, { lent }]) => lent));
}

export async function writeBorrowedAccess(borrowed: BorrowedAccess): Promise<void> {
  if (Object.keys(borrowed).length > 0) await browser.storage.local.set({ [key]: borrowed });
  else await browser.storage.local.remove(key);
}
