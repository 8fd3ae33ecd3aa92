/// <reference path="./readability.d.ts" />
// The package's entry would bring its other half too.
import Readability from '@mozilla/readability/Readability.js';

/** Readability's passes grow faster than the page; beyond this many elements its vote would take seconds. */
const mostElements = 30_000;
const mark = 'data-element';

/**
 * The elements of the copy whose words Readability would keep. It works on a clone, because it takes apart what it reads; the mark each element
 * carries leads back from what it returns. `undefined` when it finds nothing or the page is too large for it.
 */
export function readabilityVote(copy: Document): Set<Element> | undefined {
  const elements = copy.body.getElementsByTagName('*');
  if (elements.length > mostElements) return undefined;
  const marked = [...elements];
  marked.forEach((element, index) => {
    element.setAttribute(mark, String(index));
  });
  const clone = copy.cloneNode(true) as Document;
  for (const element of marked) element.removeAttribute(mark);
  const article = new Readability<Node>(clone, { serializer: (node) => node, disableJSONLD: true }).parse();
  if (!article?.content) return undefined;
  const kept = new Set<Element>();
  for (const element of (article.content as Element).querySelectorAll(`[${mark}]`)) {
    const original = marked[Number(element.getAttribute(mark))];
    if (original) kept.add(original);
  }
  return kept;
}
