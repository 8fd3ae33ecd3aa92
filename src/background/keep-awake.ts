/** Browsers stop a worker that calls none of their functions for 30 s, even while it waits for a server. */
const callEveryMs = 20_000;

/** Keeps the worker alive until the work is done, by calling something harmless now and then. */
export async function keepAwake<Value>(work: Promise<Value>, call: () => Promise<unknown>): Promise<Value> {
  const timer = setInterval(() => void call(), callEveryMs);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
