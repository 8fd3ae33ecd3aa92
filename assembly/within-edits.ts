import { rowsAt } from './memory';
import { unit } from './read-terms';

const longest: i32 = 64;
const rowBytes: usize = 80;

/** Whether the current term is so near to a word, as `isWithinEdits` of src/core/lexical/edit-distance.ts says. @param word of UTF-16 units */
export function isWithinEdits(word: usize, wordLength: i32, length: i32, edits: i32): bool {
  if (unitOf(word, 0) !== unit(0) || wordLength > longest || length > longest || abs(wordLength - length) > edits) return false;
  let beforeLast = rowsAt;
  let last = rowsAt + rowBytes;
  let current = rowsAt + 2 * rowBytes;
  for (let column = 0; column <= length; column++) store<u8>(last + column, column);
  for (let row = 1; row <= wordLength; row++) {
    store<u8>(current, row);
    let least = row;
    const letter = unitOf(word, row - 1);
    for (let column = 1; column <= length; column++) {
      const other = unit(column - 1);
      let distance = <i32>load<u8>(last + column - 1) + (letter === other ? 0 : 1);
      distance = min(distance, min(<i32>load<u8>(last + column), <i32>load<u8>(current + column - 1)) + 1);
      if (row > 1 && column > 1 && letter === unit(column - 2) && unitOf(word, row - 2) === other) {
        distance = min(distance, <i32>load<u8>(beforeLast + column - 2) + 1);
      }
      store<u8>(current + column, distance);
      least = min(least, distance);
    }
    if (least > edits) return false;
    const spare = beforeLast;
    beforeLast = last;
    last = current;
    current = spare;
  }
  return <i32>load<u8>(last + length) <= edits;
}

export function unitOf(word: usize, place: i32): u32 {
  return load<u16>(word + ((<usize>place) << 1));
}
