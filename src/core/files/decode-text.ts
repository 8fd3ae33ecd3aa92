import { chooseEncoding, type DeclaredEncoding } from './choose-encoding';

/** A text's bytes as characters, in whatever encoding it is in: see `chooseEncoding`. Not for bytes that are no text (see `isText`). */
export function decodeText(bytes: Uint8Array, declared: DeclaredEncoding = {}): string {
  return new TextDecoder(chooseEncoding(bytes, declared)).decode(bytes);
}
