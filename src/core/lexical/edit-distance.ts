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
  let [beforeLast, last, current] = rows as readonly [Uint8Array, Uint8Array, Uint8Array];
  for (let column = 0; column <= length; column++) last[column] = column;
  for (let row = 1; row <= word.length; row++) {
    current[0] = row;
    let least = row;
    for (let column = 1; column <= length; column++) {
      const isSame = word[row - 1] === units[column - 1];
      let distance = (last[column - 1] as number) + (isSame ? 0 : 1);
      distance = Math.min(distance, (last[column] as number) + 1, (current[column - 1] as number) + 1);
      const isSwapped = row > 1 && column > 1 && word[row - 1] === units[column - 2] && word[row - 2] === units[column - 1];
      if (isSwapped) distance = Math.min(distance, (beforeLast[column - 2] as number) + 1);
      current[column] = distance;
      if (distance < least) least = distance;
    }
    if (least > edits) return false;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return (last[length] as number) <= edits;
}
