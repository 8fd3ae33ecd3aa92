import { attributeOf, localNameOf, parentOf } from './live-dom';
import type { ElementStyle, Rendering } from './rendering';

const blockElements =
  /^(address|article|aside|blockquote|body|center|dd|details|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hgroup|hr|html|legend|li|listing|main|menu|nav|ol|p|plaintext|pre|search|section|summary|table|ul|xmp)$/;
const hiddenElements = /^(area|base|datalist|head|link|meta|noembed|noframes|param|rp|script|style|template|title)$/;
const spacedElements = /^(listing|plaintext|pre|textarea|xmp)$/;

/**
 * Of a document that no tab shows: nothing lays it out, so the names and attributes of its elements have to tell how they would be shown.
 * @param url its address; its links are relative to it, unless it names a base itself
 */
export function inertRendering(inert: Document, url: string): Rendering {
  const named = inert.querySelector('base[href]')?.getAttribute('href') ?? '';
  const base = URL.canParse(named, url) ? new URL(named, url).href : url;
  return {
    url,
    styleOf: inertStyles(),
    linkAddressOf(anchor) {
      const href = attributeOf(anchor, 'href') ?? '';
      return URL.canParse(href, base) ? new URL(href, base).href : '';
    },
  };
}

/**
 * By the style sheet that every browser begins with (https://html.spec.whatwg.org/multipage/rendering.html), `hidden` and `style`. What elements inherit
 * is known for those whose parents were asked for before them.
 */
function inertStyles(): (element: Element) => ElementStyle {
  const styles = new WeakMap<Node, ElementStyle>();
  return (element) => {
    const name = localNameOf(element);
    const inherited = styles.get(parentOf(element) ?? element);
    const declared = declarations(attributeOf(element, 'style') ?? '');
    const isHidden = hiddenElements.test(name) || attributeOf(element, 'hidden') !== null;
    const style: ElementStyle = {
      display: declared('display') ?? (isHidden ? 'none' : blockElements.test(name) ? 'block' : 'inline'),
      visibility: declared('visibility') ?? inherited?.visibility ?? 'visible',
      whiteSpace: declared('white-space') ?? (spacedElements.test(name) ? 'pre' : (inherited?.whiteSpace ?? 'normal')),
      position: declared('position') ?? 'static',
    };
    styles.set(element, style);
    return style;
  };
}

function declarations(style: string): (property: string) => string | undefined {
  return (property) => new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([a-z-]+)`, 'i').exec(style)?.[1]?.toLowerCase();
}
