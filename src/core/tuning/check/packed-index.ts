/** Each grows by itself, so that no growing takes longer than some milliseconds. */
const shardCount = 64;
const firstSlots = 64;
/** Fuller, and looking for a key that is not there passes too many others. */
const fullestShare = 0.7;

/**
 * Which numbers were noted under a key, as a Map of lists would hold it, but packed: 12 bytes a slot, where a Map takes some hundred. So the hashes of a
 * million examples have room in a worker.
 */
export class PackedIndex {
  readonly #shards = Array.from({ length: shardCount }, () => new Shard());

  /** @param key a whole number from 0 to 2⁵³ − 1 @returns what was noted under it, the first first */
  get(key: number): number[] {
    return this.#shardOf(key).get(key);
  }

  /** @param value a whole number from 0 to 2³² − 2 */
  add(key: number, value: number): void {
    this.#shardOf(key).add(key, value);
  }

  #shardOf(key: number): Shard {
    return this.#shards[key % shardCount] as Shard;
  }
}

/** Open addressing with linear probing. */
class Shard {
  #keys = new Float64Array(firstSlots);
  /** One more than what was noted; 0 where nothing is. */
  #values = new Uint32Array(firstSlots);
  #count = 0;

  get(key: number): number[] {
    const found: number[] = [];
    for (let slot = this.#firstSlot(key); this.#values[slot] !== 0; slot = this.#next(slot)) {
      if (this.#keys[slot] === key) found.push((this.#values[slot] as number) - 1);
    }
    return found;
  }

  add(key: number, value: number): void {
    if (this.#count + 1 > this.#keys.length * fullestShare) this.#grow();
    this.#put(key, value + 1);
    this.#count += 1;
  }

  #put(key: number, stored: number): void {
    let slot = this.#firstSlot(key);
    while (this.#values[slot] !== 0) slot = this.#next(slot);
    this.#keys[slot] = key;
    this.#values[slot] = stored;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new Float64Array(keys.length * 2);
    this.#values = new Uint32Array(keys.length * 2);
    // From the first free slot on, so that what was noted first under a key is met first again, where its row of slots goes over the end.
    const from = values.indexOf(0);
    for (let step = 0; step < keys.length; step++) {
      const slot = (from + step) % keys.length;
      if (values[slot] !== 0) this.#put(keys[slot] as number, values[slot] as number);
    }
  }

  #next(slot: number): number {
    return slot + 1 === this.#keys.length ? 0 : slot + 1;
  }

  /** The number of slots is a power of 2. */
  #firstSlot(key: number): number {
    const mixed = Math.imul(key ^ Math.floor(key / 2 ** 32), 0x9e3779b1);
    return (mixed ^ (mixed >>> 15)) & (this.#keys.length - 1);
  }
}
