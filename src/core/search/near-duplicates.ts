import { analyzeText } from '../lexical/analyze-text';
import type { PageId } from '../pages/page';
import { segmentWords } from '../text/segment-words';

/** Words in a row that are compared as one. */
const shingleWords = 4;

/**
 * From this share of its shingles on, a passage says what another one says: about one word in twenty may differ. Passages with something
 * of their own to say share less than half with any other (docs/measurements.md).
 */
const copiedShare = 0.8;

export interface ComparedPassage {
  readonly pageId: PageId;
  /** What the passage is of: its page's title and its headings. */
  readonly place: string;
  /** In plain words. */
  readonly text: string;
}

export interface DistinctPassage<Passage> {
  readonly passage: Passage;
  /** How many other pages, of those that were found, say the same. */
  readonly otherPages: number;
}

/**
 * Leaves out passages that say what a better one has said: the same article under another address, what stands on every page of a site, a
 * quotation. Of copies, the one stays whose page ranks best, so that what is kept of an article is of one page; its place is that of the
 * best of them. A passage with a number, or a word of the question, that the other does not have is no copy: reports and price lists differ
 * by nothing else.
 * @param ranked the best first
 */
export function collapseNearDuplicates<Passage extends ComparedPassage>(
  ranked: readonly Passage[],
  question: string,
): DistinctPassage<Passage>[] {
  const asked = new Set(analyzeText(question));
  const pageRanks = new Map<PageId, number>();
  for (const { pageId } of ranked) if (!pageRanks.has(pageId)) pageRanks.set(pageId, pageRanks.size);
  const rankOf = ({ passage }: Compared<Passage>) => pageRanks.get(passage.pageId) ?? 0;

  const groups: { shown: Compared<Passage>; readonly pages: Set<PageId> }[] = [];
  for (const passage of ranked) {
    const next = { passage, ...contentOf(passage, asked) };
    const group = groups.find(({ shown }) => saysNothingNew(next, shown));
    group?.pages.add(passage.pageId);
    if (!group) groups.push({ shown: next, pages: new Set([passage.pageId]) });
    else if (rankOf(next) < rankOf(group.shown) && saysNothingNew(group.shown, next)) group.shown = next;
  }
  return groups.map(({ shown, pages }) => ({ passage: shown.passage, otherPages: pages.size - 1 }));
}

interface Content {
  readonly shingles: ReadonlySet<string>;
  /** What makes a difference, however alike the rest is. */
  readonly decisive: ReadonlySet<string>;
}

type Compared<Passage> = Content & { readonly passage: Passage };

function contentOf({ place, text }: ComparedPassage, asked: ReadonlySet<string>): Content {
  const words = segmentWords(text.normalize('NFKC').toLowerCase());
  const numbers = words.filter((word) => /\p{N}/u.test(word));
  const askedFor = analyzeText(`${place}\n${text}`).filter((term) => asked.has(term));
  return { shingles: shinglesOf(words, text), decisive: new Set([...numbers, ...askedFor]) };
}

/** @param text stands for itself when it has no words */
function shinglesOf(words: readonly string[], text: string): Set<string> {
  if (words.length === 0) return new Set([text]);
  const shingles = new Set<string>();
  const last = Math.max(0, words.length - shingleWords);
  for (let at = 0; at <= last; at++) shingles.add(words.slice(at, at + shingleWords).join(' '));
  return shingles;
}

function saysNothingNew(passage: Content, other: Content): boolean {
  for (const word of passage.decisive) if (!other.decisive.has(word)) return false;
  let said = 0;
  for (const shingle of passage.shingles) if (other.shingles.has(shingle)) said++;
  return said >= passage.shingles.size * copiedShare;
}
