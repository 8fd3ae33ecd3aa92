import { indexPassages } from '../../core/lexical/index-passages';
import { partStarts } from '../../core/pages/locators';
import { mergeVersions } from '../../core/pages/merge-versions';
import { moveSources } from '../../core/pages/move-sources';
import type { PageId } from '../../core/pages/page';
import { ownTitleOf, searchedTitle } from '../../core/pages/page-titles';
import { splitPassages } from '../../core/pages/split-passages';
import type { MovedPage } from '../../storage/backup/restore-record';
import { commitPage, commitVectors } from '../../storage/pages/index-page';
import { type PageRecord, readPageRecord, versionsOf } from '../../storage/pages/page-record';
import { rewritePage } from '../../storage/pages/rewrite-page';
import type { Library, StoredPage, WriteTransaction } from '../../storage/schema';
import { withoutAddress } from '../ingest/describe-page';
import { type MergedPage, unitePages } from './unite-pages';

export interface RestorePageTools {
  readonly library: Library;
  readonly detectLanguage: (markdown: string, claimed: string | undefined) => Promise<string | undefined>;
  /** Its vectors are stored first: the first of a library decide which model answers questions. */
  readonly firstModel: string | undefined;
}

/**
 * Merges a page of a backup with what is in the library: the page of the same address if there is one, else of the same id. Its versions are united in the
 * order of their capture, its tags and addresses too; the newest version is what is searched. Doing it again changes nothing.
 * @returns where the page is, when it or versions of it are not where they were in the backup
 */
export async function restorePage(added: PageRecord, tools: RestorePageTools): Promise<MovedPage | undefined> {
  const { library } = tools;
  const same =
    (await library.getFromIndex('pages', 'byCanonicalUrl', added.page.canonicalUrl)) ?? (await library.get('pages', added.page.id));
  // Absent too when its current text is: what there is of others stays.
  const kept = same && (await readPageRecord(library, same.id, () => true));
  const merged = mergeVersions(same ? await library.getAll('versions', versionsOf(same.id)) : [], added.versions);
  const current = merged.versions.at(-1);
  if (!current) return undefined;
  const pageId = same?.id ?? added.page.id;
  const theirs = await withoutOthersAddresses(library, pageId, added.page);

  if (!kept || merged.isChanged) {
    const source = merged.newestIsFrom === 'kept' ? kept : added;
    const passages = source?.passages ?? splitPassages(current.text, added.page.language, partStarts(current.locators ?? []));
    const { embeddedWith: _, ...united } = unitePages(same, theirs, merged);
    // A page is committed under what it calls itself; the person's name for it is united with what is stored.
    const page = { ...united, title: ownTitleOf(united), id: pageId, version: current.version, passageCount: passages.length };
    const language = source?.language ?? (await tools.detectLanguage(current.text, page.language));
    const [vectors] = (source?.vectors ?? []).toSorted((a, b) => rank(a.modelKey, tools) - rank(b.modelKey, tools));
    const commit = {
      page,
      version: { ...current, pageId },
      spans: passages,
      indexed: () => indexPassages(current.text, searchedTitle(united), passages, language),
      ...(vectors ? { vectors } : {}),
    };
    await commitPage(
      library,
      commit,
      async (transaction) => {
        void transaction.objectStore('versions').delete(versionsOf(pageId));
        for (const version of merged.versions) void transaction.objectStore('versions').put({ ...version, pageId });
        await moveOwnSources(transaction, pageId, merged.keptNumbers);
        return true;
      },
      ['messages'],
    );
    for (const others of [source, kept, added]) if (others) await addVectors(library, pageId, current, others, vectors?.modelKey);
  } else {
    await addVectors(library, pageId, current, added, undefined);
  }

  await uniteWithStored(library, pageId, theirs, merged);
  return movedPage(added, pageId, merged.addedNumbers);
}

const rank = (modelKey: string, { firstModel }: RestorePageTools) => (modelKey === firstModel ? 0 : 1);

/** Adds what only the backup knows to what is stored by then, for tags may be changed while a page is being restored. */
async function uniteWithStored(library: Library, pageId: PageId, added: StoredPage, merged: MergedPage): Promise<void> {
  const settled = new Map(merged.versions.map(({ version }) => [version, version]));
  const unite = (page: StoredPage) => unitePages(page, added, { ...merged, keptNumbers: settled, newestIsFrom: 'kept' });
  const stored = await library.get('pages', pageId);
  if (stored && !isSame(unite(stored), stored)) await rewritePage(library, pageId, unite);
}

/** What the page of a backup says of itself, but for addresses at which its text was met and which are another page's own in this library. */
async function withoutOthersAddresses(library: Library, pageId: PageId, added: StoredPage): Promise<StoredPage> {
  let page = added;
  for (const other of added.otherAddresses ?? []) {
    const owner = await library.getFromIndex('pages', 'byCanonicalUrl', other.canonicalUrl);
    if (owner && owner.id !== pageId) page = withoutAddress(page, other);
  }
  return page;
}

const isSame = (one: StoredPage, other: StoredPage) => sorted(one) === sorted(other);

const sorted = (page: StoredPage) => JSON.stringify(Object.entries(page).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Adds the vectors of models that the page has none of, if they are of the same passages of the same text. */
async function addVectors(
  library: Library,
  pageId: PageId,
  current: { readonly version: number; readonly contentHash: string },
  { versions, passages, vectors }: PageRecord,
  storedModel: string | undefined,
): Promise<void> {
  if (versions.at(-1)?.contentHash !== current.contentHash || vectors.every(({ modelKey }) => modelKey === storedModel)) return;
  const stored = await readPageRecord(library, pageId, () => false);
  if (!stored || JSON.stringify(stored.passages) !== JSON.stringify(passages)) return;
  for (const ofModel of vectors) {
    if (stored.page.embeddedWith?.includes(ofModel.modelKey)) continue;
    await commitVectors(library, pageId, current.version, ofModel, async () => true);
  }
}

/** Citations of the library's own conversations go on pointing at the versions that they cited. */
async function moveOwnSources(transaction: WriteTransaction, pageId: PageId, numbers: ReadonlyMap<number, number>): Promise<void> {
  if ([...numbers].every(([before, now]) => before === now)) return;
  for (let cursor = await transaction.objectStore('messages').openCursor(); cursor; cursor = await cursor.continue()) {
    const moved = moveSources(cursor.value, (id, version) =>
      id === pageId ? { pageId, version: numbers.get(version) ?? version } : undefined,
    );
    if (moved !== cursor.value) await cursor.update(moved);
  }
}

function movedPage(added: PageRecord, to: PageId, numbers: ReadonlyMap<number, number>): MovedPage | undefined {
  const versions = Object.fromEntries([...numbers].filter(([before, now]) => before !== now));
  return to === added.page.id && Object.keys(versions).length === 0 ? undefined : { to, versions };
}
