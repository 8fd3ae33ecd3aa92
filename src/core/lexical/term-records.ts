import { hashUnits } from '../bytes/hash-units';
import type { PostingsPlace } from './term-dictionary';

/** Word, mask, whether it is exact, hash, passages, block, offset, bytes: what `assembly/scan-terms.ts` writes too. */
const fields = 8;

/** Terms that may answer to a word of a question, told by their numbers. */
export class TermRecords {
  /** @param values eight a term; see `fields` */
  constructor(readonly values: Int32Array) {}

  get count(): number {
    return this.values.length / fields;
  }

  /** The number of the word. */
  word(record: number): number {
    return this.values[record * fields] as number;
  }

  /** Which of the word's grams the term has, a bit each; see `SoughtTerm`. */
  mask(record: number): number {
    return this.values[record * fields + 1] as number;
  }

  isExact(record: number): boolean {
    return this.values[record * fields + 2] === 1;
  }

  /** Of the term: two that are the same term have the same. */
  hash(record: number): number {
    return this.values[record * fields + 3] as number;
  }

  place(record: number): PostingsPlace {
    const at = record * fields + 4;
    const [passages = 0, block = 0, offset = 0, bytes = 0] = this.values.subarray(at, at + 4);
    return { passages, block, offset, bytes };
  }
}

interface FoundTerm extends PostingsPlace {
  /** UTF-16; the first `length` are the term. */
  readonly units: Uint16Array;
  readonly length: number;
}

/** The numbers of a record. */
export function recordOf(word: number, mask: number, isExact: boolean, term: FoundTerm): number[] {
  return [word, mask, isExact ? 1 : 0, hashUnits(term.units, term.length), term.passages, term.block, term.offset, term.bytes];
}
