/** Bytes as base64 (RFC 4648), for where only text can go. */
export function base64Of(bytes: Uint8Array): string {
  let binary = '';
  // All at once would be more arguments than a call takes.
  for (let from = 0; from < bytes.length; from += 0x8000) binary += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
  return btoa(binary);
}

/** @throws when it is no base64 */
export function bytesOfBase64(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
