import type { AddingMs } from '../harness/build-library';
import { bundleForBrowser } from '../harness/bundle-for-browser';
import { openLaboratory } from '../harness/open-laboratory';
import { LaboratoryWorker } from './laboratory-worker';
import { percentile, rounded } from './timing';

type IngestLaboratory = LaboratoryWorker<typeof import('../harness/ingest-harness')>;

const dimensions = 1_536;
const addedPages = 20;
const passagesPerAddedPage = 20;
/** Of vectors that stay unused. */
const wordsOnly = 1;

/** Passages indexed a second, network aside, with MiniSearch and Orama beside it in the same browser; and what one page more costs, whatever is there already. */
export async function runIngestBench(passages: number): Promise<void> {
  const script = await bundleForBrowser('scripts/harness/ingest-harness.ts', 'harness');
  const laboratory = await openLaboratory(script);
  const harness: IngestLaboratory = new LaboratoryWorker(laboratory);
  const perSecond = (ms: number) => Math.round((passages * 1_000) / ms);
  const ours = async (name: string, width: number, isEmbedded: boolean) => {
    console.error(`Indexing ${passages} passages as ${name} …`);
    const spent = await harness.inPage('fillLibrary', name, passages, width, isEmbedded);
    await harness.renewPage(script);
    const parts = Object.entries(spent);
    const shares = parts.map(([part, ms]) => `${part} ${Math.round((ms * 1_000) / passages)}`).join(', ');
    console.error(`  microseconds a passage, merges beside the rest: ${shares}`);
    return perSecond(spent.total);
  };
  const byQueue = async (name: string, width: number, isEmbedded: boolean) => {
    console.error(`Having ${passages} passages indexed by the queue as ${name} …`);
    const ms = await harness.inPage('fillByQueue', name, passages, width, isEmbedded);
    await harness.renewPage(script);
    return perSecond(ms);
  };
  const peer = async (name: 'minisearch' | 'orama') => {
    console.error(`Indexing with ${name} …`);
    const { buildMs, makingMs } = await harness.inPage('timePeer', name, passages);
    await harness.renewPage(script);
    return perSecond(buildMs - makingMs);
  };
  try {
    const words = await ours('words', wordsOnly, false);
    const minisearch = await peer('minisearch');
    const orama = await peer('orama');
    const vectors = await ours('vectors', dimensions, true);
    const queue = {
      passagesPerSecond: await byQueue('queued-words', wordsOnly, false),
      passagesPerSecondWithVectors: await byQueue('queued-vectors', dimensions, true),
    };
    console.error('Adding pages …');
    const { toEmpty, toFull } = await harness.inPage('timeAddedPages', 'vectors', addedPages, passagesPerAddedPage, dimensions);
    const added = (spent: readonly AddingMs[], where: string) => {
      const medianOf = (part: keyof AddingMs) =>
        rounded(
          percentile(
            spent.map((one) => one[part]),
            0.5,
          ),
        );
      console.error(`  milliseconds, ${where}: index ${medianOf('index')}, commit ${medianOf('commit')}, merge ${medianOf('merge')}`);
      return percentile(spent.map(totalMs), 0.5);
    };
    const [emptyMs, fullMs] = [added(toEmpty, 'to an empty library'), added(toFull, 'to this one')];
    const figures = {
      passages,
      dimensions,
      ours: {
        passagesPerSecond: words,
        passagesPerSecondWithVectors: vectors,
        queue,
        addOneMs: { empty: rounded(emptyMs), full: rounded(fullMs), ratio: rounded(fullMs / emptyMs, 2) },
      },
      peers: { minisearch: { passagesPerSecond: minisearch }, orama: { passagesPerSecond: orama } },
      ratios: { minisearch: rounded(words / minisearch, 2), orama: rounded(words / orama, 2) },
    };
    console.log(JSON.stringify(figures));
  } finally {
    await laboratory.close();
  }
}

const totalMs = ({ split, index, commit, merge }: AddingMs) => split + index + commit + merge;
