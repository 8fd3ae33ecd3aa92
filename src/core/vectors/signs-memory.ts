import { CompiledScans } from '../search/compiled-scans';
import type { SignsPlace, VectorSigns } from './vector-signs';

type SignsSize = Pick<VectorSigns, 'count' | 'words'>;

/** Where the parts of signs lie that begin at an address, and room for their scores. */
export function addressesFrom(at: number, { count, words }: SignsSize) {
  const factorsAt = at + 4 * count * words;
  const offsetsAt = factorsAt + 4 * count;
  const scoresAt = offsetsAt + 4 * count;
  return { factorsAt, offsetsAt, scoresAt, endsAt: scoresAt + 4 * count };
}

/** What signs take where they lie. */
export const bytesOfPlace = (signs: SignsSize): number => addressesFrom(0, signs).endsAt;

export function copySigns(signs: VectorSigns, { scans, at }: SignsPlace): void {
  const { factorsAt, offsetsAt } = addressesFrom(at, signs);
  scans.words.set(signs.bits, at / 4);
  scans.floats.set(signs.factors, factorsAt / 4);
  scans.floats.set(signs.offsets, offsetsAt / 4);
}

/**
 * Signs laid down where the compiled scan reads them, so that no search has to put them there. What lies there stays as it is, for a search may be using it that
 * waits for something else; and all of it goes when nobody holds any of it.
 */
export class SignsMemory {
  #next = CompiledScans.libraryAt;

  constructor(private readonly scans: CompiledScans) {}

  get bytes(): number {
    return this.scans.bytes;
  }

  holds({ place }: VectorSigns): boolean {
    return place?.scans === this.scans;
  }

  /** @returns the same signs as they lie there; `undefined` when there is no room for them */
  lay<Signs extends VectorSigns>(signs: Signs): Signs | undefined {
    const place = { scans: this.scans, at: this.#next };
    const { factorsAt, offsetsAt, scoresAt, endsAt } = addressesFrom(place.at, signs);
    if (endsAt > this.scans.bytes) return undefined;
    copySigns(signs, place);
    this.#next = endsAt;
    const { words, floats } = this.scans;
    return {
      ...signs,
      bits: words.subarray(place.at / 4, factorsAt / 4),
      factors: floats.subarray(factorsAt / 4, offsetsAt / 4),
      offsets: floats.subarray(offsetsAt / 4, scoresAt / 4),
      place,
    };
  }
}
