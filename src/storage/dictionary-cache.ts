import { unsealBytes } from '../core/sealed-bytes';
import { TermIndex } from '../core/term-index';
import type { Segment, SegmentId } from './schema';
import { partsOf } from './segments';

/** More than this is read from the disk by each search: about half a million passages' terms. */
const maximumBytes = 24_000_000;
/** Stretches are laid open up to this, and beyond it looked through as they are stored. */
const maximumIndexBytes = 32_000_000;
/** As many stretches are laid open by a search: each takes about two milliseconds, once. */
const openedPerSearch = 8;

interface DictionaryStore {
  getAll(range: IDBKeyRange): Promise<Uint8Array[]>;
}

type Stretch = Uint8Array | TermIndex;

interface Kept {
  readonly stretches: Stretch[];
  wasAskedAgain: boolean;
}

/** Dictionaries of segments, kept between searches, and laid open when they are asked again. A segment's never changes, so only what is gone has to be dropped. */
export class DictionaryCache {
  readonly #kept = new Map<SegmentId, Kept>();
  #bytes = 0;
  #indexBytes = 0;

  /** The stretches of a segment's dictionary; `undefined` when it is damaged. */
  async read(store: DictionaryStore, { id, stretches: count }: Segment): Promise<readonly Stretch[] | undefined> {
    const kept = this.#kept.get(id);
    if (kept) {
      kept.wasAskedAgain = true;
      return kept.stretches;
    }
    const stretches: Uint8Array[] = [];
    for (const sealed of await store.getAll(partsOf(id))) {
      const stretch = unsealBytes(sealed);
      if (!stretch) return undefined;
      stretches.push(stretch);
    }
    if (stretches.length !== count) return undefined;
    const bytes = stretches.reduce((sum, { length }) => sum + length, 0);
    // Another search may have read it at the same time.
    if (!this.#kept.has(id) && this.#bytes + bytes <= maximumBytes) {
      this.#kept.set(id, { stretches, wasAskedAgain: false });
      this.#bytes += bytes;
    }
    return stretches;
  }

  /** Lays some open of what was asked again. To be called while something else is waited for. */
  openSome(): void {
    let left = openedPerSearch;
    for (const { stretches, wasAskedAgain } of this.#kept.values()) {
      for (let at = 0; wasAskedAgain && at < stretches.length; at++) {
        const stretch = stretches[at];
        if (!(stretch instanceof Uint8Array)) continue;
        if (left === 0 || this.#indexBytes > maximumIndexBytes) return;
        const opened = new TermIndex(stretch);
        stretches[at] = opened;
        this.#bytes -= stretch.length;
        this.#indexBytes += opened.bytes;
        left -= 1;
      }
    }
  }

  keepOnly(ids: readonly SegmentId[]): void {
    const wanted = new Set(ids);
    for (const [id, { stretches }] of this.#kept) {
      if (wanted.has(id)) continue;
      this.#kept.delete(id);
      for (const stretch of stretches) {
        if (stretch instanceof TermIndex) this.#indexBytes -= stretch.bytes;
        else this.#bytes -= stretch.length;
      }
    }
  }
}
