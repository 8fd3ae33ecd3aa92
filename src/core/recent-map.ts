/**
 * Keeps what was set or asked for last, within a bound. There are two generations: when the younger has half of what is allowed, the older is forgotten and the
 * younger takes its place. What is in use stays, and nothing has to be put in order.
 */
export class RecentMap<Key, Value> {
  #younger = new Map<Key, Value>();
  #older = new Map<Key, Value>();

  constructor(readonly maximum: number) {}

  get(key: Key): Value | undefined {
    const young = this.#younger.get(key);
    if (young !== undefined) return young;
    const value = this.#older.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    if (this.#younger.size >= this.maximum / 2) {
      this.#older = this.#younger;
      this.#younger = new Map();
    }
    this.#younger.set(key, value);
  }
}
