import { attributeOf, firstChildOf, localNameOf, nextSiblingOf, nodeTypeOf, textContentOf } from '../rendering/live-dom';
import { texOfMathml } from './mathml-tex';

/** The TeX that a formula was made from, where the page still carries it; `undefined` when the element is no formula or its source is gone. */
export function mathSourceOf(name: string, element: Element): { tex: string; isDisplayed: boolean } | undefined {
  if (name === 'math') {
    const tex = annotationOf(element) ?? attributeOf(element, 'alttext') ?? texOfMathml(element);
    return tex ? { tex: cleanTex(tex), isDisplayed: attributeOf(element, 'display') === 'block' } : undefined;
  }
  if (name === 'img') {
    const className = attributeOf(element, 'class') ?? '';
    const tex = /(^|[\s-_])(math|tex|latex)([\s-_]|$)/i.test(className) ? attributeOf(element, 'alt') : null;
    return tex ? { tex: cleanTex(tex), isDisplayed: /display/.test(className) } : undefined;
  }
  if (name === 'script') {
    const type = attributeOf(element, 'type') ?? '';
    if (!type.startsWith('math/tex')) return undefined;
    return { tex: cleanTex(textContentOf(element) ?? ''), isDisplayed: type.includes('mode=display') };
  }
  return undefined;
}

/** The drawings that formula libraries put beside the source. */
export function isMathDrawing(element: Element): boolean {
  return /(^|\s)(MathJax\w*|MJX_\w+|katex-html)(\s|$)/.test(attributeOf(element, 'class') ?? '');
}

function annotationOf(math: Element): string | null {
  const stack: (Node | null)[] = [firstChildOf(math)];
  while (stack.length > 0) {
    const node = stack.pop();
    if (!node) continue;
    stack.push(nextSiblingOf(node));
    if (nodeTypeOf(node) !== Node.ELEMENT_NODE) continue;
    const element = node as Element;
    if (localNameOf(element) === 'annotation' && /tex/i.test(attributeOf(element, 'encoding') ?? '')) return textContentOf(element);
    stack.push(firstChildOf(element));
  }
  return null;
}

function cleanTex(tex: string): string {
  const unwrapped = tex.trim().replace(/^\{\\(?:display|text)style\s*(.*)\}$/s, '$1');
  return unwrapped.replace(/\s+/g, ' ').trim();
}
