/** How much of a file's beginning is looked at, in bytes. */
const headBytes = 4_096;
/** Of other controls than those a text has: what was copied from elsewhere brings one along now and then, and binary files have many. */
const largestShareOfControls = 0.01;
/** Tab, line feed, form feed, carriage return, the end of file of old systems, escape, and the next-line of latin1. */
const allowedControls = '\t\n\f\r\x1A\x1B\x85\x8D\x8F\x90\x9D\x81';

/** Whether bytes could be those of a text, in whatever encoding. In UTF-16 every other byte of Western text is 0; elsewhere no text has any. */
export function isText(bytes: Uint8Array): boolean {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, headBytes));
  if (/^(\u00FE\u00FF|\u00FF\u00FE)/.test(start)) return true;
  const controls = (start.match(/\p{Cc}/gu) ?? []).filter((control) => !allowedControls.includes(control));
  const zeros = controls.filter((control) => control === '\0').length;
  if (zeros === 0) return controls.length <= start.length * largestShareOfControls;
  return zeros === controls.length && zeros > start.length / 4 && !start.includes('\0\0');
}
