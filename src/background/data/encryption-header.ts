import * as v from 'valibot';
import { ProblemError } from '../../core/problem';
import { iterations, saltBytes } from './passphrase-key';

/** The first line of an encrypted file, as JSON. */
export interface EncryptionHeader {
  readonly format: 'commonplace-encrypted';
  readonly version: number;
  readonly keyFrom: 'PBKDF2-SHA-256';
  readonly iterations: number;
  /** In base64. */
  readonly salt: string;
  readonly cipher: 'AES-256-GCM';
  readonly chunkBytes: number;
}

const start = '{"format":"commonplace-encrypted"';
const encryptionVersion = 1;
const longestHeader = 1_000;

const headerSchema = v.object({
  format: v.literal('commonplace-encrypted'),
  version: v.literal(encryptionVersion),
  keyFrom: v.literal('PBKDF2-SHA-256'),
  // Fewer would be no protection, more would keep the worker busy for minutes.
  iterations: v.pipe(v.number(), v.integer(), v.minValue(100_000), v.maxValue(10_000_000)),
  salt: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{22}==$/)),
  cipher: v.literal('AES-256-GCM'),
  chunkBytes: v.pipe(v.number(), v.integer(), v.minValue(1_024), v.maxValue(16 * 1_024 * 1_024)),
});

export function newEncryptionHeader(): EncryptionHeader {
  const salt = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(saltBytes))));
  const fixed = { format: 'commonplace-encrypted', version: encryptionVersion, keyFrom: 'PBKDF2-SHA-256', cipher: 'AES-256-GCM' } as const;
  return { ...fixed, iterations, salt, chunkBytes: 256 * 1_024 };
}

export const headerLine = (header: EncryptionHeader) => new TextEncoder().encode(`${JSON.stringify(header)}\n`);

export const saltOf = ({ salt }: EncryptionHeader) => Uint8Array.from(atob(salt), (letter) => letter.charCodeAt(0));

/**
 * @returns the header and its bytes as they stand in the file; `undefined` when the file is not encrypted by us
 * @throws ProblemError `backup-newer`, `backup-damaged`
 */
export async function readEncryptionHeader(file: Blob): Promise<{ header: EncryptionHeader; line: Uint8Array<ArrayBuffer> } | undefined> {
  const bytes = new Uint8Array(await file.slice(0, longestHeader).arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  if (!text.startsWith(start)) return undefined;
  const end = bytes.indexOf(10) + 1;
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
  } catch {
    throw new ProblemError({ code: 'backup-damaged' });
  }
  const isNewer = v.is(v.object({ version: v.pipe(v.number(), v.minValue(encryptionVersion + 1)) }), parsed);
  if (isNewer) throw new ProblemError({ code: 'backup-newer' });
  if (!v.is(headerSchema, parsed)) throw new ProblemError({ code: 'backup-damaged' });
  return { header: parsed, line: bytes.slice(0, end) };
}
