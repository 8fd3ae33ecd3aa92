/** For PBKDF2 with SHA-256, by OWASP's Password Storage Cheat Sheet of 2023: some 0.2 s for us, and for each guess of another. */
export const iterations = 600_000;
export const saltBytes = 16;

/** The key that a passphrase gives, with the salt of one file: no two files have the same. */
export async function passphraseKey(passphrase: string, salt: Uint8Array<ArrayBuffer>, rounds: number): Promise<CryptoKey> {
  // The same letters may be typed in more than one way.
  const typed = new TextEncoder().encode(passphrase.normalize('NFC'));
  const material = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey']);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  return crypto.subtle.deriveKey(derivation, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

export const tagBytes = 16;

/** What a chunk is: its place and whether it is the last are part of its nonce, so that none can be moved, left out or cut off. */
export type ChunkRole = 'more' | 'last' | 'header';

/** A nonce for each chunk; the key is of this file only, so none is used twice. */
export function chunkNonce(role: ChunkRole, index: number): Uint8Array<ArrayBuffer> {
  const nonce = new Uint8Array(12);
  nonce[0] = ['more', 'last', 'header'].indexOf(role);
  new DataView(nonce.buffer).setUint32(8, index);
  return nonce;
}
