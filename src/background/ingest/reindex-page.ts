import { indexPassages } from '../../core/lexical/index-passages';
import type { JobId } from '../../core/pages/job';
import type { Page, PageId } from '../../core/pages/page';
import { searchedTitle } from '../../core/pages/page-titles';
import { splitPassages } from '../../core/pages/split-passages';
import { ProblemError } from '../../core/problem';
import { reindexPage as commitReindex } from '../../storage/pages/index-page';
import { readPage } from '../../storage/pages/pages';
import type { Job, Library, StoredPage } from '../../storage/schema';
import type { IngestTools } from './ingest-page';

type ReindexTools = Pick<IngestTools, 'library' | 'detectLanguage'>;

/** A page may be saved again just while this is at work; twice in a row would be a wonder. */
const mostTries = 3;

/**
 * Makes a page's passages and postings anew from the stored text. Vectors come along where the passages stay what they are.
 * @param change what else of the page becomes another
 * @returns the page as it is now
 * @throws ProblemError `not-found`
 */
export async function reindexPage(
  pageId: PageId,
  { library, detectLanguage }: ReindexTools,
  change: (page: StoredPage) => StoredPage = (page) => page,
): Promise<StoredPage> {
  for (let tries = 0; tries < mostTries; tries++) {
    const { page, version } = await readPage(library, pageId);
    const place = await library.get('indexedPages', pageId);
    if (!place) break;
    const spans = splitPassages(version.text, page.language);
    const language = await detectLanguage(version.text, page.language);
    const indexed = indexPassages(version.text, searchedTitle(change(page)), spans, language);
    if (await commitReindex(library, { page, firstPassageId: place.firstPassageId, spans, indexed, change })) {
      return (await readPage(library, pageId)).page;
    }
  }
  throw new ProblemError({ code: 'not-found' });
}

/** Gives a page a name, by which it is found from now on as well as by its own; an empty one gives it its own back. */
export function renamePage(pageId: PageId, name: string, tools: ReindexTools): Promise<StoredPage> {
  return reindexPage(pageId, tools, ({ ownTitle, ...page }) => {
    const own = ownTitle ?? page.title;
    return name === '' || name === own ? { ...page, title: own } : { ...page, title: name, ownTitle: own };
  });
}

/** Has the vectors of a model fetched for a page that lacks them, unless that is waited for already. */
export async function queueMissingVectors(
  library: Library,
  page: StoredPage,
  modelKey: string,
  job: Pick<Job, 'id' | 'createdAt'>,
): Promise<void> {
  if (page.embeddedWith?.includes(modelKey)) return;
  const transaction = library.transaction('jobs', 'readwrite', { durability: 'strict' });
  if ((await transaction.store.index('byPage').count(page.id)) === 0) void transaction.store.put(embedJob(page, job));
  await transaction.done;
}

function embedJob({ id, canonicalUrl, title }: Page, { id: jobId, createdAt }: { readonly id: JobId; readonly createdAt: number }): Job {
  return { id: jobId, kind: 'embed', pageId: id, canonicalUrl, title, createdAt, step: 'embedding', attempts: 0, notBefore: 0 };
}
