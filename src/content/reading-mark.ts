interface MarkedWorld {
  commonplaceReads?: boolean;
}

/** Notes, in the world that the extension's scripts share in a page, that the next script is to read the page to be asked and not to be saved. */
export function markReading(): void {
  (globalThis as MarkedWorld).commonplaceReads = true;
}

/** Whether that was noted for this script; it holds for one. */
export function takeReadingMark(): boolean {
  const world = globalThis as MarkedWorld;
  const isMarked = world.commonplaceReads === true;
  delete world.commonplaceReads;
  return isMarked;
}
