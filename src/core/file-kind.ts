/** What can be read of a file, and how. */
export type FileKind = 'pdf' | 'html' | 'text';

/** How much of a file's beginning `fileKind` looks at, in bytes. */
export const fileHeadBytes = 4_096;

/**
 * What a file is, by its first bytes before its name: names are often wrong, or absent.
 * @param contentType as a server or the system calls it; empty when nobody says
 * @returns `undefined` when it is nothing that can be read
 */
export function fileKind(name: string, contentType: string, head: Uint8Array): FileKind | undefined {
  const start = new TextDecoder('latin1').decode(head.subarray(0, fileHeadBytes));
  // The header may stand anywhere in the first kilobyte (ISO 32000-1, implementation note 13).
  if (start.slice(0, 1_024).includes('%PDF-')) return 'pdf';
  if (!isText(start)) return undefined;
  const isNamedHtml = /\.(x?html?|xht)$/i.test(name) || /^(text\/html|application\/xhtml\+xml)\b/i.test(contentType);
  const beginsAsHtml = /^[\s\u00EF\u00BB\u00BF]*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->).)*-->\s*)*<(!doctype html|html)\b/is.test(start);
  return isNamedHtml || (beginsAsHtml && !/\.(md|markdown|txt)$/i.test(name)) ? 'html' : 'text';
}

/** Whether the bytes could be those of a text: without the controls that stand in none. In UTF-16 every other byte of Western text is 0. */
function isText(start: string): boolean {
  if (/^(\u00FE\u00FF|\u00FF\u00FE)/.test(start)) return true;
  const controls = (start.match(/\p{Cc}/gu) ?? []).filter((control) => !allowedControls.includes(control));
  const zeros = controls.filter((control) => control === '\0').length;
  return controls.length === 0 || (zeros === controls.length && zeros > start.length / 4 && !start.includes('\0\0'));
}

/** Tab, line feed, form feed, carriage return, the end of file of old systems, escape, and the next-line of latin1. */
const allowedControls = '\t\n\f\r\x1A\x1B\x85\x8D\x8F\x90\x9D\x81';
