import { join } from 'node:path';
import { type PairSide, sideOf } from '../../src/core/retrieval-tuning/split-pairs';
import { startModelServer } from '../../tests/support/model-server';
import { LaboratoryWorker } from '../bench/laboratory-worker';
import { bundleForBrowser } from '../harness/bundle-for-browser';
import { openLaboratory } from '../harness/open-laboratory';
import type { EmbeddingServer } from '../harness/retrieval-harness';
import type { AskedQuestion, TuningFigures } from '../harness/tuning-harness';
import { firstEmbeddingModel, progress, readJudgements, readLines } from './retrieval';

type Harness = Pick<typeof import('../harness/tuning-harness'), 'saveDocuments' | 'tune'>;

/** Documents handed to the browser at a time. */
const batchSize = 200;
/** Of the tests' server, with 1,536 dimensions. */
const testModel = 'test-embedding-large';

export interface TunedRetrievalEvalOptions {
  /** As of `RetrievalEvalOptions`. */
  readonly data: string;
  readonly embeddings?: string | undefined;
  readonly embeddingModel?: string | undefined;
}

/**
 * Indexes a collection through the pipeline that ships and tunes search to it in a service worker: once with all questions, and once so that no question that
 * is checked with is about a document that another was learned from. Prints the figures as one JSON line.
 */
export async function runTunedRetrievalEval({ data, embeddings, embeddingModel }: TunedRetrievalEvalOptions): Promise<void> {
  const documents = await readLines(join(data, 'corpus.jsonl'));
  const judgements = readJudgements(join(data, 'qrels', 'test.tsv'));
  const questions = (await readLines(join(data, 'queries.jsonl'))).flatMap(({ _id, text = '' }): AskedQuestion[] => {
    const documentIds = [...(judgements.get(_id) ?? [])].flatMap(([id, grade]) => (grade > 0 ? id : []));
    return documentIds.length > 0 ? [{ text, documentIds }] : [];
  });
  const ownServer = embeddings ? undefined : await startModelServer({ apiKey: null });
  const baseUrl = embeddings ?? ownServer?.url ?? '';
  const server: EmbeddingServer = { baseUrl, model: embeddingModel ?? (embeddings ? await firstEmbeddingModel(baseUrl) : testModel) };

  const laboratory = await openLaboratory(await bundleForBrowser('scripts/harness/tuning-harness.ts', 'harness'));
  const worker = new LaboratoryWorker<Harness>(laboratory);
  try {
    for (let from = 0; from < documents.length; from += batchSize) {
      const batch = documents.slice(from, from + batchSize);
      const saved = batch.map(({ _id, title = '', text = '' }) => ({ id: _id, title, text }));
      await worker.inPage('saveDocuments', saved, server);
      progress(`${Math.min(documents.length, from + batchSize)} of ${documents.length} documents indexed`);
    }
    const figures: Record<string, TuningFigures> = {};
    for (const [name, asked] of Object.entries({ sameDocuments: questions, otherDocuments: onOtherDocuments(questions) })) {
      figures[name] = (await worker.ask('tune', asked, server)).value;
      progress(`${name}: tuned`);
    }
    console.log(JSON.stringify({ model: server.model, documents: documents.length, ...figures }));
  } finally {
    await laboratory.close();
    await ownServer?.close();
  }
}

/** Those that are on the side to be checked with, or not, together with all of their documents. */
function onOtherDocuments(questions: readonly AskedQuestion[]): AskedQuestion[] {
  const isChecked = (side: PairSide) => side === 'check';
  return questions.filter(({ text, documentIds }) => documentIds.every((id) => isChecked(sideOf(id)) === isChecked(sideOf(text))));
}
