/** What is held at once; a list never lies in two of them. */
const blockNumbers = 1 << 18;

/** Lists of numbers from 0 to 2³² − 1, one after the other in large blocks: an array of their own would add some hundred bytes to each. */
export class PackedLists {
  readonly #blocks: Uint32Array[] = [];
  #used = blockNumbers;
  /** Where a list begins: the number of its block, and its place there. */
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];

  /** @param list at most 2¹⁸ numbers @returns its number, counted from 0 */
  add(list: Uint32Array): number {
    if (this.#used + list.length > blockNumbers) {
      this.#blocks.push(new Uint32Array(blockNumbers));
      this.#used = 0;
    }
    const block = this.#blocks.length - 1;
    this.#blocks[block]?.set(list, this.#used);
    this.#starts.push(block * blockNumbers + this.#used);
    this.#used += list.length;
    return this.#lengths.push(list.length) - 1;
  }

  /** @throws RangeError when there is no such list */
  get(number: number): Uint32Array {
    const [start, length] = [this.#starts[number], this.#lengths[number]];
    const block = start === undefined ? undefined : this.#blocks[Math.floor(start / blockNumbers)];
    if (start === undefined || length === undefined || !block) throw new RangeError(`There is no list ${number}.`);
    return block.subarray(start % blockNumbers, (start % blockNumbers) + length);
  }
}
