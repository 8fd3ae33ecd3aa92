import { isText } from './is-text';

/** What can be read of a file, and how. */
export type FileKind = 'pdf' | 'html' | 'text';

/** How much of a file's beginning is looked at, in bytes. */
const headBytes = 4_096;

/**
 * What a file is, by its first bytes before its name: names are often wrong, or absent, and servers call what they don't know `application/octet-stream`.
 * @param contentType as a server or the system calls it; empty when nobody says
 * @returns `undefined` when it is nothing that can be read
 */
export function fileKind(name: string, contentType: string, bytes: Uint8Array): FileKind | undefined {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, headBytes));
  // The header may stand anywhere in the first kilobyte (ISO 32000-1, implementation note 13); but a text may speak of it.
  if (/^\s*%PDF-/.test(start) || (start.slice(0, 1_024).includes('%PDF-') && !/^text\//i.test(contentType))) return 'pdf';
  // A drawing may be written as a text.
  if (!isText(bytes) || /^image\//i.test(contentType)) return undefined;
  const isNamedHtml = /\.(x?html?|xht)$/i.test(name) || /^(text\/html|application\/xhtml\+xml)\b/i.test(contentType);
  const beginsAsHtml = /^[\s\u00EF\u00BB\u00BF]*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->).)*-->\s*)*<(!doctype html|html)\b/is.test(start);
  return isNamedHtml || (beginsAsHtml && !/\.(md|markdown|txt)$/i.test(name)) ? 'html' : 'text';
}
