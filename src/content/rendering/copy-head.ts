import { attributeOf, firstChildOf, localNameOf, nextSiblingOf, nodeTypeOf, textContentOf } from './live-dom';

const longestStructuredData = 1_000_000;
const metaAttributes = ['name', 'property', 'itemprop', 'http-equiv', 'content'];

/** Copies what the document says about itself: title, language, metadata. */
export function copyHead(root: Element, copy: Document): void {
  for (const name of ['lang', 'dir', 'xml:lang']) {
    const value = attributeOf(root, name);
    if (value) copy.documentElement.setAttribute(name === 'xml:lang' ? 'lang' : name, value);
  }
  for (let child = firstChildOf(root); child; child = nextSiblingOf(child)) {
    if (nodeTypeOf(child) !== Node.ELEMENT_NODE || localNameOf(child as Element) !== 'head') continue;
    for (let item = firstChildOf(child); item; item = nextSiblingOf(item)) {
      if (nodeTypeOf(item) !== Node.ELEMENT_NODE) continue;
      const element = item as Element;
      if (localNameOf(element) === 'title' && !copy.title) copy.title = textContentOf(element) ?? '';
      else copyHeadElement(localNameOf(element), element, copy);
    }
  }
}

/** Copies metadata found anywhere in the document into the copy's head; `false` when the element is none. */
export function copyHeadElement(name: string, element: Element, copy: Document): boolean {
  if (name === 'meta') {
    const meta = copy.createElement('meta');
    for (const attribute of metaAttributes) {
      const value = attributeOf(element, attribute);
      if (value !== null) meta.setAttribute(attribute, value);
    }
    copy.head.append(meta);
    return true;
  }
  if (name === 'link') {
    if (!/(^|\s)canonical(\s|$)/i.test(attributeOf(element, 'rel') ?? '')) return true;
    const link = copy.createElement('link');
    link.setAttribute('rel', 'canonical');
    link.setAttribute('href', attributeOf(element, 'href') ?? '');
    copy.head.append(link);
    return true;
  }
  if (name === 'script' && /ld\+json/i.test(attributeOf(element, 'type') ?? '')) {
    const text = textContentOf(element) ?? '';
    if (text.length > longestStructuredData) return true;
    const script = copy.createElement('script');
    script.setAttribute('type', 'application/ld+json');
    script.append(text);
    copy.head.append(script);
    return true;
  }
  return false;
}
