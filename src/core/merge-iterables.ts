/** What several sources give, as it comes, with which of them it came from. When one throws, the others are ended and so does this. */
export async function* mergeIterables<Value>(sources: readonly AsyncIterable<Value>[]): AsyncGenerator<{ source: number; value: Value }> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  const next = async (source: number) => ({ source, result: await (iterators[source] as AsyncIterator<Value>).next() });
  const waiting = new Map(iterators.map((_, source) => [source, next(source)]));
  try {
    while (waiting.size > 0) {
      const { source, result } = await Promise.race(waiting.values());
      if (result.done) {
        waiting.delete(source);
      } else {
        waiting.set(source, next(source));
        yield { source, value: result.value };
      }
    }
  } finally {
    for (const [source, pending] of waiting) {
      pending.catch(() => {});
      void iterators[source]?.return?.(undefined)?.catch(() => {});
    }
  }
}
