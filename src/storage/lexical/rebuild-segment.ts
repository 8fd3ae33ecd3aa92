import { indexPassages } from '../../core/lexical/index-passages';
import type { PageId, Passage, PassageId } from '../../core/pages/page';
import { searchedTitle } from '../../core/pages/page-titles';
import { chooseLanguage } from '../../core/text/choose-language';
import { lightReads } from '../light-reads';
import { passagesOf, readRuns } from '../pages/passage-runs';
import type { Library, Segment, SegmentId, WriteTransaction } from '../schema';
import { emptyTotals } from '../schema';
import { writeWhole } from '../write-whole';
import { writeLengths } from './length-slabs';
import { addPageSegment, deleteSegments } from './segments';

/** Passages made anew in one transaction: about half a second's work. */
const passagesAtOnce = 500;
/** Those of the usual pages. */
const runsReadAtOnce = 32;

/**
 * Makes the next part of a segment anew from the stored text, as segments of single pages, in one transaction; called again and again it makes all of it anew,
 * however often it is cut off. Of a damaged one what is made takes its part's place at once. One that can be searched is searched as it is until
 * `takePlace` has all take its place.
 */
export async function rebuildSegment(library: Library, segment: Segment): Promise<void> {
  const isKept = !segment.damaged;
  const last = lastOf(segment);
  const pages = await firstPages(library, segment.renewedTo ?? segment.firstPassageId, last);
  const rebuilt = await Promise.all(pages.map((passages) => indexAnew(library, passages)));
  const next = ((pages.at(-1)?.at(-1)?.id ?? last) + 1) as PassageId;
  const { successorOf = isKept ? segment.id : undefined } = segment;

  const transaction = library.transaction(
    ['segments', 'termDictionaries', 'postingBlocks', 'lengths', 'indexedPages', 'totals'],
    'readwrite',
  );
  await writeWhole(transaction, async () => {
    const totals = (await transaction.objectStore('totals').get('library')) ?? emptyTotals;
    let { nextSegmentId } = totals;
    for (const page of rebuilt) {
      if (!page) continue;
      // A page that was deleted or saved again in the meantime has left these ids.
      const place = await transaction.objectStore('indexedPages').get(page.pageId);
      if (place?.firstPassageId !== page.firstPassageId) continue;
      const rest = successorOf === undefined ? {} : { successorOf };
      addPageSegment(transaction, nextSegmentId++ as SegmentId, page.firstPassageId, page.indexed, rest);
      await writeLengths(transaction, page.firstPassageId, page.indexed.lengths);
      const { language } = page.indexed;
      if (language) void transaction.objectStore('indexedPages').put({ ...place, language });
    }
    const lengthsRevision = (totals.lengthsRevision ?? 0) + 1;
    void transaction.objectStore('totals').put({ ...totals, nextSegmentId, lengthsRevision }, 'library');
    if (!isKept) return dropBefore(transaction, segment, next);
    const now = await transaction.objectStore('segments').get(segment.id);
    if (now) void transaction.objectStore('segments').put({ ...now, renewedTo: next });
  });
}

/** Whether all of a segment that is searched meanwhile was made anew. */
export const isRenewed = (segment: Segment): boolean => segment.renewedTo !== undefined && segment.renewedTo > lastOf(segment);

/** Has what was made anew of a segment take its place, in one transaction. Of one that was found damaged before all was, the rest stays to be made anew. */
export async function takePlace(library: Library, segment: Segment): Promise<void> {
  const transaction = library.transaction(['segments', 'termDictionaries', 'postingBlocks'], 'readwrite');
  await writeWhole(transaction, async () => {
    const store = transaction.objectStore('segments');
    for (const { successorOf, ...successor } of await store.getAll()) if (successorOf === segment.id) void store.put(successor);
    const { renewedTo = segment.firstPassageId as PassageId, ...rest } = segment;
    dropBefore(transaction, rest, renewedTo);
  });
}

const lastOf = ({ firstPassageId, passageCount }: Segment): number => firstPassageId + passageCount - 1;

/** Takes the passages before one out of a segment, within a transaction; one with nothing left goes. */
function dropBefore(transaction: PartsTransaction, segment: Segment, next: PassageId): void {
  const last = lastOf(segment);
  if (next > last) deleteSegments(transaction, segment.id);
  // How many of the rest are dead is not counted anew: of one that is damaged, as it then is, nobody asks.
  else void transaction.objectStore('segments').put({ ...segment, firstPassageId: next, passageCount: last - next + 1 });
}

type PartsTransaction = Pick<WriteTransaction, 'objectStore'>;

/** About as many passages as are made anew at once: whole pages, as they are at one moment. */
async function firstPages(library: Library, first: number, last: number): Promise<Passage[][]> {
  for (let count = runsReadAtOnce; ; count *= 2) {
    const runs = await readRuns(library.transaction('passageRuns').store, first, last, count);
    const pages = groupByPage(runs.flatMap(passagesOf));
    // Of the last there may be more.
    const whole = runs.length < count ? pages : pages.slice(0, -1);
    if (runs.length < count || whole.length > 0) return whole.slice(0, pagesAtOnce(whole));
  }
}

function pagesAtOnce(pages: readonly (readonly Passage[])[]): number {
  let passages = 0;
  const enough = pages.findIndex(({ length }) => {
    passages += length;
    return passages >= passagesAtOnce;
  });
  return enough < 0 ? pages.length : enough + 1;
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

async function indexAnew(library: Library, passages: readonly Passage[]) {
  const [first] = passages;
  const page = first && (await library.get('pages', first.pageId));
  const version = first && (await lightReads(library.transaction('versions').store).get([first.pageId, first.version]));
  const indexed = first && (await library.get('indexedPages', first.pageId));
  if (!first || !page || !version) return undefined;
  // A page that was indexed before languages were told apart has only what it says itself.
  const language = indexed?.language ?? chooseLanguage({ isReliable: false, languages: [] }, page.language);
  return { pageId: page.id, firstPassageId: first.id, indexed: indexPassages(version.text, searchedTitle(page), passages, language) };
}
