import { plainText } from '../text/plain-text';
import { segmentWords } from '../text/segment-words';

/** Words in a row that are compared as one. */
const shingleWords = 4;
/** Shorter texts are too often what a site shows at many addresses: a notice, a sign-in page, an empty list. */
const fewestShingles = 150;
/** Of the shingles of either text, so many must stand in the other: about one word in eighty may differ. */
const sharedShingles = 0.95;

/**
 * A sketch has a key for each band; texts that share a key are compared. With 4 rows a band, two texts of which a share s of all shingles is in both (s is
 * .905 where 95 % of each are in the other) have one key in common with a probability of 1 − (1 − s⁴)⁶: .999 at .905, .06 at .32 (A. Broder, «On the
 * resemblance and containment of documents», 1997; J. Leskovec et al., «Mining of Massive Datasets», 3.4).
 */
const bands = 6;
const rowsPerBand = 4;

/** What a text is compared by. */
export interface TextShape {
  /** Hashes of all shingles. */
  readonly shingles: ReadonlySet<number>;
  /** All numbers, sorted, each as often as it is there. */
  readonly numbers: string;
}

/**
 * @param markdown its marks do not count, nor does the case of its letters
 * @param title its numbers count as the text's: the third part is not the fourth
 */
export function shapeOf(markdown: string, title: string): TextShape {
  const words = segmentWords(plainText(markdown).normalize('NFKC').toLowerCase());
  const hashes = words.map(hashWord);
  const shingles = new Set<number>();
  for (let at = 0; at + shingleWords <= hashes.length; at++) {
    let hash = 0;
    for (let word = 0; word < shingleWords; word++) hash = mix(Math.imul(hash, 31) + (hashes[at + word] as number));
    shingles.add(hash);
  }
  const numbers = [...words, ...segmentWords(title)].filter((word) => /\p{N}/u.test(word));
  return { shingles, numbers: numbers.sort().join(' ') };
}

/** Keys by which texts that say the same are found, one a band; `undefined` when the text is too short to tell. */
export function sketchOf({ shingles }: TextShape): readonly number[] | undefined {
  if (shingles.size < fewestShingles) return undefined;
  const smallest = new Uint32Array(bands * rowsPerBand).fill(0xffffffff);
  for (const shingle of shingles) {
    for (let row = 0; row < smallest.length; row++) {
      const hash = mix(shingle ^ Math.imul(row + 1, 0x9e3779b1));
      if (hash < (smallest[row] as number)) smallest[row] = hash;
    }
  }
  return Array.from({ length: bands }, (_, band) => {
    const rows = smallest.subarray(band * rowsPerBand, (band + 1) * rowsPerBand);
    return band * 2 ** 32 + rows.reduce((key, row) => mix(Math.imul(key, 31) + row), 0);
  });
}

/** Whether two texts are one but for a word here and there. A number that only one of them has makes them two: reports and price lists differ by nothing else. */
export function saysTheSame(one: TextShape, other: TextShape): boolean {
  const fewest = Math.min(one.shingles.size, other.shingles.size);
  const most = Math.max(one.shingles.size, other.shingles.size);
  if (fewest < fewestShingles || fewest < most * sharedShingles) return false;
  if (one.numbers !== other.numbers) return false;
  let shared = 0;
  for (const shingle of one.shingles) if (other.shingles.has(shingle)) shared++;
  return shared >= most * sharedShingles;
}

/** FNV-1a over UTF-16 code units. */
function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** The finaliser of MurmurHash3: every bit of the result depends on every bit given. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
