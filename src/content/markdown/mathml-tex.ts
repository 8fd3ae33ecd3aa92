import { attributeOf, firstChildOf, localNameOf, nextSiblingOf, nodeTypeOf, textContentOf } from '../rendering/live-dom';

const deepestFormula = 40;

/** TeX for a formula that is only there as MathML. What has no counterpart here is written as its parts, one after the other. */
export function texOfMathml(element: Element, depth = 0): string {
  const name = localNameOf(element);
  const parts: string[] = [];
  for (let child = firstChildOf(element); child; child = nextSiblingOf(child)) {
    if (nodeTypeOf(child) === Node.ELEMENT_NODE && depth < deepestFormula) parts.push(texOfMathml(child as Element, depth + 1));
  }
  const [first = '', second = '', third = ''] = parts;
  switch (name) {
    case 'annotation':
    case 'annotation-xml':
      return '';
    case 'mi':
    case 'mn':
    case 'mo':
      return (textContentOf(element) ?? '').trim();
    case 'mtext':
      return `\\text{${(textContentOf(element) ?? '').trim()}}`;
    case 'mfrac':
      return `\\frac{${first}}{${second}}`;
    case 'msqrt':
      return `\\sqrt{${parts.join('')}}`;
    case 'mroot':
      return `\\sqrt[${second}]{${first}}`;
    case 'msup':
    case 'mover':
      return `${first}^{${second}}`;
    case 'msub':
    case 'munder':
      return `${first}_{${second}}`;
    case 'msubsup':
    case 'munderover':
      return `${first}_{${second}}^{${third}}`;
    case 'mfenced':
      return `${attributeOf(element, 'open') ?? '('}${parts.join(',')}${attributeOf(element, 'close') ?? ')'}`;
    case 'mtr':
      return parts.join(' & ');
    case 'mtable':
      return `\\begin{matrix}${parts.join(' \\\\ ')}\\end{matrix}`;
    default:
      return parts.join('');
  }
}
