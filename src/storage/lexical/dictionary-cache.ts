import { unsealBytes } from '../../core/bytes/sealed-bytes';
import type { LightReads } from '../light-reads';
import type { Segment, SegmentId } from '../schema';

/** More than this is read from the disk by each search: about half a million passages' terms. */
const maximumBytes = 24_000_000;

/** Dictionaries of segments, kept between searches. A segment's never changes, so only what is gone has to be dropped. */
export class DictionaryCache {
  readonly #kept = new Map<SegmentId, readonly Uint8Array[]>();
  #bytes = 0;

  /** The stretches of a segment's dictionary; `undefined` when it is damaged. */
  async read(store: Pick<LightReads<Uint8Array>, 'get'>, { id, stretches: count }: Segment): Promise<readonly Uint8Array[] | undefined> {
    const kept = this.#kept.get(id);
    if (kept) return kept;
    const stretches: Uint8Array[] = [];
    // Each by itself: a list of them takes Chromium twice the time.
    const read = await Promise.all(Array.from({ length: count }, (_, number) => store.get([id, number])));
    for (const sealed of read) {
      const stretch = unsealBytes(sealed);
      if (!stretch) return undefined;
      stretches.push(stretch);
    }
    const bytes = stretches.reduce((sum, { length }) => sum + length, 0);
    // Another search may have read it at the same time.
    if (!this.#kept.has(id) && this.#bytes + bytes <= maximumBytes) {
      this.#kept.set(id, stretches);
      this.#bytes += bytes;
    }
    return stretches;
  }

  keepOnly(ids: readonly SegmentId[]): void {
    const wanted = new Set(ids);
    for (const [id, stretches] of this.#kept) {
      if (wanted.has(id)) continue;
      this.#kept.delete(id);
      for (const { length } of stretches) this.#bytes -= length;
    }
  }
}
