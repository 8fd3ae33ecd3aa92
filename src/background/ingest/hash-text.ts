import { sha256Hex } from '../sha256';

/** SHA-256 of a text's UTF-8 bytes, in hexadecimal. */
export function hashText(text: string): Promise<string> {
  return sha256Hex(new TextEncoder().encode(text));
}
