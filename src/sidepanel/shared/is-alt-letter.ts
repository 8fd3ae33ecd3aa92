type Pressed = Pick<KeyboardEvent, 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'code' | 'key' | 'target'>;

const textFields = 'textarea, [contenteditable], input:not([type="checkbox"], [type="radio"])';

/**
 * Whether Alt was pressed with a letter, by its place on the keyboard. On a Mac, Option writes another letter with it: where text is written that one is
 * left to be written.
 */
export function isAltLetter(event: Pressed, letter: 'A' | 'P' | 'S'): boolean {
  if (event.code !== `Key${letter}` || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  const isWritten = event.target instanceof Element && event.target.matches(textFields);
  return !isWritten || event.key.toUpperCase() === letter;
}
