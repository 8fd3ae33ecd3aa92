import { headerLine, newEncryptionHeader, saltOf } from './encryption-header';
import { type ChunkRole, chunkNonce, passphraseKey } from './passphrase-key';
import type { WriteBytes } from './zip-writer';

/** Encrypts what is written through it, chunk by chunk. @returns where to write, and what must be called at the end */
export async function encryptTo(write: WriteBytes, passphrase: string): Promise<{ write: WriteBytes; end: () => Promise<void> }> {
  const header = newEncryptionHeader();
  const line = headerLine(header);
  const key = await passphraseKey(passphrase, saltOf(header), header.iterations);
  const waiting = new Uint8Array(header.chunkBytes);
  let filled = 0;
  let index = 0;
  const seal = async (role: ChunkRole, bytes: Uint8Array<ArrayBuffer>, besides = new Uint8Array()) => {
    const parameters = { name: 'AES-GCM', iv: chunkNonce(role, index), additionalData: besides };
    await write(new Uint8Array(await crypto.subtle.encrypt(parameters, key, bytes)));
  };
  await write(line);
  // Holds nothing: it tells a wrong passphrase from a damaged file, and that the header is as it was.
  await seal('header', new Uint8Array(), line);
  return {
    async write(bytes) {
      for (let from = 0; from < bytes.length; ) {
        // A full chunk waits until more comes: it may be the last.
        if (filled === waiting.length) {
          await seal('more', waiting);
          index += 1;
          filled = 0;
        }
        const taken = bytes.subarray(from, from + waiting.length - filled);
        waiting.set(taken, filled);
        filled += taken.length;
        from += taken.length;
      }
    },
    end: () => seal('last', waiting.subarray(0, filled)),
  };
}
