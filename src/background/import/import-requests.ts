import { type PagesSeen, tokensPerPage } from '../../core/import/import-estimate';
import { canonicalUrl } from '../../core/pages/canonical-url';
import { ProblemError } from '../../core/problem';
import { embeddingModelOfKey } from '../../models/openai-embedding-model';
import type { Handlers } from '../../protocol/handle';
import type { ImportEstimate, ImportProgress, ImportRequests } from '../../protocol/import-requests';
import {
  addImportItems,
  beginImport,
  changeImport,
  listFailedItems,
  readImport,
  removeImport,
  resumeImport,
  retryFailedItems,
} from '../../storage/import/imports';
import type { ImportId, ImportRecord, Library } from '../../storage/schema';
import type { AccessLender } from '../capture/borrowed-access';
import type { CostOfWork } from '../spending/cost-of-work';

export interface ImportRequestTools {
  readonly openLibrary: () => Promise<Library>;
  /** The key of the embedding model that is set, if one is. */
  readonly embeddingKey: () => Promise<string | undefined>;
  readonly costOfWork: CostOfWork;
  readonly runImport: () => void;
  readonly access: Pick<AccessLender, 'passAccess' | 'returnLeftAccess'>;
  readonly now: () => number;
  readonly newId: () => string;
}

/** A person waits about as long before going on to the next page of one site. */
const politeDelayMs = 1_000;
/** Nobody reads more of them in a panel. */
const failuresShown = 500;

/** What the worker answers to requests about imports. */
export function importRequestHandlers(tools: ImportRequestTools): Handlers<ImportRequests, unknown> {
  const { openLibrary, runImport, access } = tools;
  const estimate = async (pages: number, seen: PagesSeen): Promise<ImportEstimate | undefined> => {
    const key = await tools.embeddingKey();
    if (!key) return undefined;
    const { name, baseUrl } = embeddingModelOfKey(key);
    const { tokens, isMeasured } = tokensPerPage(seen);
    return {
      model: name,
      tokensPerPage: tokens,
      isMeasured,
      tokens: pages * tokens,
      cost: await tools.costOfWork(baseUrl, name, pages * tokens),
    };
  };
  const going = () => {
    runImport();
    return null;
  };
  return {
    async 'import/status'() {
      const record = await readImport(await openLibrary());
      if (!record || record.state === 'receiving') return null;
      const expected = await estimate(record.total - record.alreadySaved, { pages: record.imported, tokens: record.tokens });
      return { ...progressOf(record), ...(expected ? { estimate: expected } : {}) };
    },
    'import/estimate': async ({ pages }) => (await estimate(pages, { pages: 0, tokens: 0 })) ?? null,
    async 'import/known'({ urls }) {
      const library = await openLibrary();
      const index = library.transaction('pages').store.index('byAddress');
      const keys = await Promise.all(urls.map((url) => index.getKey(canonicalUrl(url))));
      return keys.flatMap((key, position) => (key === undefined ? [] : [position]));
    },
    async 'import/begin'({ source, origins, delayMs = politeDelayMs }) {
      const id = tools.newId() as ImportId;
      await beginImport(await openLibrary(), { id, source, origins, delayMs, createdAt: tools.now() });
      return { importId: id };
    },
    async 'import/add'({ importId, items }) {
      await addImportItems(await openLibrary(), importId as ImportId, items);
      return null;
    },
    async 'import/resume'({ holder }) {
      const library = await openLibrary();
      await access.passAccess(holder, 'import', () => resumeImport(library));
      return going();
    },
    async 'import/pause'() {
      await changeImport(await openLibrary(), (record) => (record.state === 'running' ? { ...record, state: 'paused' } : record));
      return going();
    },
    async 'import/stop'() {
      await changeImport(await openLibrary(), ({ problem: _, ...record }) => ({ ...record, state: 'stopped' }));
      return going();
    },
    async 'import/dismiss'() {
      const library = await openLibrary();
      const record = await readImport(library);
      if (record) await removeImport(library, record.id);
      await access.returnLeftAccess();
      return null;
    },
    async 'import/failures'() {
      const library = await openLibrary();
      const record = await readImport(library);
      const failed = record ? await listFailedItems(library, record.id, failuresShown) : [];
      return failed.map(({ number, url, title, problem = { code: 'internal' } }) => ({ number, url, title: title ?? url, problem }));
    },
    async 'import/retry'({ number, holder }) {
      const library = await openLibrary();
      const record = await readImport(library);
      if (!record) throw new ProblemError({ code: 'not-found' });
      await access.passAccess(holder, 'import', () => retryFailedItems(library, record.id, number));
      return going();
    },
  };
}

function progressOf({ source, state, total, imported, alreadySaved, failed, origins, problem }: ImportRecord): ImportProgress {
  // One that is still being received has no progress to show: it is told of to nobody.
  const shown = state === 'receiving' ? 'paused' : state;
  return { source, state: shown, total, imported, alreadySaved, failed, origins, ...(problem ? { problem } : {}) };
}
