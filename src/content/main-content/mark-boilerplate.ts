import { isBoilerplateName, isCommentName, isConsentName, isMaybeBoilerplateName } from './boilerplate-words';
import { linkDensity, type TextMeasures } from './measure-text';

const boilerplateRoles = /^(navigation|complementary|search|dialog|alertdialog|contentinfo|banner|menubar|toolbar|tablist)$/;
/** An element with more of the page's prose than this is no boilerplate, whatever it is called. */
const largestShare = 0.3;
const enoughProse = 500;

/** The elements of the copy that are not the article, as far as names, roles and links tell; nothing inside a marked element is looked at. */
export function markBoilerplate(
  body: Element,
  measures: TextMeasures,
  vote: ReadonlySet<Element> | undefined,
  keepsComments: boolean,
): Set<Element> {
  const total = measures.get(body);
  const marked = new Set<Element>();
  if (!total) return marked;
  const comments = keepsComments ? new Set<Element>() : commentsBeside(body, measures);
  const hasMain = body.querySelector('main') !== null;
  const isLinkPage = total.proseCharacters < 0.15 * total.characters;

  const visit = (parent: Element) => {
    for (let child = parent.firstElementChild; child; child = child.nextElementSibling) {
      if (isMarked(child)) marked.add(child);
      else visit(child);
    }
  };
  const isMarked = (element: Element): boolean => {
    if (comments.has(element)) return true;
    const measure = measures.get(element);
    if (!measure || measure.characters === 0) return false;
    if (isConsentName(element) && !element.querySelector('main, article')) return true;
    const name = element.localName;
    // On a page of few sentences the footer's may be most of them.
    if (name === 'footer' && !element.closest('main, article') && (hasMain || measure.proseCharacters < 0.5 * total.proseCharacters))
      return true;
    if (measure.proseCharacters > largestShare * total.proseCharacters) return false;
    if (name === 'nav' || name === 'menu' || boilerplateRoles.test(element.getAttribute('role') ?? '')) return true;
    if (element.hasAttribute('data-fixed')) return true;
    const isVoted = vote?.has(element) ?? false;
    const isProse = measure.proseCharacters > 0.5 * measure.characters;
    if (name === 'footer' && !(isVoted && isProse)) return true;
    if (isBoilerplateName(element)) return true;
    const density = linkDensity(measure);
    if (!isProse && !/^(article|main|body)$/.test(name) && isMaybeBoilerplateName(element)) return true;
    if (name === 'aside' && (density > 0.2 || !isVoted)) return true;
    if (isLinkPage || density <= 0.5 || !/^(ul|ol|dl|div|section|aside|table|p|header|figure|blockquote)$/.test(name)) return false;
    // A list in an item of a list is part of what the item says.
    if (isVoted && /^[uo]l$/.test(name) && element.parentElement?.localName === 'li') return false;
    return !isVoted || density > 0.9;
  };
  visit(body);
  return marked;
}

/** Comments, unless there is little else to read: then they are a thread, and the page is about them. */
function commentsBeside(body: Element, measures: TextMeasures): Set<Element> {
  const comments = new Set<Element>();
  let prose = 0;
  const visit = (parent: Element) => {
    for (let child = parent.firstElementChild; child; child = child.nextElementSibling) {
      if (isCommentName(child)) {
        comments.add(child);
        prose += measures.get(child)?.proseCharacters ?? 0;
      } else {
        visit(child);
      }
    }
  };
  visit(body);
  const rest = (measures.get(body)?.proseCharacters ?? 0) - prose;
  return rest < enoughProse ? new Set() : comments;
}
