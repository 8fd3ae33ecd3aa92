import { denseAt, hashesAt, unitsAt } from './memory';
import { unit } from './read-terms';

/** Whether a unit is of a script whose words are told by pairs of characters. Asked once for each. */
declare function isDense(unit: u32): bool;

const firstDense: u32 = 0x0e00;
const edge: u32 = 0x20;
const longestOfCharacters: i32 = 16;

/**
 * The grams of the current term, as src/core/lexical/word-grams.ts makes them, four at a time. There may be up to three more hashes behind those that count.
 * @param from the first that is not what it was of the term before
 * @returns how many they are
 */
export function hashGrams(length: i32, from: i32): i32 {
  if (length > 0 && unit(0) >= firstDense && isKnownDense(unit(0))) return hashPairs(length);
  const count = length - 1;
  if (count < 1) {
    store<u32>(hashesAt, hash(length > 0 ? unit(0) : edge, edge, length, 0));
    return 1;
  }
  store<u16>(unitsAt - 2, edge);
  store<u16>(unitsAt + ((<usize>length) << 1), edge);
  for (let at = from; at < count; at += 4) {
    const second = unitsAt + ((<usize>at) << 1);
    const mixed = v128.xor(
      v128.xor(multiplied(second - 2, 0x9e3779b1), multiplied(second, 0x85ebca6b)),
      v128.xor(multiplied(second + 2, 0xc2b2ae35), multiplied(second + 4, 0x27d4eb2f)),
    );
    v128.store(hashesAt + ((<usize>at) << 2), v128.xor(mixed, i32x4.shr_u(mixed, 15)));
  }
  return count;
}

/** Four units that follow one another, each times the multiplier. */
function multiplied(units: usize, multiplier: u32): v128 {
  return i32x4.mul(i32x4.extend_low_i16x8_u(v128.load64_zero(units)), i32x4.splat(multiplier));
}

function hashPairs(length: i32): i32 {
  if (length === 1) store<u32>(hashesAt, hash(unit(0), 0, 0, 0));
  for (let at = 0; at + 1 < length; at++) store<u32>(hashesAt + ((<usize>at) << 2), hash(unit(at), unit(at + 1), 0, 0));
  let count = max(1, length - 1);
  if (length === 1 || length > longestOfCharacters) return count;
  for (let at = 0; at < length; at++) {
    const character = unit(at);
    if (character < 0x3400 || character > 0x9fff) continue;
    store<u32>(hashesAt + ((<usize>count) << 2), hash(character, 0, 0, 0));
    count += 1;
  }
  return count;
}

function isKnownDense(first: u32): bool {
  const known = load<u8>(denseAt + first);
  if (known !== 0) return known === 2;
  const dense = isDense(first);
  store<u8>(denseAt + first, dense ? 2 : 1);
  return dense;
}

function hash(first: u32, second: u32, third: u32, fourth: u32): u32 {
  const mixed = (first * 0x9e3779b1) ^ (second * 0x85ebca6b) ^ (third * 0xc2b2ae35) ^ (fourth * 0x27d4eb2f);
  return mixed ^ (mixed >> 15);
}
