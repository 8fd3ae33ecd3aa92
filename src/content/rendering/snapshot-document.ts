import { isMathDrawing, mathSourceOf } from '../markdown/math-source';
import { copyHead, copyHeadElement } from './copy-head';
import { copyAttributes, copyNameOf, isDisplayedAsBlock, isDropped } from './copy-rules';
import { isCutAway, isUnreadable, levelsLookedAt } from './is-unseen';
import {
  addressOf,
  assignedNodesOf,
  attributeOf,
  bodyOf,
  clientHeightOf,
  clientWidthOf,
  dataOf,
  designModeOf,
  firstChildOf,
  frameDocumentOf,
  implementationOf,
  localNameOf,
  nextSiblingOf,
  nodeTypeOf,
  rootElementOf,
  shadowRootOf,
  textContentOf,
} from './live-dom';
import { type ElementStyle, liveRendering, type Rendering } from './rendering';

/** Past either, reading stops: it keeps the walk and what comes after it to about a second (see docs/capture.md). */
export interface SnapshotBudget {
  readonly characters: number;
  readonly elements: number;
}

export const defaultSnapshotBudget: SnapshotBudget = { characters: 6_000_000, elements: 250_000 };

export interface Snapshot {
  /** Without scripts, styles, invisible things and form fields; shadow roots and large same-origin frames are part of its tree. */
  readonly document: Document;
  /** From 0 to 1: less than 1 when the budget ran out. */
  readonly shareCopied: number;
}

/** What holds for the children of one element while they are walked. */
interface Frame {
  readonly nodes: Iterator<Node>;
  readonly target: Element;
  readonly depth: number;
  readonly keepsSpaces: boolean;
  readonly isHidden: boolean;
  /** Neither it nor anything in it can be seen. */
  readonly isUnseen: boolean;
  /** What stands right in it cannot be read; absent until there is something. */
  isUnreadable?: boolean;
  readonly style?: ElementStyle;
  readonly isInHeading: boolean;
}

/** Deeper elements are put beside their parents: what reads the copy may then recurse. */
const deepestLevel = 200;
const smallestFrame = { width: 300, height: 150 };

/** Copies what can be seen of the live document into an inert one. The live document is only read. Linear in the document's size. */
export function snapshotDocument(
  live: Document,
  budget: SnapshotBudget = defaultSnapshotBudget,
  rendering: Rendering = liveRendering(live),
): Snapshot {
  const copy = implementationOf(live).createHTMLDocument('');
  const root = rootElementOf(live);
  if (!root) return { document: copy, shareCopied: 1 };
  copyHead(root, copy);
  if (designModeOf(live) === 'on') return { document: copy, shareCopied: 1 };

  const body = bodyOf(live);
  // A page may hide all of itself until its scripts have run, and visibility is inherited: then it tells nothing.
  const tellsVisibility = !body || rendering.styleOf(body).visibility === 'visible';
  const stack: Frame[] = [
    { nodes: childrenOf(root), target: copy.body, depth: 0, keepsSpaces: false, isHidden: false, isUnseen: false, isInHeading: false },
  ];
  const used = { characters: 0, elements: 0 };
  while (stack.length > 0) {
    const frame = stack[stack.length - 1] as Frame;
    const next = frame.nodes.next();
    if (next.done) {
      stack.pop();
      continue;
    }
    const type = nodeTypeOf(next.value);
    if (type === Node.TEXT_NODE || type === Node.CDATA_SECTION_NODE) {
      if (frame.isHidden || frame.isUnseen) continue;
      const text = textAsRendered((rendering.dataOf ?? dataOf)(next.value), frame.keepsSpaces);
      if (text.trim() !== '') frame.isUnreadable ??= isUnreadable(stack.slice(-levelsLookedAt).map(({ style }) => style));
      if (frame.isUnreadable) continue;
      used.characters += text.length;
      frame.target.append(text);
    } else if (type === Node.ELEMENT_NODE) {
      used.elements += 1;
      const inner = enterElement(next.value as Element, frame, copy, rendering, tellsVisibility);
      if (inner) stack.push(inner);
    }
    if (used.characters > budget.characters || used.elements > budget.elements) {
      return { document: copy, shareCopied: used.characters / Math.max(1, used.characters + charactersLeft(stack)) };
    }
  }
  return { document: copy, shareCopied: 1 };
}

