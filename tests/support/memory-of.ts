/** What stands for the panel's local storage: a map that outlives the states that write to it. */
export function memoryOf(kept: Map<string, string>): Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'> {
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    key: (index) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
}
