import type { Permissions } from 'webextension-polyfill';
import { type BorrowedAccess, readBorrowedAccess, writeBorrowedAccess } from '../storage/borrowed-access';

type BrowserPermissions = Pick<Permissions.Static, 'contains' | 'remove'>;

/**
 * Notes what the person is about to be asked to allow for one piece of work, but for what is allowed already, so that it is given back whatever happens in
 * between. What is allowed now is asked of the browser before anything is awaited: the person may be asked at once after this was called.
 * @returns what is to be given back when the work is done
 */
export async function borrowAccess(wanted: BorrowedAccess, browserPermissions: BrowserPermissions): Promise<BorrowedAccess> {
  const [originsAllowed, permissionsAllowed] = [
    wanted.origins.map((origin) => browserPermissions.contains({ origins: [origin] })),
    wanted.permissions.map((permission) => browserPermissions.contains({ permissions: [permission] })),
  ];
  const missing = async <Name>(names: readonly Name[], allowed: readonly Promise<boolean>[]) => {
    const isAllowed = await Promise.all(allowed);
    return names.filter((_, index) => !isAllowed[index]);
  };
  const added = {
    origins: await missing(wanted.origins, originsAllowed),
    permissions: await missing(wanted.permissions, permissionsAllowed),
  };
  const before = await readBorrowedAccess();
  await writeBorrowedAccess({
    origins: [...new Set([...before.origins, ...added.origins])],
    permissions: [...new Set([...before.permissions, ...added.permissions])],
  });
  return added;
}

/**
 * Gives back what was allowed for work that is over. May be called at any time, and again.
 * @param only the rest is still needed
 */
export async function returnAccess(browserPermissions: BrowserPermissions, only?: BorrowedAccess): Promise<void> {
  const borrowed = await readBorrowedAccess();
  const returned = {
    origins: borrowed.origins.filter((origin) => !only || only.origins.includes(origin)),
    permissions: borrowed.permissions.filter((permission) => !only || only.permissions.includes(permission)),
  };
  if (returned.origins.length + returned.permissions.length === 0) return;
  await browserPermissions.remove(returned);
  await writeBorrowedAccess({
    origins: borrowed.origins.filter((origin) => !returned.origins.includes(origin)),
    permissions: borrowed.permissions.filter((permission) => !returned.permissions.includes(permission)),
  });
}
