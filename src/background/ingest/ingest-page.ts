import { indexPassages } from '../../core/lexical/index-passages';
import { partStarts } from '../../core/pages/locators';
import type { CapturedPage, PageId, PageVersion } from '../../core/pages/page';
import { searchedTitle } from '../../core/pages/page-titles';
import { splitPassages } from '../../core/pages/split-passages';
import { type Problem, problemOf } from '../../core/problem';
import { shapeOf, sketchOf } from '../../core/search/text-sketch';
import { embeddingText } from '../../core/vectors/embedding-text';
import type { EmbeddingModel } from '../../models/embedding-model';
import { commitPage, type PageCommit, type PageVectors } from '../../storage/pages/index-page';
import { type BegunJob, changeJob, endIngest, endIngestWithin, recordsOfJob, removeJob } from '../../storage/pages/jobs';
import { touchPage } from '../../storage/pages/pages';
import { rewritePageWithin } from '../../storage/pages/rewrite-page';
import type { Job, StoredPage } from '../../storage/schema';
import { embedPassages } from '../embedding/embed-passages';
import { stageKnownVectors } from '../embedding/stage-known-vectors';
import { describePage, withoutAddress } from './describe-page';
import { hashText } from './hash-text';
import { placeCapture } from './place-capture';
import { type ReadingTools, readWaitingFile } from './read-waiting-file';
import { type Recognised, recognisePage } from './recognise-page';

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
export async function ingestPage(begun: BegunJob, tools: IngestTools): Promise<void> {
  const { job, capture } = begun;
  if (!capture) return removeJob(tools.library, job.id);
  const read = 'file' in capture ? await readWaitingFile(begun, capture, tools) : { job, capture };
  if (read) await ingestCapture(read.job, read.capture, tools);
}

async function ingestCapture(received: Job, taken: CapturedPage, tools: IngestTools): Promise<void> {
  const { library, embeddingModel, detectLanguage, now, report, retryAt } = tools;
  report(received);
  const recognised = await recognisePage(library, taken, received.isApart === true);
  const { saved, left, isByText, keepsText } = recognised;
  const pageId = saved?.id ?? (await freePageId(received.pageId, tools));
  // Before the work: whichever run of it ends, a new page never gets another one's place. For most, the job knows it from the start.
  const isKnown = !saved && pageId === received.pageId;
  const job = isKnown ? received : await changeJob(library, { job: received, capture: taken }, { pageId });
  if (!job) return;
  const begun: BegunJob = { job, capture: taken };
  const current = saved && (await library.get('versions', [saved.id, saved.version]));
  const { capture, selections } = keepsText ? { capture: taken, selections: [] } : placeCapture(taken, saved, current);
  const contentHash = await hashText(capture.markdown);
  const described = {
    ...describePage(capture, pageId, placedSketch(recognised, taken, capture), received.imported, now()),
    ...(selections.length > 0 ? { selections } : {}),
  };
  if (saved && (keepsText || current?.contentHash === contentHash)) {
    await touchPage(library, { ...saved, ...described });
    if (await endIngest(library, begun)) report({ ...job, step: 'done' });
    return;
  }

  // The browser takes a while to tell, and until it is needed there is enough to do.
  const languageTold = detectLanguage(capture.markdown, capture.language);
  // Whoever waits for it hears of it, which with a model is a while later.
  languageTold.catch(() => {});
  const spans = splitPassages(capture.markdown, capture.language, partStarts(capture.locators ?? []));
  const texts = spans.map((span) => embeddingText(capture.markdown, described.title, span));
  if (saved) await stageKnownVectors(library, job, contentHash, saved, texts);
  let vectors: PageVectors | undefined;
  let later: Job | undefined;
  try {
    const model = await embeddingModel();
    if (model) {
      const embedding = await changeJob(library, begun, { step: 'embedding' });
      if (!embedding) return;
      report(embedding);
      vectors = await embedPassages(library, job, contentHash, texts, model, (share) => report(embedding, share));
      if (!vectors) return;
    }
  } catch (error) {
    const problem = problemOf(error);
    if (!problem.code.startsWith('model-')) throw error;
    later = { ...job, kind: 'embed', step: 'embedding', problem, notBefore: retryAt(problem, job.attempts) };
  }

  report({ ...job, step: 'indexing' });
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
  const language = await languageTold;
  const title = searchedTitle(saved?.ownTitle === undefined ? page : { title: saved.title, ownTitle: page.title });
  const indexed = () => indexPassages(capture.markdown, title, spans, language);
  const wantedAtEnd = recordsOfJob(job.id);
  const commit: PageCommit = { page, version, spans, indexed, ...(vectors ? { vectors } : {}), canBeDoneAgain: true, wantedAtEnd };
  const wasWanted = await commitPage(library, commit, async (transaction) => {
    if (left) await rewritePageWithin(transaction, left.id, (stored) => withoutAddress(stored, capture));
    return endIngestWithin(transaction, begun, later);
  });
  if (wasWanted) report(later ?? { ...job, step: 'done' });
}

/** A page's sketch is one of all its text, of which a capture may be a part. */
function placedSketch({ sketch: ofTaken, ...recognised }: Recognised, taken: CapturedPage, placed: CapturedPage): Recognised {
  const sketch = placed.markdown === taken.markdown ? ofTaken : sketchOf(shapeOf(placed.markdown, placed.title));
  return { ...recognised, ...(sketch ? { sketch } : {}) };
}

/** The id a job has for a page that is not saved yet. It may be another page's: the one that stood at its address until its text became another. */
async function freePageId(pageId: PageId, { library, newId }: IngestTools): Promise<PageId> {
  const isTaken = (await library.getKey('pages', pageId)) !== undefined;
  return isTaken ? (newId() as PageId) : pageId;
}
