import { receiveCapture } from '../../src/background/capture/receive-capture';
import { languageDetector } from '../../src/background/ingest/detect-language';
import { jobRunner } from '../../src/background/ingest/run-jobs';
import type { RankedPassage } from '../../src/core/search/search';
import type { DetectedLanguages } from '../../src/core/text/choose-language';
import { normalizeVector } from '../../src/core/vectors/quantize-vector';
import type { EmbeddingModel } from '../../src/models/embedding-model';
import { openAiEmbeddingModel } from '../../src/models/openai-embedding-model';
import { librarySearcher } from '../../src/storage/library-searcher';
import { libraryOpener } from '../../src/storage/open-library';

// Runs in a browser page: the pipeline that ships, from a captured page on.

export interface Document {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface EmbeddingServer {
  readonly baseUrl: string;
  readonly model: string;
}

declare const chrome: { i18n: { detectLanguage(text: string): Promise<DetectedLanguages> } };

const openLibrary = libraryOpener();
const searcher = librarySearcher(openLibrary);
const documentIds = new Map<string, string>();
let problems: string[] = [];

const modelOf = (server: EmbeddingServer | undefined): EmbeddingModel | undefined =>
  server && openAiEmbeddingModel({ baseUrl: server.baseUrl, apiKey: '' }, server.model);

export const addressOf = (id: string) => `https://documents.invalid/${encodeURIComponent(id)}`;

/** Saves each document as a page. @throws Error when a page could not be indexed whole */
export async function saveDocuments(documents: readonly Document[], server?: EmbeddingServer): Promise<void> {
  const library = await openLibrary();
  const runner = jobRunner({
    openLibrary,
    embeddingModel: async () => modelOf(server),
    detectLanguage: languageDetector((text) => chrome.i18n.detectLanguage(text)),
    newId: () => crypto.randomUUID(),
    now: () => Date.now(),
    report: (job) => {
      if (job.problem) problems = [...problems, `${job.canonicalUrl}: ${job.problem.code} ${job.problem.detail ?? ''}`];
    },
    changed: () => {},
    embeddingChanged: () => {},
    forgetUnusedKey: async () => {},
    restorePiece: async () => false,
    wakeAt: () => {},
    readFile: () => Promise.reject(new Error('There are no files here.')),
  });
  for (const { id, title, text } of documents) {
    const url = addressOf(id);
    const page = {
      url,
      canonicalUrl: url,
      title,
      site: 'documents.invalid',
      markdown: text || title || '-',
      capturedAt: Date.now(),
      shareRead: 1,
    };
    const tools = { library, wasExpected: async () => true, now: () => Date.now(), newId: () => crypto.randomUUID() };
    const job = await receiveCapture(page, { id: 1, url }, tools);
    documentIds.set(job.pageId, id);
    await runner.run();
    if (problems.length > 0) throw new Error(problems[0]);
  }
}

/** @returns for each question the documents by their best passage, the best first, as [id, score] */
export async function rankDocuments(questions: readonly string[], depth: number, server?: EmbeddingServer): Promise<[string, number][][]> {
  const model = modelOf(server);
  const vectors = model ? (await model.embed(questions)).map(normalizeVector) : [];
  const rankings: [string, number][][] = [];
  for (const [index, text] of questions.entries()) {
    const values = vectors[index];
    const vector = model && values ? { modelKey: model.key, values } : undefined;
    const search = async (limit: number) => (await searcher.search({ text, limit, ...(vector ? { vector } : {}) })).passages;
    let passages = await search(depth);
    let best = bestOfDocuments(passages);
    // Several passages may be of one document.
    if (best.size < depth && passages.length === depth) {
      passages = await search(depth * 4);
      best = bestOfDocuments(passages);
    }
    rankings.push([...best].slice(0, depth));
  }
  return rankings;
}

/** @returns the score of each document's best passage, the best first */
function bestOfDocuments(passages: readonly RankedPassage[]): Map<string, number> {
  const best = new Map<string, number>();
  for (const { pageId, score } of passages) {
    const id = documentIds.get(pageId);
    if (id !== undefined && !best.has(id)) best.set(id, score);
  }
  return best;
}
