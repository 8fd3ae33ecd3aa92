/** A model that may not be used is no reason to find nothing: the passages are shown first, then what is wrong. */
export async function attempt<Value>(work: () => Promise<Value>): Promise<{ value: Value } | { error: unknown }> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error };
  }
}
