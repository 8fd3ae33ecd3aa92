import { NearestPassages } from '../bench/nearest-passages';
import { SyntheticLibrary, type SyntheticPage } from '../bench/synthetic-library';
import { helperFile } from './helper-file';

/** About a second's work for what stores them. */
const pagesPerBatch = 50;

export interface PagesWanted {
  readonly passages: number;
  readonly dimensions: number;
  /** Vectors that the nearest passages are wanted of. */
  readonly nearestTo: readonly (readonly number[])[];
}

/** What the helper's thread is at. */
let making: { readonly pages: Iterator<SyntheticPage>; readonly nearest: readonly NearestPassages[]; firstId: number } | undefined;

/** In the helper's thread. */
export function beginPages({ passages, dimensions, nearestTo }: PagesWanted): void {
  const nearest = nearestTo.map((vector) => new NearestPassages(Float32Array.from(vector), 10));
  // Ids are given from 1 on, in order.
  making = { pages: new SyntheticLibrary(dimensions).pages(passages), nearest, firstId: 1 };
}

/** In the helper's thread. @returns none at the end */
export function takePages(): SyntheticPage[] {
  const taken: SyntheticPage[] = [];
  if (!making) throw new Error('No pages were begun.');
  while (taken.length < pagesPerBatch) {
    const { value, done } = making.pages.next();
    if (done) break;
    const { vectors } = value as SyntheticPage;
    for (const [offset, vector] of vectors.entries()) for (const one of making.nearest) one.compare(vector, making.firstId + offset);
    making.firstId += vectors.length;
    taken.push(value);
  }
  return taken;
}

/** In the helper's thread. @returns of each vector the ids of the ten passages nearest to it, by exact cosines, among those taken */
export const takeNearest = (): number[][] => making?.nearest.map((one) => one.ids()) ?? [];

/** Has the pages of a library made by another thread, some ahead of those that are stored: to make them up costs a third of what it costs to index them. */
export class PageMaker {
  readonly #thread = new Worker(helperFile);
  readonly #answered: ((answer: { value?: unknown; error?: string }) => void)[] = [];

  constructor() {
    this.#thread.onmessage = ({ data }) => this.#answered.shift()?.(data);
    this.#thread.onerror = ({ message }) => this.#answered.shift()?.({ error: message });
  }

  async *pages(wanted: PagesWanted): AsyncGenerator<SyntheticPage> {
    await this.#call('beginPages', wanted);
    for (let next = this.#call('takePages'); ; ) {
      const batch = (await next) as SyntheticPage[];
      if (batch.length === 0) return;
      next = this.#call('takePages');
      yield* batch;
    }
  }

  nearest(): Promise<number[][]> {
    return this.#call('takeNearest') as Promise<number[][]>;
  }

  close(): void {
    this.#thread.terminate();
  }

  #call(name: string, ...parameters: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#answered.push(({ value, error }) => (error === undefined ? resolve(value) : reject(new Error(error))));
      this.#thread.postMessage({ name, parameters });
    });
  }
}
