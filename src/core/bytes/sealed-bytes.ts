import { checksum } from './checksum';

const checksumBytes = 4;

/** The bytes with their checksum behind them, so that damage on the disk is noticed. */
export function sealBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const sealed = new Uint8Array(bytes.length + checksumBytes);
  sealed.set(bytes);
  new DataView(sealed.buffer).setUint32(bytes.length, checksum(bytes));
  return sealed;
}

/** The bytes that were sealed, not copied; `undefined` when they are no longer what they were. */
export function unsealBytes(sealed: Uint8Array | undefined): Uint8Array | undefined {
  if (!(sealed instanceof Uint8Array) || sealed.length < checksumBytes) return undefined;
  const bytes = sealed.subarray(0, sealed.length - checksumBytes);
  const stored = new DataView(sealed.buffer, sealed.byteOffset, sealed.byteLength).getUint32(bytes.length);
  return checksum(bytes) === stored ? bytes : undefined;
}
