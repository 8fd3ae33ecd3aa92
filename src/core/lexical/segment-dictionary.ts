import { DictionaryReader, termsPerRun } from './term-dictionary';

/** All terms of a segment in order, written in runs: each is found without those before it. */
export class SegmentDictionary {
  readonly #readers: readonly DictionaryReader[];
  /** The number of each stretch's first run, and last that of all. */
  readonly #firstRuns: Int32Array;

  /** @throws RangeError when a stretch is cut short */
  constructor(stretches: readonly Uint8Array[]) {
    this.#readers = stretches.map((stretch) => new DictionaryReader(stretch, true));
    this.#firstRuns = new Int32Array(stretches.length + 1);
    this.#readers.forEach(({ runs }, stretch) => {
      this.#firstRuns[stretch + 1] = (this.#firstRuns[stretch] as number) + runs;
    });
  }

  /** How many runs there are. */
  get runs(): number {
    return this.#firstRuns.at(-1) ?? 0;
  }

  /** A reader at the first term of a run. It is another call's as well: it has to be read before the next. */
  open(run: number): DictionaryReader {
    const stretch = stretchOf(this.#firstRuns, run);
    const reader = this.#readers[stretch] as DictionaryReader;
    reader.open(run - (this.#firstRuns[stretch] as number));
    return reader;
  }

  /**
   * Visits the terms of a run, with their places among all.
   * @param visit gives false when it wants no more
   */
  forEachOfRun(run: number, visit: (term: DictionaryReader, place: number) => boolean): void {
    const stretch = stretchOf(this.#firstRuns, run);
    const reader = this.#readers[stretch] as DictionaryReader;
    const inStretch = run - (this.#firstRuns[stretch] as number);
    reader.seek(inStretch);
    const end = reader.endOf(inStretch);
    for (let place = run * termsPerRun; reader.at < end && reader.next() && visit(reader, place); place++);
  }

  /** The first run that may have terms from these units on. */
  firstRunFrom(units: Uint16Array): number {
    let least = 0;
    let most = this.runs;
    while (least < most) {
      const middle = (least + most) >> 1;
      const { units: head, length } = this.open(middle);
      if (compareUnits(head, length, units, units.length) < 0) least = middle + 1;
      else most = middle;
    }
    return Math.max(0, least - 1);
  }

  /**
   * Visits the terms that begin with these units, in order.
   * @param visit gives false when it wants no more
   */
  forEachBeginning(beginning: Uint16Array, visit: (term: DictionaryReader, place: number) => boolean): void {
    for (let run = this.firstRunFrom(beginning), goesOn = true; goesOn && run < this.runs; run++) {
      this.forEachOfRun(run, (term, place) => {
        const order = compareUnits(term.units, Math.min(term.length, beginning.length), beginning, beginning.length);
        goesOn = order < 0 || (order === 0 && visit(term, place));
        return goesOn;
      });
    }
  }

  /** Visits a term; twice if there are two that were cut to be the same. */
  find(term: Uint16Array, visit: (term: DictionaryReader, place: number) => void): void {
    this.forEachBeginning(term, (found, place) => {
      // What is longer comes behind it.
      if (found.length > term.length) return false;
      visit(found, place);
      return true;
    });
  }
}

function stretchOf(firstRuns: Int32Array, run: number): number {
  let least = 0;
  let most = firstRuns.length - 2;
  while (least < most) {
    const middle = (least + most + 1) >> 1;
    if ((firstRuns[middle] as number) <= run) least = middle;
    else most = middle - 1;
  }
  return least;
}

/** Below 0 when the first comes before the second. */
function compareUnits(one: Uint16Array, length: number, other: Uint16Array, otherLength: number): number {
  const most = Math.min(length, otherLength);
  for (let at = 0; at < most; at++) {
    const difference = (one[at] as number) - (other[at] as number);
    if (difference !== 0) return difference;
  }
  return length - otherLength;
}
