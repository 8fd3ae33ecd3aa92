import { isPictureCredit, leadsElsewhere } from './boilerplate-phrases';
import { type LeafBlock, leafBlocks } from './leaf-blocks';
import { normalLine } from './with-lead';

const enoughProseBlocks = 2;

/**
 * Takes lines out of the main content that are not part of the text: the title (it is kept beside the text), bylines and dates before the first
 * sentence, tags and contacts after the last, credits of pictures, and pointers to other pages with what follows them.
 */
export function trimContent(root: Element, title: string, isThread: boolean): void {
  const leaves = leafBlocks(root);
  const isArticle = leaves.filter((leaf) => leaf.isProse).length >= enoughProseBlocks;
  const dropped = new Set<LeafBlock>();
  const normalTitle = normalLine(title);
  for (const [index, leaf] of leaves.entries()) {
    if (leaf.isHeading && index < 8 && normalTitle !== '' && normalLine(leaf.text) === normalTitle) dropped.add(leaf);
    if (!isArticle) continue;
    if (isPictureCredit(leaf.text) && (!leaf.isProse || leaf.element.closest('figure, figcaption'))) dropped.add(leaf);
    if (leadsElsewhere(leaf.text, leaf.linkDensity)) {
      dropped.add(leaf);
      if (leaf.isProse) continue;
      for (const following of leaves.slice(index + 1)) {
        if (following.isProse || following.linkDensity < 0.5) break;
        dropped.add(following);
      }
    }
  }
  if (isArticle && !isThread) {
    dropBeforeSentences(leaves, dropped);
    dropBeforeSentences([...leaves].reverse(), dropped, true);
  }
  for (const leaf of dropped) leaf.element.remove();
}

/** Drops scraps up to the first real sentence. */
function dropBeforeSentences(leaves: readonly LeafBlock[], dropped: Set<LeafBlock>, isEnd = false): void {
  for (const leaf of leaves) {
    if (dropped.has(leaf)) continue;
    if (leaf.isProse || (/[.!?…。！？,:;]["”»)]?$/.test(leaf.text) && leaf.length > 20 && leaf.linkDensity < 0.5)) return;
    if (leaf.isHeading ? isEnd : !leaf.isStructured || leaf.linkDensity > 0.5) dropped.add(leaf);
    else if (leaf.isStructured) return;
  }
}
