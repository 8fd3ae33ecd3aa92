import { parseArgs } from 'node:util';

const usage = `Usage:
  npm run -s eval -- retrieval --data DIR --run FILE [--embeddings URL [--embedding-model NAME] | --peer minisearch|orama]
      how well questions find the documents that answer them; writes a TREC run
  npm run -s eval -- tuned-retrieval --data DIR [--embeddings URL [--embedding-model NAME]]
      what search gains on questions held back when it is tuned on others of the same collection; with the vectors of the tests' server unless told
  npm run -s eval -- extraction --data DIR --out FILE
      how well the main text of a page is told from the rest; writes JSON lines
  npm run -s eval -- citations --data DIR --out FILE
      which sentences of its passages bear out each sentence of an answer; writes JSON lines, and measures them against gold.jsonl if there is one
  npm run -s eval -- citation-set --data DIR --out DIR
      makes a set for it from questions whose answers are known (corpus.jsonl, queries.jsonl, qrels/test.tsv)
  npm run -s eval -- tuning --data FILE
      what is wrong with a file of examples to train a model on, and what training would cost`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    run: { type: 'string' },
    out: { type: 'string' },
    embeddings: { type: 'string' },
    peer: { type: 'string' },
    'embedding-model': { type: 'string' },
  },
});
const [kind] = positionals;
const { data, run, out, peer, embeddings, 'embedding-model': embeddingModel } = values;

if (kind === 'retrieval' && data && run) {
  const { runRetrievalEval } = await import('./eval/retrieval');
  await runRetrievalEval({ data, run, peer, embeddings, embeddingModel });
} else if (kind === 'tuned-retrieval' && data) {
  const { runTunedRetrievalEval } = await import('./eval/tuned-retrieval');
  await runTunedRetrievalEval({ data, embeddings, embeddingModel });
} else if (kind === 'extraction' && data && out) {
  const { runExtractionEval } = await import('./eval/extraction');
  await runExtractionEval({ data, out });
} else if (kind === 'citations' && data && out) {
  const { runCitationEval } = await import('./eval/citations');
  runCitationEval({ data, out });
} else if (kind === 'citation-set' && data && out) {
  const { writeCitationSet } = await import('./eval/citation-set');
  writeCitationSet({ data, out });
} else if (kind === 'tuning' && data) {
  const { runTuningEval } = await import('./eval/tuning');
  await runTuningEval({ data });
} else {
  console.error(usage);
  process.exitCode = 2;
}
