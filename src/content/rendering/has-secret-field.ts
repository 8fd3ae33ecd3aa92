import { attributeOf, frameDocumentOf, nodeTypeOf, shadowRootOf } from './live-dom';

/** Fields for passwords, one-time codes and cards, by their type, by what they are to be filled with, and by what they are called. */
const secretFields =
  'input[type=password i],input[autocomplete*="password" i],input[autocomplete*="cc-" i],input[autocomplete="one-time-code" i]';
const cardNames =
  /card-?_?(number|num|no\b|holder|cvc|cvv)|cc-?_?(num|number|no\b|exp|csc|cvc)|^(cvv|cvc|csc|iban|pan)\d?$|security-?_?code|credit-?_?card/i;
/** Who shows card fields in a frame of their own, where nothing can be looked at. */
const cardFrames =
  /^https:\/\/([^/]*\.)?(stripe\.com|stripe\.network|adyen\.com|braintreegateway\.com|braintree-api\.com|paypal\.com|checkout\.com|squareup\.com|squarecdn\.com|worldpay\.com|klarna\.com|mollie\.com|authorize\.net)\//i;

/**
 * Whether there is a field for a password or a card anywhere on the page, shown or not, also in shadow trees and in frames that can be looked into.
 * Reads no value of any field.
 */
export function hasSecretField(root: Document | ShadowRoot): boolean {
  if (find(root, secretFields).length > 0) return true;
  for (const input of find(root, 'input')) {
    if (['name', 'id', 'autocomplete'].some((name) => cardNames.test(attributeOf(input, name) ?? ''))) return true;
  }
  for (const frame of find(root, 'iframe')) {
    if (cardFrames.test(attributeOf(frame, 'src') ?? '')) return true;
    const inner = frameDocumentOf(frame);
    if (inner && hasSecretField(inner)) return true;
  }
  for (const element of find(root, '*')) {
    const shadow = shadowRootOf(element);
    if (shadow && hasSecretField(shadow)) return true;
  }
  return false;
}

/** By the prototype's own method: a page may name a field `querySelectorAll`. */
function find(root: Document | ShadowRoot, selector: string): NodeListOf<Element> {
  const { querySelectorAll } = nodeTypeOf(root) === Node.DOCUMENT_NODE ? Document.prototype : DocumentFragment.prototype;
  return querySelectorAll.call(root, selector);
}
