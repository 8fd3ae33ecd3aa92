/** A loop is looked for in the end of a text only. */
const lookedAtCharacters = 6_000;
/** What is repeated by intent, such as a refrain or the rows of an empty table, stays below these. */
const leastCharacters = 1_000;
const leastCopies = 4;
/** Where only numbers differ, as in a list that counts on, it takes more, and words. */
const leastNumberedCopies = 8;
const leastNumberedLetters = 20;

/**
 * Finds out whether a text has begun to say one thing again and again.
 * @returns where what is worth keeping ends: after the first of the copies; `undefined` when nothing is repeated without end
 */
export function findLoop(text: string): number | undefined {
  const { letters, starts } = withoutNumbers(text, Math.max(0, text.length - lookedAtCharacters));
  const { length, period } = repeatedEnd(letters);
  if (length < leastCharacters || length < period * leastCopies) return undefined;
  const unit = letters.slice(letters.length - period);
  const isNumbered = unit.includes('0');
  const isLoop = !isNumbered || (length >= period * leastNumberedCopies && (unit.match(/\p{L}/gu)?.length ?? 0) >= leastNumberedLetters);
  if (!isLoop) return undefined;
  const from = letters.length - length;
  const end = (place: number) => starts[place] ?? text.length;
  if (isNumbered || from > 0) return afterSentence(text, end(from + period));
  // It began before what was looked at.
  let first = end(0);
  while (first > 0 && text[first - 1] === text[first - 1 + period]) first -= 1;
  return afterSentence(text, first + period);
}

/** The end of a text with each number made into one zero, and where each of its letters stands. */
function withoutNumbers(text: string, from: number): { letters: string; starts: number[] } {
  let letters = '';
  const starts: number[] = [];
  for (const { 0: run, index } of text.slice(from).matchAll(/\d+|\D/gs)) {
    letters += /\d/.test(run) ? '0' : run;
    starts.push(from + index);
  }
  return { letters, starts };
}

/** The longest end of a text that is one piece over and over, and the length of the piece: by the prefix function of Knuth, Morris and Pratt, from behind. */
function repeatedEnd(text: string): { length: number; period: number } {
  const last = text.length - 1;
  const borders = new Uint16Array(text.length);
  let longest = { length: 0, period: 1 };
  for (let place = 1; place < text.length; place++) {
    let border = borders[place - 1] ?? 0;
    while (border > 0 && text[last - place] !== text[last - border]) border = borders[border - 1] ?? 0;
    if (text[last - place] === text[last - border]) border += 1;
    borders[place] = border;
    const length = place + 1;
    const period = length - border;
    if (length >= period * leastCopies) longest = { length, period };
  }
  return longest;
}

/** What ends a sentence belongs to it, though the copy before began with the same. */
function afterSentence(text: string, end: number): number {
  return end + (/^[.!?…。！？)\]”"]*/.exec(text.slice(end, end + 20))?.[0].length ?? 0);
}
