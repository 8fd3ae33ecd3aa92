export interface HistogramBin {
  /** The least and the most that is counted in it. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** How often values fall between powers of two, without the empty ends: token counts spread over orders of magnitude. */
export class Histogram {
  readonly #counts: number[] = [];

  add(value: number): void {
    const bin = value < 1 ? 0 : Math.floor(Math.log2(value)) + 1;
    while (this.#counts.length <= bin) this.#counts.push(0);
    this.#counts[bin] = (this.#counts[bin] ?? 0) + 1;
  }

  bins(): HistogramBin[] {
    const first = this.#counts.findIndex((count) => count > 0);
    return this.#counts
      .map((count, bin) => ({ from: bin === 0 ? 0 : 2 ** (bin - 1), to: bin === 0 ? 0 : 2 ** bin - 1, count }))
      .slice(Math.max(0, first));
  }
}
