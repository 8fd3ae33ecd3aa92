import { unitsAt } from './memory';

const maximumUnits: i32 = 255;

// The current term of the stretch that is read, as `DictionaryReader` of src/core/lexical/term-dictionary.ts has it.
export let length: i32 = 0;
export let shared: i32 = 0;
export let passages: u32 = 0;
export let block: u32 = 0;
export let offset: u32 = 0;
export let bytes: u32 = 0;

let at: usize = 0;
let end: usize = 0;
let isFirst: bool = true;

export function open(from: usize, to: usize): void {
  at = from;
  end = to;
  offset = 0;
  bytes = 0;
  length = 0;
  isFirst = true;
  block = from < to ? integer() : 0;
}

/** Goes on to the next term. @returns whether there is one */
export function next(): bool {
  if (at >= end) return false;
  shared = <i32>integer();
  const rest = integer();
  const from = at;
  at += rest;
  length = decode(from, at, shared);
  passages = integer();
  const size = integer();
  if (size & 1) {
    if (!isFirst) block += 1;
    offset = 0;
  } else {
    offset += bytes;
  }
  bytes = size >> 1;
  isFirst = false;
  return true;
}

/** Whether the bytes ended where a term does. */
export function isWhole(): bool {
  return at === end;
}

export function unit(place: i32): u32 {
  return load<u16>(unitsAt + ((<usize>place) << 1));
}

function integer(): u32 {
  let byte: u32 = load<u8>(at++);
  let value = byte & 127;
  for (let shift = 7; byte >= 128; shift += 7) {
    byte = load<u8>(at++);
    value |= (byte & 127) << shift;
  }
  return value;
}

/** From UTF-8, behind the units that are filled. @returns how many then are */
function decode(from: usize, to: usize, filled: i32): i32 {
  let count = filled;
  while (from < to && count < maximumUnits) {
    const byte: u32 = load<u8>(from++);
    if (byte < 0x80) {
      put(count++, byte);
    } else if (byte < 0xe0) {
      put(count++, ((byte & 0x1f) << 6) | rest(from));
      from += 1;
    } else if (byte < 0xf0) {
      put(count++, ((byte & 0x0f) << 12) | (rest(from) << 6) | rest(from + 1));
      from += 2;
    } else {
      const point = (((byte & 0x07) << 18) | (rest(from) << 12) | (rest(from + 1) << 6) | rest(from + 2)) - 0x10000;
      from += 3;
      put(count++, 0xd800 + (point >> 10));
      put(count++, 0xdc00 + (point & 0x3ff));
    }
  }
  return count;
}

function rest(from: usize): u32 {
  return load<u8>(from) & 0x3f;
}

function put(place: i32, unit: u32): void {
  store<u16>(unitsAt + ((<usize>place) << 1), unit);
}
