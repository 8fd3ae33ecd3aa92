import type { Runtime } from 'webextension-polyfill';
import type { JobId } from '../core/pages/job';
import type { PageId } from '../core/pages/page';
import { ProblemError, undefinedIfNotFound } from '../core/problem';
import type { Handlers } from '../protocol/handle';
import type { FindResult, WorkerRequests } from '../protocol/worker-requests';
import { endDeletion, isDeleted, markDeleted, takeBackDeletion } from '../storage/pages/deletions';
import { listJobs, renewJob } from '../storage/pages/jobs';
import { orderedPages } from '../storage/pages/ordered-pages';
import { readPage } from '../storage/pages/pages';
import { readReadings } from '../storage/pages/readings';
import { addTags, notePage, tagPage } from '../storage/pages/tag-page';
import type { Library } from '../storage/schema';
import type { WantedPages } from './find/find-pages';
import type { IngestTools } from './ingest/ingest-page';
import { queueMissingVectors, reindexPage, renamePage } from './ingest/reindex-page';
import { libraryOverview } from './library-overview';
import { chooseFromLibrary, readFacets, readPageList } from './list-library';
import { undoMs } from './undo-time';

export interface LibraryRequestTools {
  readonly openLibrary: () => Promise<Library>;
  /** @param pageIds looks at no others, if given */
  readonly findPages: (text: string, wanted: WantedPages, pageIds?: readonly PageId[]) => Promise<FindResult>;
  readonly detectLanguage: IngestTools['detectLanguage'];
  /** The key of the embedding model that is set, if one is. */
  readonly embeddingKey: () => Promise<string | undefined>;
  /** The library or the queue is not what it was. */
  readonly changed: () => void;
  readonly runJobs: () => void;
  /** Has the queue run at a time, or soon after if the worker dies before. */
  readonly wakeAt: (time: number) => void;
  /** Whatever kept the model server from being asked may be mended now. */
  readonly wakeModels: () => void;
  readonly now: () => number;
  readonly newId: () => string;
}

type LibraryRequest = Exclude<
  Extract<keyof WorkerRequests, `library/${string}` | `page/${string}` | `pages/${string}` | 'jobs/retry-all'>,
  'page/versions' | 'page/keep-apart'
>;

/** What the worker answers where the Library view and the reader ask. */
export function libraryHandlers(tools: LibraryRequestTools): Handlers<Pick<WorkerRequests, LibraryRequest>, Runtime.MessageSender> {
  const { openLibrary, changed, runJobs, now } = tools;
  const readOrdered = orderedPages();
  const afterwards = () => {
    changed();
    // Merges what has become too many pieces, and does what was queued.
    runJobs();
    return null;
  };
  return {
    'library/overview': async () => libraryOverview(await openLibrary(), now()),
    'library/list': async (wanted) => readPageList(await openLibrary(), readOrdered, wanted, await tools.embeddingKey()),
    async 'library/list-ids'(wanted) {
      return (await chooseFromLibrary(await openLibrary(), readOrdered, wanted, await tools.embeddingKey())).map(({ id }) => id);
    },
    'library/facets': async () => readFacets(await openLibrary(), readOrdered, await tools.embeddingKey()),
    async 'library/find'({ text, filter, ...wanted }) {
      if (!filter) return tools.findPages(text, wanted);
      const chosen = await chooseFromLibrary(await openLibrary(), readOrdered, { filter, sort: 'newest' }, await tools.embeddingKey());
      return tools.findPages(
        text,
        wanted,
        chosen.map(({ id }) => id),
      );
    },

    async 'page/read'({ pageId, version }) {
      const library = await openLibrary();
      if (await isDeleted(library, pageId)) throw new ProblemError({ code: 'not-found' });
      const [reading] = await readReadings(library, [pageId]);
      return reading ?? readPage(library, pageId, version);
    },
    async 'page/tag'({ pageId, tags }) {
      await tagPage(await openLibrary(), pageId, tags);
      changed();
      return null;
    },
    async 'page/note'({ pageId, note }) {
      await notePage(await openLibrary(), pageId, note);
      changed();
      return null;
    },
    async 'page/rename'({ pageId, title }) {
      await renamePage(pageId, title, { library: await openLibrary(), detectLanguage: tools.detectLanguage });
      return afterwards();
    },
    async 'page/reindex'({ pageId }) {
      const library = await openLibrary();
      const page = await reindexPage(pageId, { library, detectLanguage: tools.detectLanguage });
      const modelKey = await tools.embeddingKey();
      if (modelKey) await queueMissingVectors(library, page, modelKey, { id: tools.newId() as JobId, createdAt: now() });
      return afterwards();
    },
    async 'pages/reindex'({ pageIds }) {
      const library = await openLibrary();
      for (const pageId of pageIds) await reindexPage(pageId, { library, detectLanguage: tools.detectLanguage }).catch(undefinedIfNotFound);
      return afterwards();
    },
    async 'pages/tag'({ pageIds, tags }) {
      await addTags(await openLibrary(), pageIds, tags);
      changed();
      return null;
    },
    async 'pages/delete'({ pageIds }) {
      const deleteAt = now() + undoMs;
      await markDeleted(await openLibrary(), pageIds, deleteAt);
      changed();
      tools.wakeAt(deleteAt);
      return { deleteAt };
    },
    async 'pages/undelete'({ deleteAt }) {
      // What is over is over, though the worker may not have come to it yet.
      const isBack = deleteAt > now() && (await takeBackDeletion(await openLibrary(), deleteAt));
      if (!isBack) throw new ProblemError({ code: 'not-found' });
      changed();
      return null;
    },
    async 'pages/delete-now'({ deleteAt }) {
      await endDeletion(await openLibrary(), deleteAt, now());
      return afterwards();
    },

    async 'jobs/retry-all'() {
      const library = await openLibrary();
      for (const job of await listJobs(library)) if (job.problem) await renewJob(library, job.id);
      tools.wakeModels();
      return afterwards();
    },
  };
}
