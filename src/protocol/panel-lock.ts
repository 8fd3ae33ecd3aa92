/** The name of the lock that a panel holds for as long as it is open, so that the worker, which may have died meanwhile, knows which are. What it borrows is held by this name and a number. */
export function panelLock(panelId: string): string {
  return `panel:${panelId}`;
}
