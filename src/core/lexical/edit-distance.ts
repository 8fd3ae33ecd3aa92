/** Longer words are told apart by their parts. */
const longest = 64;

/** Three rows of the table, made once: a search compares thousands of words. */
const rows = [new Uint8Array(longest + 1), new Uint8Array(longest + 1), new Uint8Array(longest + 1)] as const;

/**
 * Whether one word can be made of another by at most so many edits: a letter added, left out, replaced, or two neighbours swapped, no letter edited
 * twice (the restricted distance of F. Damerau, "A technique for computer detection and correction of spelling errors", 1964).
 * The first letter must be the same: hardly anybody gets it wrong, and most words are told by it at once.
 * @param units UTF-16, of which the first `length` are the other word
 */
export function isWithinEdits(word: Uint16Array, units: Uint16Array, length: number, edits: number): boolean {
  if (word[0] !== units[0] || word.length > longest || length > longest) return false;
  if (word.length - length > edits || length - word.length > edits) return false;
  const least = fillRows(word, word.length, units, length, edits);
  return least <= edits && (last(word.length)[length] as number) <= edits;
}

/**
 * Whether what begins with these units may still be within so many edits of a word, its first letter included.
 * @param units of which the first `length` are the beginning
 */
export function mayBecomeWithinEdits(word: Uint16Array, units: Uint16Array, length: number, edits: number): boolean {
  if (word[0] !== units[0] || length > word.length + edits) return false;
  if (word.length > longest || length > longest) return true;
  return fillRows(units, length, word, word.length, edits) <= edits;
}

/** The row of the table that is filled for so many letters. */
const last = (letters: number): Uint8Array => rows[letters % rows.length] as Uint8Array;

/**
 * Fills the table of how far the beginnings of a word are from those of another, a row for each letter of the first, as far as they may be near enough: beside
 * the diagonal by no more letters than there are edits. Stops where all are too far.
 * @returns the least of the last row
 */
function fillRows(word: Uint16Array, wordLength: number, units: Uint16Array, length: number, edits: number): number {
  let least = 0;
  let current = last(0);
  let above = last(2);
  let twoAbove = last(1);
  for (let column = 0; column <= length && column <= edits + 1; column++) current[column] = column;
  for (let row = 1; row <= wordLength && least <= edits; row++) {
    [current, above, twoAbove] = [twoAbove, current, above];
    const letter = word[row - 1];
    const before = row > 1 ? word[row - 2] : -1;
    const from = Math.max(1, row - edits);
    const to = Math.min(length, row + edits);
    let left = from === 1 ? row : edits + 1;
    current[from - 1] = left;
    least = left;
    for (let column = from; column <= to; column++) {
      const other = units[column - 1];
      let distance = (above[column - 1] as number) + (letter === other ? 0 : 1);
      const one = Math.min(above[column] as number, left) + 1;
      if (one < distance) distance = one;
      if (column > 1 && before === other && letter === units[column - 2]) {
        const swapped = (twoAbove[column - 2] as number) + 1;
        if (swapped < distance) distance = swapped;
      }
      current[column] = distance;
      left = distance;
      if (distance < least) least = distance;
    }
    if (to < length) current[to + 1] = edits + 1;
  }
  return least;
}
