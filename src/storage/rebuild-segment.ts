import { indexPassages } from '../core/index-passages';
import type { Page, PageId, Passage, PassageId } from '../core/page';
import type { Library, Segment, SegmentId } from './schema';
import { emptyTotals } from './schema';
import { addPageSegment, deleteSegment } from './segments';
import { writeWhole } from './write-whole';

/** Passages made anew in one transaction: about half a second's work. */
const passagesAtOnce = 500;

/**
 * Makes the first part of a damaged segment anew from the stored text, as segments of single pages, and takes it out of the segment, in one
 * transaction; called again and again it makes all of it anew, however often it is cut off.
 */
export async function rebuildSegment(library: Library, segment: Segment): Promise<void> {
  const last = segment.firstPassageId + segment.passageCount - 1;
  const found = await library.getAll('passages', IDBKeyRange.bound(segment.firstPassageId, last), passagesAtOnce);
  const pages = found.length < passagesAtOnce ? groupByPage(found) : await wholePages(library, found, last);
  const rebuilt = await Promise.all(pages.map((passages) => indexAnew(library, passages)));
  const next = (pages.at(-1)?.at(-1)?.id ?? last) + 1;

  const transaction = library.transaction(['segments', 'termDictionaries', 'postingBlocks', 'passages', 'totals'], 'readwrite');
  await writeWhole(transaction, async () => {
    const totals = (await transaction.objectStore('totals').get('library')) ?? emptyTotals;
    let { nextSegmentId } = totals;
    for (const page of rebuilt) {
      if (!page) continue;
      // A page that was deleted or saved again in the meantime has left these ids.
      const isThere = (await transaction.objectStore('passages').getKey(page.firstPassageId)) !== undefined;
      if (isThere) addPageSegment(transaction, nextSegmentId++ as SegmentId, page.firstPassageId, page.indexed);
    }
    void transaction.objectStore('totals').put({ ...totals, nextSegmentId }, 'library');
    if (next > last) deleteSegment(transaction, segment.id);
    else void transaction.objectStore('segments').put({ ...segment, firstPassageId: next, passageCount: last - next + 1, damaged: true });
  });
}

function groupByPage(passages: readonly Passage[]): Passage[][] {
  const pages = new Map<PageId, Passage[]>();
  for (const passage of passages) {
    const ofPage = pages.get(passage.pageId);
    if (ofPage) ofPage.push(passage);
    else pages.set(passage.pageId, [passage]);
  }
  return [...pages.values()];
}

/** Without the last page, of which there may be more; if it is the only one, all of it. */
async function wholePages(library: Library, found: readonly Passage[], last: number): Promise<Passage[][]> {
  const pages = groupByPage(found);
  const cut = pages.pop();
  if (pages.length > 0 || !cut) return pages;
  const first = cut[0]?.id ?? last;
  const indexed = cut[0] && (await library.get('indexedPages', cut[0].pageId));
  return [await library.getAll('passages', IDBKeyRange.bound(first, first + Math.max(1, indexed?.passageCount ?? cut.length) - 1))];
}

async function indexAnew(library: Library, passages: readonly Passage[]) {
  const [first] = passages;
  const page = first && (await library.get('pages', first.pageId));
  const version = first && (await library.get('versions', [first.pageId, first.version]));
  const indexed = first && (await library.get('indexedPages', first.pageId));
  if (!first || !page || !version) return undefined;
  const language = indexed?.language ?? primaryLanguage(page);
  return { firstPassageId: first.id as PassageId, indexed: indexPassages(version.text, page.title, passages, language) };
}

/** Of a page that was indexed before languages were told apart: what it says itself. */
function primaryLanguage({ language }: Page): string | undefined {
  return language?.toLowerCase().split('-')[0] || undefined;
}
