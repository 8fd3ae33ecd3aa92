import { isBlock } from '../main-content/measure-text';

/** Puts text that stands beside blocks into blocks of its own, so that every block of the copy holds either blocks or text. */
export function wrapInlineRuns(root: Element): void {
  for (const parent of [root, ...root.querySelectorAll('*')]) {
    if (!isBlock(parent) || !isMixed(parent)) continue;
    let run: Element | undefined;
    for (const child of [...parent.childNodes]) {
      if (holdsBlock(child)) {
        run = undefined;
      } else if (run || child.textContent?.trim()) {
        if (!run) {
          run = parent.ownerDocument.createElement('div');
          child.before(run);
        }
        run.append(child);
      }
    }
  }
}

function isMixed(parent: Element): boolean {
  let hasText = false;
  let hasBlock = false;
  for (let child = parent.firstChild; child; child = child.nextSibling) {
    if (holdsBlock(child)) hasBlock = true;
    else if (child.textContent?.trim()) hasText = true;
    if (hasText && hasBlock) return true;
  }
  return false;
}

function holdsBlock(node: Node): boolean {
  if (node.nodeType !== Node.ELEMENT_NODE) return false;
  const element = node as Element;
  return isBlock(element) || [...element.children].some(holdsBlock);
}
