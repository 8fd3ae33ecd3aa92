/**
 * Runs writes that belong together and waits until they are done: on the disk too, if the transaction is a strict one. If anything throws, all of it is taken
 * back: left to itself, IndexedDB would keep what was put before.
 */
export async function writeWhole<Result>(transaction: WholeTransaction, work: () => Promise<Result>): Promise<Result> {
  let failed: DOMException | null = null;
  transaction.addEventListener('error', ({ target }) => {
    failed ??= (target as IDBRequest).error;
  });
  try {
    const result = await work();
    // Left to itself, it would end only after the last request was answered.
    transaction.commit();
    await transaction.done;
    return result;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It was over already.
    }
    const ended: unknown = await transaction.done.catch((reason: unknown) => reason);
    // A transaction that the browser ends, for want of room above all, tells its requests only that it was ended, and itself why. Of one that ends because a
    // request failed, which nobody may have waited for, only that request tells.
    throw isFollowing(error) ? ([failed, ended].find((reason) => reason instanceof Error && !isFollowing(reason)) ?? error) : error;
  }
}

interface WholeTransaction {
  abort(): void;
  commit(): void;
  addEventListener(type: 'error', listener: (event: Event) => void): void;
  readonly done: Promise<void>;
}

const isFollowing = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';
