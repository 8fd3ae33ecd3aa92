import { Tiktoken, type TiktokenBPE } from 'js-tiktoken/lite';
import browser from 'webextension-polyfill';
import { pieceTokenCounter } from './piece-token-counter';

/** Counts tokens exactly by o200k_base. */
export type TokenCounter = (text: string) => number;

/**
 * The longest unbroken run given to the encoder, which is quadratic in it: 20 kB of one letter take 41 s whole, 0.1 s cut up, and the
 * count is off by less than 1 %.
 */
const maximumRunCharacters = 32;
const longRun = new RegExp(`\\S{${maximumRunCharacters}}(?=\\S)`, 'gu');

let loading: Promise<TokenCounter> | undefined;

/** Reads the encoding from the package and builds the encoder, once per worker. Blocks for about a second: never before a first reply. */
export function loadTokenCounter(): Promise<TokenCounter> {
  loading ??= loadRanks().then(tokenCounter);
  return loading;
}

async function loadRanks(): Promise<TiktokenBPE> {
  const response = await fetch(browser.runtime.getURL('tokenizer/o200k_base.json'));
  return (await response.json()) as TiktokenBPE;
}

let loadingPieces: Promise<TokenCounter> | undefined;

/** The same for many texts at once: see `pieceTokenCounter`. */
export function loadPieceCounter(): Promise<TokenCounter> {
  loadingPieces ??= loadRanks().then(pieceTokenCounter);
  return loadingPieces;
}

export function tokenCounter(ranks: TiktokenBPE): TokenCounter {
  const encoder = new Tiktoken(ranks);
  return (text) => {
    let tokens = 0;
    let from = 0;
    for (const match of text.matchAll(longRun)) {
      const end = match.index + match[0].length;
      tokens += encoder.encode(text.slice(from, end), [], []).length;
      from = end;
    }
    return tokens + encoder.encode(text.slice(from), [], []).length;
  };
}
