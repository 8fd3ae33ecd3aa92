import { createReadStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundleForBrowser } from '../harness/bundle-for-browser';
import { openLaboratory } from '../harness/open-laboratory';
import type { Document, EmbeddingServer } from '../harness/retrieval-harness';
import { peerRankings } from './peer-rankings';
import { type Judgements, measureRankings } from './retrieval-measures';

type Harness = typeof import('../harness/retrieval-harness');

const rankedDocuments = 100;
/** Documents and questions handed to the browser at a time. */
const batchSize = 200;
const runTag = 'commonplace';

export interface RetrievalEvalOptions {
  /** A folder with corpus.jsonl {_id, title, text}, queries.jsonl {_id, text} and qrels/test.tsv. */
  readonly data: string;
  /** The file that the TREC run is written to. */
  readonly run: string;
  /** Another search to measure in place of ours; see `peerRankings`. */
  readonly peer?: string | undefined;
  /** Base address of an OpenAI-compatible server; without one, search is by words only. */
  readonly embeddings?: string | undefined;
  /** The server's model; its first with “embed” in its name unless told. */
  readonly embeddingModel?: string | undefined;
}

/** Indexes a collection through the pipeline that ships, searches it, writes a TREC run and prints the figures as one JSON line. */
export async function runRetrievalEval({ data, run, peer, embeddings, embeddingModel }: RetrievalEvalOptions): Promise<void> {
  const startedAt = performance.now();
  const documents = (await readLines(join(data, 'corpus.jsonl'))).map(
    ({ _id, title = '', text = '' }): Document => ({ id: _id, title, text }),
  );
  const queries = await readLines(join(data, 'queries.jsonl'));
  const judgements = readJudgements(join(data, 'qrels', 'test.tsv'));
  const server = embeddings ? { baseUrl: embeddings, model: embeddingModel ?? (await firstEmbeddingModel(embeddings)) } : undefined;

  const { rankings, indexSeconds } = peer
    ? { rankings: rankByPeer(peer, documents, queries), indexSeconds: undefined }
    : await rankByOurs(documents, queries, server);

  writeFileSync(run, trecRun(rankings));
  const ids = new Map([...rankings].map(([question, ranking]) => [question, ranking.map(([id]) => id)]));
  const figures = measureRankings(ids, judgements);
  console.log(JSON.stringify({ ...figures, documents: documents.length, indexSeconds, seconds: seconds(startedAt) }));
}

type Rankings = Map<string, [string, number][]>;

async function rankByOurs(documents: readonly Document[], queries: readonly Line[], server: EmbeddingServer | undefined) {
  const laboratory = await openLaboratory(await bundleForBrowser('scripts/harness/retrieval-harness.ts', 'harness'));
  const startedAt = performance.now();
  const rankings: Rankings = new Map();
  let indexSeconds = 0;
  try {
    for (let from = 0; from < documents.length; from += batchSize) {
      await laboratory.page.evaluate(([batch, to]) => (globalThis as unknown as { harness: Harness }).harness.saveDocuments(batch, to), [
        documents.slice(from, from + batchSize),
        server,
      ] as [Document[], EmbeddingServer | undefined]);
      progress(`${Math.min(documents.length, from + batchSize)} of ${documents.length} documents indexed`);
    }
    indexSeconds = seconds(startedAt);
    for (let from = 0; from < queries.length; from += batchSize) {
      const batch = queries.slice(from, from + batchSize);
      const ranked = await laboratory.page.evaluate(
        ([texts, depth, to]) => (globalThis as unknown as { harness: Harness }).harness.rankDocuments(texts, depth, to),
        [batch.map(({ text = '' }) => text), rankedDocuments, server] as [string[], number, EmbeddingServer | undefined],
      );
      for (const [index, { _id }] of batch.entries()) rankings.set(_id, ranked[index] ?? []);
      progress(`${Math.min(queries.length, from + batchSize)} of ${queries.length} questions searched`);
    }
  } finally {
    await laboratory.close();
  }
  return { rankings, indexSeconds };
}

/** @throws Error when there is no such peer */
function rankByPeer(peer: string, documents: readonly Document[], queries: readonly Line[]): Rankings {
  const rank = peerRankings[peer];
  if (!rank) throw new Error(`--peer takes one of ${Object.keys(peerRankings).join(', ')}.`);
  const ranked = rank(
    documents,
    queries.map(({ text = '' }) => text),
    rankedDocuments,
  );
  return new Map(queries.map(({ _id }, index) => [_id, ranked[index] ?? []]));
}

function trecRun(rankings: ReadonlyMap<string, readonly (readonly [string, number])[]>): string {
  const lines = [...rankings].flatMap(([question, ranking]) =>
    ranking.map(([id, score], index) => `${question} Q0 ${id} ${index + 1} ${score.toFixed(6)} ${runTag}\n`),
  );
  return lines.join('');
}

export interface Line {
  readonly _id: string;
  readonly title?: string;
  readonly text?: string;
}

export async function readLines(file: string): Promise<Line[]> {
  if (!existsSync(file)) throw new Error(`There is no ${file}. --data takes a folder with corpus.jsonl, queries.jsonl and qrels/test.tsv.`);
  const lines: Line[] = [];
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim()) lines.push(JSON.parse(line) as Line);
  }
  return lines.map((line) => ({ ...line, _id: String(line._id) }));
}

export function readJudgements(file: string): Map<string, Judgements> {
  const judgements = new Map<string, Map<string, number>>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [question, document, grade] = line.trim().split(/\s+/);
    // The first line may name the columns.
    if (!question || !document || !Number.isFinite(Number(grade))) continue;
    const relevance = judgements.get(question) ?? new Map<string, number>();
    judgements.set(question, relevance.set(document, Number(grade)));
  }
  return judgements;
}

export async function firstEmbeddingModel(baseUrl: string): Promise<string> {
  const reply = (await (await fetch(`${baseUrl.replace(/\/+$/, '')}/models`)).json()) as { data?: { id: string }[] };
  const model = reply.data?.find(({ id }) => /embed/i.test(id)) ?? reply.data?.[0];
  if (!model) throw new Error(`${baseUrl} offers no model. Name one with --embedding-model.`);
  return model.id;
}

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 100) / 10;
}

export function progress(words: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${words}   `);
}
