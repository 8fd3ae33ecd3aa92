import browser from 'webextension-polyfill';
import { ProblemError } from '../core/problem';

interface HeldBytes {
  heldBytes?: Uint8Array<ArrayBuffer>;
}

/** What a script gives back travels as text: pieces of this size stay well below what one message may hold. */
const pieceBytes = 6_000_000;

/**
 * Gets the file that a tab shows from within the tab, as the person who is signed in there gets it, and from the browser's cache where it still is.
 * Nothing of it is kept in the tab.
 * @throws ProblemError `pdf-not-fetched`, `file-over-limit`
 */
export async function fetchFromTab(tabId: number, maximumBytes: number): Promise<Blob> {
  const length = await runInTab(tabId, holdBytes, [maximumBytes]);
  if (length > maximumBytes) throw new ProblemError({ code: 'file-over-limit' });
  const pieces: Blob[] = [];
  for (let from = 0; from < length; from += pieceBytes) {
    const base64 = await runInTab(tabId, givePiece, [from, from + pieceBytes]);
    pieces.push(new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]));
  }
  await runInTab(tabId, forgetBytes, []);
  return new Blob(pieces, { type: 'application/pdf' });
}

async function runInTab<Arguments extends unknown[], Result>(
  tabId: number,
  func: (...given: Arguments) => Result | Promise<Result>,
  args: Arguments,
): Promise<Result> {
  try {
    const [frame] = await browser.scripting.executeScript({ target: { tabId }, func: func as (...given: unknown[]) => unknown, args });
    if (frame?.result === undefined || frame.result === null) throw new Error('Nothing came back.');
    return frame.result as Result;
  } catch (cause) {
    throw new ProblemError({ code: 'pdf-not-fetched' }, { cause });
  }
}

// These run in the tab, each by itself: they may name nothing that is outside of them.

async function holdBytes(maximumBytes: number): Promise<number> {
  const held = globalThis as HeldBytes;
  const response = await fetch(globalThis.location.href, { cache: 'force-cache' });
  if (!response.ok) throw new Error(String(response.status));
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (announced > maximumBytes) return announced;
  held.heldBytes = new Uint8Array(await response.arrayBuffer());
  return held.heldBytes.length;
}

function givePiece(from: number, to: number): string {
  const piece = (globalThis as HeldBytes).heldBytes?.subarray(from, to) ?? new Uint8Array();
  let characters = '';
  for (let at = 0; at < piece.length; at += 10_000) characters += String.fromCharCode(...piece.subarray(at, at + 10_000));
  return btoa(characters);
}

function forgetBytes(): boolean {
  return delete (globalThis as HeldBytes).heldBytes;
}
