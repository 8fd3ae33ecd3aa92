import { Tiktoken, type TiktokenBPE } from 'js-tiktoken/lite';

/** The longest piece given to the encoder, which is quadratic in it; a longer one is cut, which may count a token or two more for each cut. */
const maximumPieceCharacters = 32;
/** Longer pieces hardly come again. */
const maximumKeptCharacters = 24;
const maximumKept = 200_000;

/**
 * Counts the tokens of many texts by o200k_base, much quicker than one after the other: an encoding cuts a text into pieces, words mostly, and encodes each by
 * itself, so what a piece came to is remembered for the next text that has it.
 */
export function pieceTokenCounter(ranks: TiktokenBPE): (text: string) => number {
  const encoder = new Tiktoken(ranks);
  const pattern = new RegExp(ranks.pat_str, 'gu');
  const kept = new Map<string, number>();
  return (text) => {
    let tokens = 0;
    for (const [piece] of text.matchAll(pattern)) tokens += kept.get(piece) ?? countAnew(piece);
    return tokens;
  };

  function countAnew(piece: string): number {
    let tokens = 0;
    for (let from = 0; from < piece.length; from += maximumPieceCharacters) {
      tokens += encoder.encode(piece.slice(from, from + maximumPieceCharacters), [], []).length;
    }
    if (kept.size >= maximumKept) kept.clear();
    // Put together anew: what was cut out of a text holds all of it in memory, which may be millions of characters.
    if (piece.length <= maximumKeptCharacters) kept.set(piece.split('').join(''), tokens);
    return tokens;
  }
}
