/// <reference path="./readability.d.ts" />
// The package's entry would bring its other half too.
import Readability from '@mozilla/readability/Readability.js';

/** Readability's passes grow faster than the page; beyond this many elements its vote would take seconds. */
const mostElements = 30_000;
const mark = 'data-element';

/**
 * Readability's judgement alone. What its `parse` does besides is reading metadata, mending pictures and addresses and tidying the result: the copy
 * has no pictures or scripts, and the result is only looked at. The build leaves those methods out (`shortenCaptureScript` in vite.config.ts).
 */
class Vote extends Readability {
  constructor(document: Document, title: string) {
    super(document);
    this._articleTitle = title;
  }

  grab(): Element | null {
    this._prepDocument();
    return this._grabArticle();
  }
}

/**
 * The elements of the copy whose words Readability would keep. It works on a clone, because it takes apart what it reads; the mark each element
 * carries leads back from what it returns. `undefined` when it finds nothing or the page is too large for it.
 */
export function readabilityVote(copy: Document, title: string): Set<Element> | undefined {
  const elements = copy.body.getElementsByTagName('*');
  if (elements.length > mostElements) return undefined;
  const marked = [...elements];
  marked.forEach((element, index) => {
    element.setAttribute(mark, String(index));
  });
  const clone = copy.cloneNode(true) as Document;
  for (const element of marked) element.removeAttribute(mark);
  const article = new Vote(clone, title).grab();
  if (!article) return undefined;
  const kept = new Set<Element>();
  for (const element of article.querySelectorAll(`[${mark}]`)) {
    const original = marked[Number(element.getAttribute(mark))];
    if (original) kept.add(original);
  }
  return kept;
}
