import { canonicalUrl } from '../core/canonical-url';
import { embeddingText } from '../core/embedding-text';
import { indexPassages } from '../core/index-passages';
import type { CapturedPage, PageVersion } from '../core/page';
import { type Problem, problemOf } from '../core/problem';
import { splitPassages } from '../core/split-passages';
import type { EmbeddingModel } from '../models/embedding-model';
import { commitPage, type PageVectors } from '../storage/index-page';
import { endIngest, endIngestWithin, readCapture, removeJob, updateJob } from '../storage/jobs';
import { findSavedPage, touchPage } from '../storage/pages';
import type { Job, StoredPage } from '../storage/schema';
import { embedPassages } from './embed-passages';
import { hashText } from './hash-text';
import { type ReadingTools, readWaitingFile } from './read-waiting-file';

export interface IngestTools extends ReadingTools {
  /** `undefined` when search uses words only; rejects when the one that is set may not be used. */
  readonly embeddingModel: () => Promise<EmbeddingModel | undefined>;
  /** The language that a text is in, ISO 639-1, given what its page claims. */
  readonly detectLanguage: (markdown: string, claimed: string | undefined) => Promise<string | undefined>;
  readonly now: () => number;
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

async function ingestCapture(job: Job, capture: CapturedPage, tools: IngestTools): Promise<void> {
  const { library, embeddingModel, detectLanguage, now, report, retryAt } = tools;
  report(job);
  const contentHash = await hashText(capture.markdown);
  const saved = await findSavedPage(library, capture);
  const current = saved && (await library.get('versions', [saved.id, saved.version]));
  const described = describePage(capture, job, saved, now());
  if (saved && current?.contentHash === contentHash) {
    await touchPage(library, { ...saved, ...described });
    if (await endIngest(library, job.id, capture)) report({ ...job, step: 'done' });
    return;
  }

  const pageStarts = (capture.locators ?? []).flatMap(({ page, start }) => (page === undefined ? [] : start));
  const spans = splitPassages(capture.markdown, capture.language, pageStarts);
  let vectors: PageVectors | undefined;
  let later: Job | undefined;
  try {
    const model = await embeddingModel();
    if (model) {
      const embedding: Job = { ...job, step: 'embedding' };
      await updateJob(library, embedding);
      report(embedding);
      const texts = spans.map((span) => embeddingText(capture.markdown, capture.title, span));
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
  };
  const language = await detectLanguage(capture.markdown, capture.language);
  const indexed = indexPassages(capture.markdown, capture.title, spans, language);
  const wasWanted = await commitPage(library, { page, version, spans, indexed, ...(vectors ? { vectors } : {}) }, (transaction) =>
    endIngestWithin(transaction, job.id, capture, later),
  );
  if (wasWanted) report(later ?? { ...job, step: 'done' });
}

function describePage(
  capture: CapturedPage,
  { pageId, imported }: Job,
  saved: StoredPage | undefined,
  now: number,
): Omit<StoredPage, 'version' | 'passageCount'> {
  const { markdown: _, locators: __, ...described } = capture;
  const addresses = new Set([...(saved?.addresses ?? []), capture.canonicalUrl, canonicalUrl(capture.url)]);
  if (imported) addresses.add(canonicalUrl(imported.url));
  return {
    ...described,
    ...(imported && !saved ? { tags: imported.tags } : {}),
    id: saved?.id ?? pageId,
    savedAt: saved?.savedAt ?? imported?.savedAt ?? now,
    addresses: [...addresses],
  };
}
