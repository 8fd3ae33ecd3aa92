import { escapeInline } from './escape-markdown';

export interface InlineContext {
  readonly isStrong: boolean;
  readonly isEmphasised: boolean;
  readonly isInLink: boolean;
  readonly keepsSpaces: boolean;
}

export const plainInlineContext: InlineContext = { isStrong: false, isEmphasised: false, isInLink: false, keepsSpaces: false };

/** A line break of the page while a paragraph is put together; spaces around it go with it. */
const lineBreak = '\n';
const longestLinkAddress = 500;

/** The words of inline content with their marks, not yet trimmed: see `tidyInline`. */
export function inlineMarkdown(node: Node, context: InlineContext = plainInlineContext): string {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = (node as Text).data;
    return escapeInline(context.keepsSpaces ? text : text.replace(/[ \t\n\r\f]+/g, ' '));
  }
  if (node.nodeType !== Node.ELEMENT_NODE) return '';
  const element = node as Element;
  const inner = { ...context, keepsSpaces: keepsSpaces(element, context.keepsSpaces) };
  switch (element.localName) {
    case 'br':
      return lineBreak;
    case 'b':
    case 'strong':
      return context.isStrong ? childrenOf(element, inner) : wrap('**', childrenOf(element, { ...inner, isStrong: true }));
    case 'i':
    case 'em':
      return context.isEmphasised ? childrenOf(element, inner) : wrap('*', childrenOf(element, { ...inner, isEmphasised: true }));
    case 'code':
    case 'kbd':
    case 'samp':
    case 'tt':
      return codeSpan(element.textContent ?? '');
    case 'q':
      return `“${childrenOf(element, inner)}”`;
    case 'a':
      return link(element, childrenOf(element, { ...inner, isInLink: true }), context);
    default:
      return element.hasAttribute('data-math') ? math(element) : childrenOf(element, inner);
  }
}

/** Collapses spaces as they are rendered and trims each line. */
export function tidyInline(text: string): string {
  return text
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/^[ \n]+|(?<![ \n])[ \n]+$/g, '');
}

export function keepsSpaces(element: Element, inherited: boolean): boolean {
  const own = element.getAttribute('data-spaces');
  return own === null ? inherited : own === 'kept';
}

function childrenOf(element: Element, context: InlineContext): string {
  let text = '';
  for (let child = element.firstChild; child; child = child.nextSibling) text += inlineMarkdown(child, context);
  return text;
}

/** Marks must stand against the words they mark, so spaces move outside; marks in the middle of a word would not be read as marks. */
function wrap(mark: string, inner: string): string {
  const { before, words, after } = apartFromSpaces(inner);
  if (!words || words.includes('\n\n') || /^[\p{P}\p{S}]*$/u.test(words)) return inner;
  return `${before}${mark}${words}${mark}${after}`;
}

function codeSpan(text: string): string {
  const code = text.replace(/\s+/g, ' ');
  const words = code.trim();
  if (!words) return code;
  const longestRun = Math.max(0, ...(words.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  const padding = words.startsWith('`') || words.endsWith('`') ? ' ' : '';
  return `${code.startsWith(' ') ? ' ' : ''}${fence}${padding}${words}${padding}${fence}${code.endsWith(' ') ? ' ' : ''}`;
}

function math(element: Element): string {
  const tex = (element.textContent ?? '').trim();
  return element.getAttribute('data-math') === 'display' ? `$$${tex}$$` : `$${tex}$`;
}

/** `[words](address)`, when the words can be told from the marks; else the words alone. */
function link(element: Element, words: string, context: InlineContext): string {
  const address = element.getAttribute('href');
  const trimmed = words.trim();
  if (!address || context.isInLink || address.length > longestLinkAddress || !/[\p{L}\p{N}]/u.test(trimmed) || trimmed.includes('\n'))
    return words;
  if (!hasBalancedBrackets(trimmed)) return words;
  const { before, after } = apartFromSpaces(words);
  return `${before}[${trimmed}](${address.replace(/[()<>\s]/g, (character) => encodeURIComponent(character).replace('(', '%28').replace(')', '%29'))})${after}`;
}

/** Without a pattern: one that looks for the spaces at the end begins anew at each of those in the middle. */
function apartFromSpaces(text: string): { before: string; words: string; after: string } {
  const from = text.length - text.trimStart().length;
  const to = text.trimEnd().length;
  return from > to
    ? { before: text, words: '', after: '' }
    : { before: text.slice(0, from), words: text.slice(from, to), after: text.slice(to) };
}

function hasBalancedBrackets(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '[') depth += 1;
    if (character === ']') depth -= 1;
    if (depth < 0 || depth > 1) return false;
  }
  return depth === 0;
}
