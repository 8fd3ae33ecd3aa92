import type { PageId } from '../core/pages/page';

/** What the reader hands to the side panel through the memory that the extension's pages share: the panel may have yet to open. */
interface AskedPages {
  /** The window in whose panel they are to be asked. */
  readonly windowId: number;
  readonly pageIds: readonly PageId[];
  /** In milliseconds since 1970. */
  readonly askedAt: number;
}

/** The views' own memory, as far as it is wanted here. */
interface ViewMemory {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export const askedPagesKey = 'asked-pages';

/** A panel that opens later was opened for something else. */
const longestWaitMs = 60_000;

export function handAskedPages(memory: Pick<ViewMemory, 'setItem'>, asked: AskedPages): void {
  memory.setItem(askedPagesKey, JSON.stringify(asked));
}

/** Takes what was handed to a window's panel; each is taken once. What is damaged, or waits for another window, is as if there were nothing. */
export function takeAskedPages(
  memory: Pick<ViewMemory, 'getItem' | 'removeItem'>,
  windowId: number | undefined,
  now: number,
): readonly PageId[] | undefined {
  try {
    const asked = JSON.parse(memory.getItem(askedPagesKey) ?? '') as AskedPages;
    if (asked.windowId !== windowId) return undefined;
    memory.removeItem(askedPagesKey);
    const isSound = now - asked.askedAt < longestWaitMs && asked.pageIds.every((id) => typeof id === 'string');
    return isSound && asked.pageIds.length > 0 ? asked.pageIds : undefined;
  } catch {
    return undefined;
  }
}
