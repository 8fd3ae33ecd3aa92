import type { QueryWord } from './query-words';
import { cutTerm } from './term-dictionary';
import { hashGrams } from './word-grams';

/** Of a word that has so many grams, a term with one of them is not like it. Most terms that have any have one. */
const manyGrams = 5;
/** One bit of an integer is kept for each gram; a longer word is told well enough by its beginning. */
export const maximumGrams = 30;
/** The bits that only say that the term may be the word itself, and that it is what the word may become. */
export const maybeExact = 1 << 30;
export const completesWord = 1 << 31;
export const bitsOfGrams = maybeExact - 1;
/** Words of fewer letters are spelled right, or there would be too many that they could be. */
const shortestMisspelling = 4;
/** From so many letters on, two of them may be wrong. */
const twoEditsFrom = 8;

/** A word of a question, as dictionaries are looked through for it. A term is compared with it by a mask: a bit for each of its grams that the term has. */
export interface SoughtTerm {
  /** The first is the one that others are compared with. UTF-16. */
  readonly stems: readonly Uint16Array[];
  /** Each gram of the first stem with a bit of its own; of the others with the one that says no more than that a term may be the word. */
  readonly grams: readonly { readonly gram: number; readonly bit: number }[];
  /** How many different ones the first stem has. */
  readonly gramCount: number;
  /** The bits of all grams of the first stem. */
  readonly all: number;
  /** Whether a term with but one of the grams is not like the word. */
  readonly hasMany: boolean;
  readonly beginning: Uint16Array | undefined;
  /** How many letters may be wrong; 0 of a word that is too short for that. */
  readonly edits: number;
}

export function soughtTerm({ stems, beginning }: QueryWord): SoughtTerm {
  const known = stems.map((stem) => {
    const units = unitsOf(stem);
    const hashes = new Int32Array(2 * units.length + 2);
    return { units, grams: [...new Set(hashes.subarray(0, hashGrams(units, units.length, hashes)))].slice(0, maximumGrams) };
  });
  const first = known[0] ?? { units: new Uint16Array(0), grams: [] };
  return {
    stems: known.map(({ units }) => units),
    grams: known.flatMap(({ grams }, order) => grams.map((gram, at) => ({ gram, bit: order === 0 ? 1 << at : maybeExact }))),
    gramCount: first.grams.length,
    all: first.grams.reduce((all, _, at) => all | (1 << at), 0),
    hasMany: first.grams.length >= manyGrams,
    beginning: beginning === undefined ? undefined : unitsOf(beginning),
    edits: first.units.length < shortestMisspelling ? 0 : first.units.length < twoEditsFrom ? 1 : 2,
  };
}

/** Adds the passages of a term to those of each gram that it has of a word. */
export function countGrams(mask: number, passages: number, counts: Float64Array): void {
  for (let rest = mask & bitsOfGrams; rest !== 0; rest &= rest - 1) {
    const gram = 31 - Math.clz32(rest & -rest);
    counts[gram] = (counts[gram] as number) + passages;
  }
}

/** Whether a term is one of the stems; only one with all grams of one is compared. */
export function isExactly({ all, stems }: SoughtTerm, mask: number, units: Uint16Array, length: number): boolean {
  if ((mask & maybeExact) === 0 && (mask & all) !== all) return false;
  return stems.some((stem) => stem.length === length && startsWith(units, length, stem));
}

/** Whether a term answers to the word: it is one, completes it, or is like it. */
export function mayAnswer({ hasMany }: SoughtTerm, mask: number, isExact: boolean): boolean {
  const likeness = mask & bitsOfGrams;
  const isOneOfMany = (likeness & (likeness - 1)) === 0 && hasMany;
  return isExact || (mask & completesWord) !== 0 || (likeness !== 0 && !isOneOfMany);
}

export function startsWith(units: Uint16Array, length: number, beginning: Uint16Array | undefined): boolean {
  if (!beginning || beginning.length > length) return false;
  for (let at = 0; at < beginning.length; at++) if (units[at] !== beginning[at]) return false;
  return true;
}

/** UTF-16, as dictionaries have it: of longer terms the beginning. */
export function unitsOf(text: string): Uint16Array {
  const term = cutTerm(text);
  return Uint16Array.from({ length: term.length }, (_, index) => term.charCodeAt(index));
}
