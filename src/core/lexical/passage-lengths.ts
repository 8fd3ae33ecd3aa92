/** The lengths of the passages that a search may find, and what every question needs to know of them all. */
export class PassageLengths {
  /** How many there are. */
  readonly passages: number;
  /** In terms. */
  readonly average: number;
  /** 1 for each that there is, by id. */
  readonly isThere: Uint8Array;

  /** @param byId in terms; 0 for those that are not to be found */
  constructor(readonly byId: Uint16Array) {
    this.isThere = new Uint8Array(byId.length);
    let passages = 0;
    let sum = 0;
    for (let id = 0; id < byId.length; id++) {
      const length = byId[id] as number;
      if (length === 0) continue;
      sum += length;
      passages += 1;
      this.isThere[id] = 1;
    }
    this.passages = passages;
    this.average = sum / Math.max(1, passages);
  }
}
