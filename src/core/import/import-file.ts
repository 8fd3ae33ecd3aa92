import { decodeText } from '../files/decode-text';
import { isText } from '../files/is-text';

/** A file that was chosen, or lies in a folder or an archive that was. */
export interface ImportFile {
  /** With the folders it lies in, with `/` between them. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What is written in a file, in whatever encoding; absent when it is no text. */
export function textOf({ bytes }: ImportFile): string | undefined {
  // Lists of bookmarks name theirs as pages do.
  return isText(bytes) ? decodeText(bytes, { isHtml: true }) : undefined;
}

/** A library of 20,000 articles has about this much text. The rest of an archive (pictures) is never unpacked. */
export const maximumImportBytes = 400_000_000;
