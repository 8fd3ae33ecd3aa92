import { ProblemError } from '../../core/problem';
import { type EncryptionHeader, saltOf } from './encryption-header';
import { type ChunkRole, chunkNonce, passphraseKey, tagBytes } from './passphrase-key';
import type { WriteBytes } from './zip-writer';

/**
 * Decrypts a file, chunk by chunk. The last chunk is looked at first: what was cut off is noticed before anything is written.
 * @param report is told the share done, from 0 to 1
 * @throws ProblemError `backup-passphrase-wrong`, `backup-incomplete`, `backup-damaged`
 */
export async function decryptTo(
  write: WriteBytes,
  file: Blob,
  { header, line }: { readonly header: EncryptionHeader; readonly line: Uint8Array<ArrayBuffer> },
  passphrase: string,
  report: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const key = await passphraseKey(passphrase, saltOf(header), header.iterations);
  const open = async (role: ChunkRole, index: number, from: number, to: number, besides = new Uint8Array()) => {
    const sealed = await file.slice(from, to).arrayBuffer();
    const parameters = { name: 'AES-GCM', iv: chunkNonce(role, index), additionalData: besides };
    return crypto.subtle.decrypt(parameters, key, sealed).then(
      (bytes) => new Uint8Array(bytes),
      () => undefined,
    );
  };
  const first = line.length + tagBytes;
  if (file.size < first) throw new ProblemError({ code: 'backup-incomplete' });
  if (!(await open('header', 0, line.length, first, line))) throw new ProblemError({ code: 'backup-passphrase-wrong' });
  const step = header.chunkBytes + tagBytes;
  const lastIndex = Math.max(0, Math.ceil((file.size - first) / step) - 1);
  const lastChunk = await open('last', lastIndex, first + lastIndex * step, file.size);
  if (!lastChunk) throw new ProblemError({ code: 'backup-incomplete' });
  for (let index = 0; index < lastIndex; index++) {
    signal.throwIfAborted();
    const bytes = await open('more', index, first + index * step, first + (index + 1) * step);
    if (!bytes) throw new ProblemError({ code: 'backup-damaged' });
    await write(bytes);
    report(index / lastIndex);
  }
  await write(lastChunk);
}
