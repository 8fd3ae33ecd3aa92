import { attributeOf } from './live-dom';

/** Never part of what a person reads, or things a person types into: none of it is even looked into. */
const droppedElements =
  /^(applet|audio|canvas|datalist|dialog|embed|frame|input|link|map|meter|no(embed|frames|script)|object|opt(group|ion)|output|param|progress|r(p|t|tc)|script|select|source|style|svg|template|textarea|title|track|video)$/;

/** Drawn by scripts from what was typed, and unmarked but for these class names. */
const codeEditor = /(^|\s)(CodeMirror|monaco-editor|ace_editor)(\s|$)/;
const unreadRoles = /^(textbox|searchbox|combobox|spinbutton|tooltip|tab|menu|menubar)$/;
const readToScreenReadersOnly = /(^|\s)(sr-only|visually-?hidden|screen-?reader[\w-]*)(\s|$)/i;
const decorationCharacters = 80;

/** Whether an element and all in it stays out of the copy, as far as its name and attributes tell. */
export function isDropped(name: string, element: Element, textLength: () => number): boolean {
  if (droppedElements.test(name)) return true;
  const editable = attributeOf(element, 'contenteditable');
  if (editable !== null && editable.toLowerCase() !== 'false') return true;
  const role = attributeOf(element, 'role');
  if (role && unreadRoles.test(role)) return true;
  const className = attributeOf(element, 'class');
  if (className && (codeEditor.test(className) || readToScreenReadersOnly.test(className))) return true;
  // A dialogue that is open marks the whole page behind it as hidden from assistive technology: only small things are decoration.
  return attributeOf(element, 'aria-hidden') === 'true' && (/katex-html/.test(className ?? '') || textLength() <= decorationCharacters);
}

const keptAttributes = /^(class|id|lang|dir|role|rel|item(prop|type)|datetime|colspan|rowspan|start|value|content|data-lang(uage)?)$/;
const longestAttribute = 400;

export function copyAttributes(from: Element, to: Element): void {
  for (const name of Element.prototype.getAttributeNames.call(from)) {
    if (!keptAttributes.test(name)) continue;
    const value = attributeOf(from, name) ?? '';
    to.setAttribute(name, value.slice(0, longestAttribute));
  }
}

const standardElements =
  /^(a|address|article|aside|b|blockquote|caption|cite|code|d[dlt]|del|details|dfn|em|fig(caption|ure)|footer|h[1-6]|header|i|kbd|li|main|mark|menu|nav|[ou]l|p|pre|q|s|samp|section|small|strike|strong|su[bp]|summary|t(able|body|d|foot|h|head|r)|time|u|var)$/;
const roleElements = new Map(
  'article:article blockquote:blockquote cell:td gridcell:td columnheader:th rowheader:th row:tr main:main navigation:nav table:table'
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

/**
 * The name an element has in the copy. What a name says and the display does not is kept; neutral and unknown elements become a `div` or
 * a `span` as they are displayed, and ARIA roles become the elements they stand for.
 */
export function copyNameOf(name: string, element: Element, display: string): string {
  const role = attributeOf(element, 'role') ?? '';
  if (role === 'heading' && !/^h[1-6]$/.test(name)) return `h${Math.min(6, Math.max(1, Number(attributeOf(element, 'aria-level')) || 2))}`;
  if (/^t(able|body|d|foot|h|head|r)$/.test(name)) return name;
  const meant = roleElements.get(role);
  if (meant) return meant;
  if (standardElements.test(name)) return name;
  return isDisplayedAsBlock(display) || (display === 'contents' && /^(div|form|fieldset)$/.test(name)) ? 'div' : 'span';
}

export function isDisplayedAsBlock(display: string): boolean {
  return /^(block|flex|grid|table|list-item|flow-root|-webkit-box)/.test(display);
}
