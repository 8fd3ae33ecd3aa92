/** What no text file holds, but binary ones do. */
const longestGarbage = 0.02;
const sampleCharacters = 4_096;

/**
 * The text of a file in UTF-8 or, with a byte-order mark, in UTF-16.
 * @returns absent when it is no text
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes);
  const sample = text.slice(0, sampleCharacters);
  let garbage = 0;
  for (const character of sample) if (character === '\0' || character === '\ufffd') garbage += 1;
  return garbage > sample.length * longestGarbage ? undefined : text;
}
