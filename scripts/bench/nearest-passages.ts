/** The passages nearest to a query among all that it is shown, by exact cosines: what any faster search is measured by. */
export class NearestPassages {
  readonly #best: { id: number; score: number }[] = [];

  /** @param query of length 1 */
  constructor(
    readonly query: Float32Array,
    readonly count: number,
  ) {}

  /** Compares vectors of length 1 that lie one after the other. @param firstId of the first of them */
  compare(vectors: Float32Array, firstId: number): void {
    const { query } = this;
    const dimensions = query.length;
    for (let offset = 0, id = firstId; offset < vectors.length; offset += dimensions, id++) {
      let score = 0;
      for (let place = 0; place < dimensions; place++) score += (query[place] as number) * (vectors[offset + place] as number);
      if (this.#best.length < this.count || score > (this.#best[this.count - 1]?.score ?? 0)) this.#take(id, score);
    }
  }

  /** The best first. */
  ids(): number[] {
    return this.#best.map(({ id }) => id);
  }

  #take(id: number, score: number): void {
    this.#best.push({ id, score });
    this.#best.sort((a, b) => b.score - a.score);
    this.#best.length = Math.min(this.#best.length, this.count);
  }
}