/** Adds the element's copy, and gives the frame for its children when they are to be read. */
function enterElement(element: Element, frame: Frame, copy: Document, rendering: Rendering, tellsVisibility: boolean): Frame | undefined {
  const name = localNameOf(element);
  if (name === 'head') return undefined;
  if (copyHeadElement(name, element, copy)) return undefined;
  const math = mathSourceOf(name, element);
  if (math) {
    if (math.tex) appendMath(math, frame.target, copy);
    return undefined;
  }
  if (name === 'img' || isMathDrawing(element)) return undefined;
  if (name === 'br' || name === 'hr' || name === 'wbr') {
    if (name !== 'wbr') frame.target.append(copy.createElement(name));
    return undefined;
  }
  if (isDropped(name, element, () => (textContentOf(element) ?? '').trim().length)) return undefined;
  if (name === 'button' && !frame.isInHeading) return undefined;

  const style = rendering.styleOf(element);
  const { display, visibility, whiteSpace } = style;
  if (display === 'none' && name !== 'body') return undefined;
  const isHidden = tellsVisibility && visibility !== 'visible';
  if (name === 'iframe') return enterFrame(element, frame, copy);
  const keepsSpaces = /^(pre|break)/.test(whiteSpace) || name === 'pre';
  const isBody = name === 'body' && frame.target === copy.body;
  const child = isBody ? copy.body : copy.createElement(copyNameOf(name, element, display));
  copyAttributes(element, child);
  if (keepsSpaces !== frame.keepsSpaces && name !== 'pre') child.setAttribute('data-spaces', keepsSpaces ? 'kept' : 'collapsed');
  if (child.localName === 'a') copyLink(element, child, rendering);
  if (isDisplayedAsBlock(display)) child.setAttribute('data-block', '');
  if (style.position === 'fixed') child.setAttribute('data-fixed', '');
  if (!isBody) frame.target.append(child);
  return {
    nodes: contentOf(element, name),
    target: frame.depth < deepestLevel ? child : frame.target,
    depth: frame.depth + 1,
    keepsSpaces,
    isHidden,
    isUnseen: frame.isUnseen || isCutAway(style),
    style,
    isInHeading: frame.isInHeading || /^(h[1-6]|summary|dt)$/.test(child.localName),
  };
}

function copyLink(from: Element, to: Element, { linkAddressOf }: Rendering): void {
  const address = localNameOf(from) === 'a' && attributeOf(from, 'href') !== null ? linkAddressOf(from) : '';
  if (/^https?:/.test(address)) to.setAttribute('href', address);
}

/** The content of a frame of the same origin, if it is large enough to be read and not an advertisement's. */
function enterFrame(element: Element, frame: Frame, copy: Document): Frame | undefined {
  if (clientWidthOf(element) < smallestFrame.width || clientHeightOf(element) < smallestFrame.height) return undefined;
  const inner = frameDocumentOf(element);
  const root = inner && rootElementOf(inner);
  if (!inner || !root || designModeOf(inner) === 'on' || addressOf(inner) === 'about:blank') return undefined;
  const child = copy.createElement('div');
  frame.target.append(child);
  return {
    nodes: childrenOf(root),
    target: child,
    depth: frame.depth + 1,
    keepsSpaces: false,
    isHidden: false,
    isUnseen: false,
    isInHeading: false,
  };
}

function appendMath(math: { tex: string; isDisplayed: boolean }, target: Element, copy: Document): void {
  const formula = copy.createElement('span');
  formula.setAttribute('data-math', math.isDisplayed ? 'display' : 'inline');
  formula.append(math.tex);
  target.append(formula);
}

/** Soft hyphens and byte-order marks cannot be seen and would split words for whoever searches them. */
function textAsRendered(text: string, keepsSpaces: boolean): string {
  const visible = text.replace(/[\u00AD\uFEFF]/g, '');
  return keepsSpaces ? visible.replace(/\r\n?/g, '\n') : visible.replace(/[ \t\n\r\f]+/g, ' ');
}

/** What is displayed inside an element: its shadow tree if it has an open one, the nodes assigned to it if it is a slot. */
function contentOf(element: Element, name: string): Iterator<Node> {
  const shadow = shadowRootOf(element);
  if (shadow) return childrenOf(shadow);
  const assigned = name === 'slot' ? assignedNodesOf(element) : [];
  return assigned.length > 0 ? assigned[Symbol.iterator]() : childrenOf(element);
}

function* childrenOf(parent: Node): Generator<Node, undefined> {
  for (let child = firstChildOf(parent); child; child = nextSiblingOf(child)) yield child;
  return undefined;
}

function charactersLeft(stack: readonly Frame[]): number {
  let characters = 0;
  for (const frame of stack) {
    for (let next = frame.nodes.next(); !next.done; next = frame.nodes.next()) {
      const isCode = nodeTypeOf(next.value) === Node.ELEMENT_NODE && /^(script|style)$/.test(localNameOf(next.value as Element));
      if (!isCode) characters += (textContentOf(next.value) ?? '').length;
    }
  }
  return characters;
}
