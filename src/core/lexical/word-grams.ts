/** Scripts whose characters say about as much as a syllable or a word of others. */
const dense =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * Characters a gram. Four are the usual best for European languages: P. McNamee, J. Mayfield, "Character N-Gram Tokenization" (2004). A syllable of Thai, Lao,
 * Khmer and Burmese is written with two characters or three, one of the other dense scripts mostly with one.
 */
const gramUnits = { syllabic: 2, spelled: 3, other: 4 } as const;

/** Longer words are told well enough by pairs. */
const longestOfCharacters = 16;

/** Stands for the beginning and the end of a word; no word holds it. */
const edge = 0x20;

/**
 * Writes the hashes of a word's grams, the stretches of four characters that it is made of, its edges included. In scripts that say more with a
 * character they are of two or three, without edges, and each character is one as well that is Chinese, for it is mostly a word of its own, or a Korean syllable. A word too short to have more is one gram.
 * Dictionaries on the disk have an index of these hashes: whoever changes them raises `analyzerVersion`.
 * @param units UTF-16, of which the first `length` are the word
 * @param hashes takes them, in the order in which they stand, single characters last; has room for twice `length` and two more
 * @param unchanged of how many units at the beginning the hashes stand there already, from a word that began alike
 * @returns how many there are
 */
export function hashGrams(units: Uint16Array, length: number, hashes: Int32Array, unchanged = 0): number {
  if (isDense(units, length)) return hashDense(units, length, hashes);
  const { other: size } = gramUnits;
  const count = length + 2 - size + 1;
  if (count < 1) {
    hashes[0] = hash(length > 0 ? (units[0] as number) : edge, length > 1 ? (units[1] as number) : edge, length, 0);
    return 1;
  }
  // The gram at n ends with unit n + 2, one less than it has units, for it begins at the edge before the first.
  for (let at = Math.max(0, unchanged - 2); at < count; at++) {
    const first = at === 0 ? edge : (units[at - 1] as number);
    const last = at + 2 < length ? (units[at + 2] as number) : edge;
    hashes[at] = hash(first, units[at] as number, units[at + 1] as number, last);
  }
  return count;
}

function hashDense(units: Uint16Array, length: number, hashes: Int32Array): number {
  const size = isSpelled(units[0] as number) ? gramUnits.spelled : gramUnits.syllabic;
  const last = length - size;
  if (last < 0) hashes[0] = hash(units[0] as number, length > 1 ? (units[1] as number) : 0, 0, 0);
  for (let at = 0; at <= last; at++) {
    hashes[at] = hash(units[at] as number, units[at + 1] as number, size === gramUnits.spelled ? (units[at + 2] as number) : 0, 0);
  }
  let count = Math.max(1, last + 1);
  if (length === 1 || length > longestOfCharacters) return count;
  for (let at = 0; at < length; at++) if (isByItself(units[at] as number)) hashes[count++] = hash(units[at] as number, 0, 0, 0);
  return count;
}

/** Thai, Lao and Burmese stand before any other dense script, and Khmer by itself. */
function isSpelled(unit: number): boolean {
  return unit < 0x1100 || (unit >= 0x1780 && unit < 0x1800);
}

/** Whether it is one of the Chinese characters that Unicode 1 had, and its first extension, those in use, or a Korean syllable. */
function isByItself(unit: number): boolean {
  return (unit >= 0x3400 && unit <= 0x9fff) || (unit >= 0xac00 && unit <= 0xd7a3);
}

function hash(first: number, second: number, third: number, fourth: number): number {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b) ^ Math.imul(third, 0xc2b2ae35) ^ Math.imul(fourth, 0x27d4eb2f);
  return mixed ^ (mixed >>> 15);
}

function isDense(units: Uint16Array, length: number): boolean {
  const first = units[0] as number;
  // Nothing below Thai is dense: most words are told by one comparison.
  return length > 0 && first >= 0x0e00 && dense.test(String.fromCharCode(first));
}
