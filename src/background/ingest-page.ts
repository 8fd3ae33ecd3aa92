import { embeddingText } from '../core/embedding-text';
import { indexPassages } from '../core/index-passages';
import type { Locator } from '../core/locators';
import type { CapturedPage, PageId, PageVersion } from '../core/page';
import { searchedTitle } from '../core/page-titles';
import { type Problem, problemOf } from '../core/problem';
import { splitPassages } from '../core/split-passages';
import type { EmbeddingModel } from '../models/embedding-model';
import { commitPage, type PageVectors } from '../storage/index-page';
import { endIngest, endIngestWithin, readCapture, removeJob, updateJob } from '../storage/jobs';
import { touchPage } from '../storage/pages';
import { rewritePage } from '../storage/rewrite-page';
import type { Job, StoredPage } from '../storage/schema';
import { describePage, withoutAddress } from './describe-page';
import { embedPassages } from './embed-passages';
import { hashText } from './hash-text';
import { placeCapture } from './place-capture';
import { type ReadingTools, readWaitingFile } from './read-waiting-file';
import { recognisePage } from './recognise-page';
import { stageKnownVectors } from './stage-known-vectors';

export interface IngestTools extends ReadingTools {
  /** `undefined` when search uses words only; rejects when the one that is set may not be used. */
  readonly embeddingModel: () => Promise<EmbeddingModel | undefined>;
  /** The language that a text is in, ISO 639-1, given what its page claims. */
  readonly detectLanguage: (markdown: string, claimed: string | undefined) => Promise<string | undefined>;
  readonly now: () => number;
  readonly newId: () => string;
  /** Says when to try again what a problem stopped. */
  readonly retryAt: (problem: Problem, attempts: number) => number;
}

/**
 * Takes a captured page from its job to being searchable. May be begun again from the start at any time: cutting up is the same each
 * time, vectors already paid for are found in the job, and the page, its index and the job's end are one transaction.
 *
 * When the model server fails, the page becomes searchable by words, and the job stays as one that adds the vectors later. When the job
 * was discarded or the page saved again in the meantime, the work is dropped.
 */
export async function ingestPage(job: Job, tools: IngestTools): Promise<void> {
  const waiting = await readCapture(tools.library, job.id);
  if (!waiting) return removeJob(tools.library, job.id);
  const read = 'file' in waiting ? await readWaitingFile(job, waiting, tools) : { job, capture: waiting };
  if (read) await ingestCapture(read.job, read.capture, tools);
}

async function ingestCapture(received: Job, taken: CapturedPage, tools: IngestTools): Promise<void> {
  const { library, embeddingModel, detectLanguage, now, newId, report, retryAt } = tools;
  report(received);
  const recognised = await recognisePage(library, taken, received.isApart === true);
  const { saved, left, isByText } = recognised;
  const current = saved && (await library.get('versions', [saved.id, saved.version]));
  const { capture, selections } = placeCapture(taken, saved, current);
  const contentHash = await hashText(capture.markdown);
  const described = {
    ...describePage(capture, left ? (newId() as PageId) : received.pageId, recognised, received.imported, now()),
    ...(selections.length > 0 ? { selections } : {}),
  };
  const job: Job = { ...received, pageId: described.id };
  if (left) await rewritePage(library, left.id, (page) => withoutAddress(page, capture));
  if (saved && current?.contentHash === contentHash) {
    await touchPage(library, { ...saved, ...described });
    if (await endIngest(library, job.id, taken)) report({ ...job, step: 'done' });
    return;
  }

  const spans = splitPassages(capture.markdown, capture.language, partStarts(capture.locators ?? []));
  const texts = spans.map((span) => embeddingText(capture.markdown, described.title, span));
  if (saved) await stageKnownVectors(library, job, contentHash, saved, texts);
  let vectors: PageVectors | undefined;
  let later: Job | undefined;
  try {
    const model = await embeddingModel();
    if (model) {
      const embedding: Job = { ...job, step: 'embedding' };
      await updateJob(library, embedding);
      report(embedding);
      vectors = await embedPassages(library, job, contentHash, texts, model, (share) => report(embedding, share));
      if (!vectors) return;
    }
  } catch (error) {
    const problem = problemOf(error);
    if (!problem.code.startsWith('model-')) throw error;
    later = { ...job, kind: 'embed', step: 'embedding', problem, notBefore: retryAt(problem, job.attempts) };
  }

  const indexing: Job = { ...job, step: 'indexing' };
  await updateJob(library, indexing);
  report(indexing);
  const page: StoredPage = { ...described, version: (saved?.version ?? 0) + 1, passageCount: spans.length };
  const version: PageVersion = {
    pageId: page.id,
    version: page.version,
    text: capture.markdown,
    ...(capture.locators ? { locators: capture.locators } : {}),
    contentHash,
    capturedAt: capture.capturedAt,
    ...(isByText ? { url: capture.url } : {}),
  };
  const language = await detectLanguage(capture.markdown, capture.language);
  const title = searchedTitle(saved?.ownTitle === undefined ? page : { title: saved.title, ownTitle: page.title });
  const indexed = indexPassages(capture.markdown, title, spans, language);
  const wasWanted = await commitPage(library, { page, version, spans, indexed, ...(vectors ? { vectors } : {}) }, (transaction) =>
    endIngestWithin(transaction, job.id, taken, later),
  );
  if (wasWanted) report(later ?? { ...job, step: 'done' });
}

/** Where a page of a PDF begins, or the transcript of a video: no passage is of two. */
function partStarts(locators: readonly Locator[]): number[] {
  return locators.filter(({ page }, index) => page !== undefined || index === 0).map(({ start }) => start);
}
