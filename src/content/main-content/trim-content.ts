import { type LeafBlock, leafBlocks } from '../markdown/leaf-blocks';
import { isAuthorLine, isDateLine, isNumberedCaption, isPictureCredit, isPointer, leadsElsewhere } from './boilerplate-phrases';
import { isCaptionName, isSignature } from './boilerplate-words';
import { undeclaredBlocks } from './declared-body';
import { normalLine } from './with-lead';

/** What is known of a page when lines are taken out of its text. */
export interface TrimmedPage {
  readonly title: string;
  readonly byline?: string | undefined;
  /** Its text, as its structured data has it. */
  readonly body?: string | undefined;
  /** Made of posts, whose authors belong to them. */
  readonly isThread: boolean;
  /** The page calls itself an article, as news and blogs do: its captions are about the pictures, which are not kept. */
  readonly isPress: boolean;
}

const enoughProseBlocks = 2;
const longestCaption = 400;
const longestAuthorNote = 400;
const longestPrice = 40;
const price = /\p{Sc} ?\d|\d ?\p{Sc}/u;

/**
 * Takes lines out of the main content that are not part of the text: the title (it is kept beside the text), bylines and dates before the first
 * sentence, tags, contacts and notes on the author after the last, captions and credits of press pictures,
 * and pointers to other pages with what follows them.
 */
export function trimContent(root: Element, page: TrimmedPage): void {
  const leaves = leafBlocks(root);
  const isArticle = leaves.filter((leaf) => leaf.isProse).length >= enoughProseBlocks;
  const dropped = new Set(isArticle && !page.isThread ? undeclaredBlocks(leaves, page.body) : []);
  const normalTitle = normalLine(page.title);
  for (const [index, leaf] of leaves.entries()) {
    if (index < 8 && normalTitle !== '' && normalLine(leaf.text) === normalTitle) dropped.add(leaf);
    if (!isArticle) continue;
    const isCaption = isInCaption(leaf.element);
    if (isPictureCredit(leaf.text) && (!leaf.isProse || isCaption)) dropped.add(leaf);
    if (page.isPress && isCaption && leaf.length < longestCaption && !isNumberedCaption(leaf.text)) dropped.add(leaf);
    if (leadsElsewhere(leaf.text, leaf.linkDensity)) {
      dropped.add(leaf);
      if (leaf.isProse) continue;
      for (const following of leaves.slice(index + 1)) {
        if (following.isProse || following.linkDensity < 0.5) break;
        dropped.add(following);
      }
    }
  }
  if (isArticle && !page.isThread) {
    dropBeforeSentences(leaves, dropped, (leaf) => isDateLine(leaf.text) || isAuthorLine(leaf.text) || isSignature(leaf.element));
    const author = normalLine(page.byline?.split(/,| and | und /)[0] ?? '');
    dropBeforeSentences(
      [...leaves].reverse(),
      dropped,
      (leaf) =>
        isDateLine(leaf.text) ||
        isPointer(leaf.text) ||
        (author.includes(' ') && leaf.text.length < longestAuthorNote && normalLine(leaf.text).startsWith(author)),
      true,
    );
  }
  for (const leaf of dropped) leaf.element.remove();
}

function isInCaption(element: Element): boolean {
  if (element.closest('figcaption') || [element, element.parentElement].some((one) => one && isCaptionName(one))) return true;
  return element.closest('figure') !== null && !element.closest('blockquote, table, pre, ul, ol');
}

/** Drops scraps up to the first real sentence. */
function dropBeforeSentences(
  leaves: readonly LeafBlock[],
  dropped: Set<LeafBlock>,
  isScrap: (leaf: LeafBlock) => boolean,
  isEnd = false,
): void {
  for (const leaf of leaves) {
    if (dropped.has(leaf)) continue;
    if (!leaf.isHeading && !leaf.isStructured && isScrap(leaf)) {
      dropped.add(leaf);
      continue;
    }
    if (leaf.isProse || (/[.!?…。！？,:;]["”»)]?$/.test(leaf.text) && leaf.length > 20 && leaf.linkDensity < 0.5)) return;
    if (leaf.length <= longestPrice && price.test(leaf.text)) continue;
    if (leaf.isHeading ? isEnd : !leaf.isStructured || leaf.linkDensity > 0.5) dropped.add(leaf);
    else if (leaf.isStructured) return;
  }
}
