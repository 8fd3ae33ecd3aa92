import DOMPurify from 'dompurify';
import temml from 'temml';

/** Enough for any honest formula; one that expands without end is shown as it is written. */
const mostExpansions = 500;
const longestFormula = 5_000;
/** In em: what a formula may take without covering what stands around it. */
const largest: [number, number] = [20, 20];

/**
 * A formula as MathML.
 * @param source TeX of any origin: it can neither link nor load anything
 * @returns nothing when it cannot be read
 */
export function renderMath(source: string, isDisplayed: boolean): Element | undefined {
  if (source.length > longestFormula) return undefined;
  try {
    const options = { displayMode: isDisplayed, throwOnError: true, trust: false, maxExpand: mostExpansions, maxSize: largest };
    const clean = DOMPurify.sanitize(temml.renderToString(source, options), {
      USE_PROFILES: { mathMl: true },
      FORBID_TAGS: ['annotation', 'annotation-xml', 'semantics', 'maction'],
      FORBID_ATTR: ['href', 'style', 'class', 'id', 'xlink:href'],
      RETURN_DOM_FRAGMENT: true,
    });
    return clean.querySelector('math') ?? undefined;
  } catch {
    return undefined;
  }
}
