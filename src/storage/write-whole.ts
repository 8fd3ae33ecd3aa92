/**
 * Runs writes that belong together and waits until they are done: on the disk too, if the transaction is a strict one. If anything throws, all of it is taken
 * back: left to itself, IndexedDB would keep what was put before.
 */
export async function writeWhole<Result>(
  transaction: { abort(): void; commit(): void; readonly done: Promise<void> },
  work: () => Promise<Result>,
): Promise<Result> {
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
    const reason: unknown = await transaction.done.catch((ended: unknown) => ended);
    // A transaction that the browser ends, for want of room above all, tells its requests only that it was ended, and itself why.
    const isFollowing = error instanceof Error && error.name === 'AbortError' && reason instanceof Error;
    throw isFollowing ? reason : error;
  }
}
