/** Scripts written without spaces between words: only these need a dictionary, the rest is cut much faster by a pattern. */
const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';

const run = new RegExp(`[${unspaced}]+|(?:(?![${unspaced}])[\\p{L}\\p{N}\\p{M}])+(?:['’](?:(?![${unspaced}])[\\p{L}\\p{M}])+)*`, 'gu');
const startsUnspaced = new RegExp(`^[${unspaced}]`, 'u');

/** Longest stretch given to the word segmenter at once. */
const maximumSegmentedCharacters = 2_000;
/** A longer "word" is data (a hash, an encoded file): its beginning is enough to find it by. */
const maximumWordCharacters = 64;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** The words of a text, in order, as written. Handles Chinese, Japanese, Thai, Lao, Khmer and Burmese by dictionary. */
export function segmentWords(text: string): string[] {
  const words: string[] = [];
  for (const [stretch] of text.matchAll(run)) {
    if (!startsUnspaced.test(stretch)) {
      words.push(stretch.length > maximumWordCharacters ? beginningOf(stretch) : stretch);
      continue;
    }
    for (let from = 0; from < stretch.length; from += maximumSegmentedCharacters) {
      for (const part of segmenter.segment(stretch.slice(from, from + maximumSegmentedCharacters))) {
        if (part.isWordLike) words.push(part.segment);
      }
    }
  }
  return words;
}

/** Never half a surrogate pair. */
function beginningOf(word: string): string {
  return word.slice(0, maximumWordCharacters).replace(/[\uD800-\uDBFF]$/, '');
}
