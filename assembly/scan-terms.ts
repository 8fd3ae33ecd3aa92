import { hashGrams } from './hash-grams';
import { filterAt, hashesAt, hitsAt, unitsAt } from './memory';
import { block, bytes, isWhole, length, next, offset, open, passages, shared, unit } from './read-terms';
import { isWithinEdits } from './within-edits';

/** What src/core/lexical/scan-terms.ts lays out: a word of the question. */
@unmanaged
class Word {
  /** The bits of the grams that the current term has. */
  mask: u32;
  /** The bits of all grams of the first stem. */
  all: u32;
  /** Whether a term with but one of the grams is not like the word. */
  hasMany: u32;
  /** Each as its length and its units, 16 bits each. */
  stems: usize;
  stemCount: u32;
  /** Of which its length comes first; 0: the word is typed to its end. */
  beginning: usize;
  /** How many letters may be wrong; 0: the word is none that misspellings are looked for of. */
  edits: u32;
}
/** Behind it, for each of 30 grams, in how many passages terms stand that have it, as a float of 64 bits; */
const passagesOfGrams: usize = 32;
/** then, for each, how many different terms were recorded that have no other, and the hashes of these. */
const onlyGrams: usize = 272;
const onlyGramBytes: usize = 48;
const wordBytes: usize = 1712;
/** As many terms are taken at most for like a word: of those that are equally alike the first. */
const similarTerms: u32 = 10;

/** A gram, with a chain of the words that have it. */
@unmanaged
class Gram {
  hash: u32;
  /** 0: there is no gram here. */
  uses: usize;
}
const gramBytes: usize = 8;

@unmanaged
class Use {
  word: usize;
  bit: u32;
  next: usize;
}

/** A term that answers to a word. */
@unmanaged
class Record {
  word: u32;
  mask: u32;
  isExact: u32;
  hash: u32;
  passages: u32;
  block: u32;
  offset: u32;
  bytes: u32;
}
const recordBytes: usize = 32;

const filterBits: u32 = 14;
const maybeExact: u32 = 1 << 30;
const completesWord: u32 = 1 << 31;
const bitsOfGrams: u32 = maybeExact - 1;

let words: usize = 0;
let wordCount: u32 = 0;
let grams: usize = 0;
let gramBits: u32 = 0;
let output: usize = 0;
let unfinished: u32 = 0;

/**
 * What the next stretches are looked through for.
 * @param gramsFrom a table of 2^bits places
 * @param unfinishedWord the number of the word whose end may not be typed yet, or that of words
 */
export function ask(wordsFrom: usize, count: u32, gramsFrom: usize, bits: u32, unfinishedWord: u32): void {
  words = wordsFrom;
  wordCount = count;
  grams = gramsFrom;
  gramBits = bits;
  unfinished = unfinishedWord;
}

/** Looks through a stretch as `TermMatcher` does. @returns how many records were put at `to`, which is also where the stretch ends; -1: it is cut short */
export function scanTerms(from: usize, to: usize): i32 {
  open(from, to);
  const records = (to + 7) & ~7;
  output = records;
  let hit = 0;
  const beginning = unfinished < wordCount ? wordAt(unfinished).beginning : 0;
  while (next()) {
    const unchanged = max(0, shared - 2);
    const count = hashGrams(length, unchanged);
    while (hit > 0 && hitAt(hit - 1) >= unchanged) hit -= 1;
    for (let at = unchanged; at < count; at++) {
      if (load<u8>(filterAt + (hashAt(at) >> (32 - filterBits))) === 0) continue;
      store<u16>(hitsAt + ((<usize>hit) << 1), at);
      hit += 1;
    }
    const completes = beginning !== 0 && startsWith(beginning);
    if (hit === 0 && !completes) continue;
    if (completes) wordAt(unfinished).mask = completesWord;
    for (let at = 0; at < hit; at++) note(hashAt(hitAt(at)));
    for (let number: u32 = 0; number < wordCount; number++) {
      const word = wordAt(number);
      const mask = word.mask;
      if (mask === 0) continue;
      word.mask = 0;
      look(word, number, mask);
    }
  }
  return isWhole() ? <i32>((output - records) / recordBytes) : -1;
}

