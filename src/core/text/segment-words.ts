import { once } from '../once';
import { wordSegmenter } from './word-segmenter';

/** Scripts written without spaces between words: only these need a dictionary, the rest is cut much faster by a pattern. */
const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';

const runOf = once(
  () => new RegExp(`[${unspaced}]+|(?:(?![${unspaced}])[\\p{L}\\p{N}\\p{M}])+(?:['’](?:(?![${unspaced}])[\\p{L}\\p{M}])+)*`, 'gu'),
);
const startsUnspaced = once(() => new RegExp(`^[${unspaced}]`, 'u'));

/** Longest stretch given to the word segmenter at once. */
const maximumSegmentedCharacters = 2_000;
/** A longer "word" is data (a hash, an encoded file): its beginning is enough to find it by. */
const maximumWordCharacters = 64;

const apostrophe = 0x27;
const asciiCharacters = 128;
/** What a character of ASCII may be of a word. */
const letter = 1;
const digit = 2;
const kinds = Uint8Array.from({ length: asciiCharacters }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[a-z]/i.test(character) ? letter : /\d/.test(character) ? digit : 0;
});

/** The words of a text, in order, as written. Handles Chinese, Japanese, Thai, Lao, Khmer and Burmese by dictionary. */
export function segmentWords(text: string): string[] {
  const words: string[] = [];
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code < asciiCharacters && kinds[code] === 0) {
      at += 1;
      continue;
    }
    // Most words have no other letters than those of ASCII, and to go through those takes a fraction of what the pattern does.
    const end = endOfPlainWord(text, at);
    if (end > at) {
      addWord(words, text.slice(at, end));
      at = end;
      continue;
    }
    const run = runOf();
    run.lastIndex = at;
    const stretch = run.exec(text)?.[0];
    if (stretch === undefined) break;
    addStretch(words, stretch);
    at = run.lastIndex;
  }
  return words;
}

/** Where the word ends that begins here; no further than here if it has other characters than those of ASCII, or may have. */
function endOfPlainWord(text: string, from: number): number {
  let at = from;
  let wanted = letter | digit;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= asciiCharacters) return from;
    if ((kinds[code] as number) & wanted) continue;
    // Letters alone may follow an apostrophe, and only where at least one does is it part of the word.
    if (code !== apostrophe || at === from) break;
    const next = text.charCodeAt(at + 1);
    if (next >= asciiCharacters) return from;
    if (!((kinds[next] as number) & letter)) break;
    wanted = letter;
  }
  return at;
}

function addStretch(words: string[], stretch: string): void {
  if (!startsUnspaced().test(stretch)) {
    addWord(words, stretch);
    return;
  }
  for (let from = 0; from < stretch.length; from += maximumSegmentedCharacters) {
    for (const part of wordSegmenter().segment(stretch.slice(from, from + maximumSegmentedCharacters))) {
      if (part.isWordLike) words.push(part.segment);
    }
  }
}

function addWord(words: string[], word: string): void {
  words.push(word.length > maximumWordCharacters ? beginningOf(word) : word);
}

/** Never half a surrogate pair. */
function beginningOf(word: string): string {
  return word.slice(0, maximumWordCharacters).replace(/[\uD800-\uDBFF]$/, '');
}
