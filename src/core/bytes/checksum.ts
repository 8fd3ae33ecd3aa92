/** Two odd constants with their bits well spread: the multipliers of MurmurHash3 for 32 bits. */
const firstMultiplier = 0xcc9e2d51;
const secondMultiplier = 0x1b873593;

/**
 * A 32-bit sum that tells whether stored bytes are still what was written: each word is multiplied and mixed into the sum before it, so that a
 * changed, moved or missing byte changes the result. Made for finding damage at a gigabyte a second, not against forgery.
 */
export function checksum(bytes: Uint8Array): number {
  const wholeWords = bytes.byteOffset % 4 === 0 ? bytes.length >>> 2 : 0;
  const words = new Int32Array(bytes.buffer, wholeWords > 0 ? bytes.byteOffset : 0, wholeWords);
  let sum = bytes.length | 0;
  for (let index = 0; index < wholeWords; index++) sum = mix(sum, words[index] as number);
  for (let index = wholeWords * 4; index < bytes.length; index += 4) {
    let word = 0;
    for (let place = 0; place < 4; place++) word |= (bytes[index + place] ?? 0) << (8 * place);
    sum = mix(sum, word);
  }
  sum = Math.imul(sum ^ (sum >>> 16), firstMultiplier);
  sum = Math.imul(sum ^ (sum >>> 13), secondMultiplier);
  return (sum ^ (sum >>> 16)) >>> 0;
}

function mix(sum: number, word: number): number {
  const scrambled = Math.imul(word, firstMultiplier);
  const joined = sum ^ Math.imul((scrambled << 15) | (scrambled >>> 17), secondMultiplier);
  return (Math.imul((joined << 13) | (joined >>> 19), 5) + 0xe6546b64) | 0;
}