/** Looks through a stretch for what the words with `edits` may be misspellings of. @returns as `scanTerms` */
export function scanMisspellings(from: usize, to: usize): i32 {
  open(from, to);
  const records = (to + 7) & ~7;
  output = records;
  while (next()) {
    for (let number: u32 = 0; number < wordCount; number++) {
      const word = wordAt(number);
      if (word.edits === 0) continue;
      const stem = word.stems;
      if (isWithinEdits(stem + 2, load<u16>(stem), length, word.edits)) put(number, 0, false);
    }
  }
  return isWhole() ? <i32>((output - records) / recordBytes) : -1;
}

/** Counts the grams that the term has of a word, and records it if it may answer to the word. */
function look(word: Word, number: u32, mask: u32): void {
  const likeness = mask & bitsOfGrams;
  const counts = changetype<usize>(word) + passagesOfGrams;
  for (let left = likeness; left !== 0; left &= left - 1) {
    const count = counts + ((<usize>ctz(left)) << 3);
    store<f64>(count, load<f64>(count) + <f64>passages);
  }
  const isExact = ((mask & maybeExact) !== 0 || (mask & word.all) === word.all) && isWord(word);
  if (isExact || (mask & completesWord) !== 0) {
    put(number, mask, isExact);
  } else if (likeness !== 0) {
    const isOnlyOne = (likeness & (likeness - 1)) === 0;
    if (!isOnlyOne || (word.hasMany === 0 && isAmongFirst(changetype<usize>(word) + onlyGrams + <usize>ctz(likeness) * onlyGramBytes))) {
      put(number, mask, false);
    }
  }
}

/** Most terms that have a gram of a short word have no other. @param first see `onlyGrams` */
function isAmongFirst(first: usize): bool {
  const hash = hashUnits();
  const count = load<u32>(first);
  for (let number: u32 = 1; number <= count; number++) if (load<u32>(first + ((<usize>number) << 2)) === hash) return true;
  if (count === similarTerms) return false;
  store<u32>(first, count + 1);
  store<u32>(first + ((<usize>(count + 1)) << 2), hash);
  return true;
}

function put(number: u32, mask: u32, isExact: bool): void {
  const behind = output + recordBytes;
  if (behind > (<usize>memory.size()) << 16) memory.grow(16);
  const record = changetype<Record>(output);
  record.word = number;
  record.mask = mask;
  record.isExact = isExact ? 1 : 0;
  record.hash = hashUnits();
  record.passages = passages;
  record.block = block;
  record.offset = offset;
  record.bytes = bytes;
  output = behind;
}

/** As src/core/bytes/hash-units.ts. */
function hashUnits(): u32 {
  let hash: u32 = 0x811c9dc5;
  for (let at = 0; at < length; at++) hash = (hash ^ unit(at)) * 0x01000193;
  return hash;
}

/** Notes in the masks of the words which have a gram. */
function note(hash: u32): void {
  const last: u32 = (1 << gramBits) - 1;
  for (let place = hash >> (32 - gramBits); ; place = (place + 1) & last) {
    const gram = changetype<Gram>(grams + <usize>place * gramBytes);
    if (gram.uses === 0) return;
    if (gram.hash !== hash) continue;
    for (let at = gram.uses; at !== 0; ) {
      const use = changetype<Use>(at);
      const word = changetype<Word>(use.word);
      word.mask |= use.bit;
      at = use.next;
    }
    return;
  }
}

function isWord(word: Word): bool {
  let at = word.stems;
  for (let left = word.stemCount; left > 0; left--) {
    const count: i32 = load<u16>(at);
    if (count === length && startsWith(at)) return true;
    at += 2 + ((<usize>count) << 1);
  }
  return false;
}

/** @param word its length and its units */
function startsWith(word: usize): bool {
  const count: i32 = load<u16>(word);
  if (count > length) return false;
  return memory.compare(word + 2, unitsAt, (<usize>count) << 1) === 0;
}

function wordAt(number: u32): Word {
  return changetype<Word>(words + <usize>number * wordBytes);
}

function hashAt(place: i32): u32 {
  return load<u32>(hashesAt + ((<usize>place) << 2));
}

function hitAt(place: i32): i32 {
  return load<u16>(hitsAt + ((<usize>place) << 1));
}
