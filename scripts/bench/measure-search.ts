import { bundleForBrowser } from '../harness/bundle-for-browser';
import { openLaboratory } from '../harness/open-laboratory';
import type { SentQuestion } from '../harness/search-harness';
import { readKeptBuild, writeKeptBuild } from './kept-library';
import { LaboratoryWorker } from './laboratory-worker';
import { measurePeers } from './measure-peers';
import type { SearchFigures } from './search-figures';
import { askAbout, dimensions, type Questions, type SearchWorker, timeStarts, warmingQuestions } from './search-worker';
import { median, percentile, rounded } from './timing';
import { openWorkerMemory } from './worker-memory';

const starts = 9;
const warmQuestions = 60;
const recallQuestions = 40;
const memoryQuestions = 20;

/**
 * Builds a library in a browser's page and measures the search in its worker; then what others do, in browsers of their own.
 * @param keptIn a folder that the library is kept in; when one of as many passages lies there, it is measured, and none is built
 * @param report told how far it is
 */
export async function measureSearch(passages: number, report: (progress: string) => void, keptIn?: string): Promise<SearchFigures> {
  const script = await bundleForBrowser('scripts/harness/search-harness.ts', 'harness');
  const questions = askAbout(passages);
  const { ours, ...sizes } = await measureOurs(script, passages, questions, keptIn, report);
  const { peers, peersLeftOut } = await measurePeers(script, passages, questions, report);
  const ratio = (theirs: number | undefined, own: number) => (theirs === undefined ? null : rounded(theirs / own, 2));
  return {
    passages,
    dimensions,
    ours,
    peers,
    peersLeftOut,
    ratios: {
      coldMiniSearchWithScan: ratio(peers.minisearchWithScan?.coldMs, ours.coldMs),
      warmExactScan: ratio(peers.exactScan?.warmP50Ms, ours.warmP50Ms),
    },
    ...sizes,
  };
}

type OwnFigures = Omit<SearchFigures, 'passages' | 'dimensions' | 'peers' | 'peersLeftOut' | 'ratios'>;

async function measureOurs(
  script: string,
  passages: number,
  questions: Questions,
  keptIn: string | undefined,
  report: (progress: string) => void,
): Promise<OwnFigures> {
  const kept = keptIn === undefined ? undefined : readKeptBuild(keptIn, passages);
  const laboratory = await openLaboratory(script, { keptIn });
  laboratory.page.on('console', (message) => report(`  ${message.text()}`));
  const worker: SearchWorker = new LaboratoryWorker(laboratory);
  try {
    const recallVectors = questions(recallQuestions).map(({ vector }) => vector);
    report(kept ? `Measuring the library of ${passages} passages in ${keptIn} …` : `Building a library of ${passages} passages …`);
    const built = kept ?? (await worker.inPage('buildOurs', passages, dimensions, recallVectors));
    if (keptIn !== undefined) writeKeptBuild(keptIn, passages, built);
    await worker.renewPage(script);
    const diskBytes = kept ? null : await worker.inPage('settledBytes');
    const stores = await worker.inPage('measureStores');
    await worker.renewPage(script);

    report('Searching …');
    const startMs = median(await timeStarts(worker, questions(starts), () => worker.ask('wake')));
    const coldMs = await timeStarts(worker, questions(starts), (question) => worker.ask('searchOurs', question));
    await worker.ask('timeOurs', questions(warmingQuestions));
    const { value: warmMs } = await worker.ask('timeOurs', questions(warmQuestions));
    let found = 0;
    for (const [place, vector] of recallVectors.entries()) {
      const { value: ids } = await worker.ask('nearestPassages', vector);
      found += ids.filter((id) => built.nearest[place]?.includes(id)).length;
    }
    const memory = await measureMemory(worker, questions(memoryQuestions));

    const perPassage = (amount: number) => rounded(amount / passages);
    const apartFromText = stores.filter(({ store }) => store !== 'versions').reduce((sum, { bytes }) => sum + bytes, 0);
    return {
      ours: {
        coldMs: rounded(median(coldMs)),
        coldMaxMs: rounded(Math.max(...coldMs)),
        startMs: rounded(startMs),
        warmP50Ms: rounded(median(warmMs)),
        warmP95Ms: rounded(percentile(warmMs, 0.95)),
        ...memory,
        bytesPerPassage: Math.round(apartFromText / passages),
        recallAt10: rounded(found / (recallQuestions * 10), 3),
      },
      bytesPerPassageByStore: Object.fromEntries(
        stores.filter(({ bytes }) => bytes > 0).map(({ store, bytes }) => [store, perPassage(bytes)]),
      ),
      diskBytesPerPassage: diskBytes && Math.round(diskBytes / passages),
      textCharactersPerPassage: Math.round(built.textCharacters / passages),
      buildPassagesPerSecond: Math.round((passages * 1_000) / built.buildMs),
    };
  } finally {
    await laboratory.close();
  }
}

type MemoryFigures = Pick<SearchFigures['ours'], 'memoryMb' | 'memoryWithGarbageMb' | 'memoryHeldMb'>;

/** Reads the worker's memory again and again while it answers, from a cold start on. */
async function measureMemory(worker: SearchWorker, questions: readonly SentQuestion[]): Promise<MemoryFigures> {
  const { session, extensionId } = worker.laboratory;
  const readings = async (isLive: boolean) => {
    await worker.kill();
    await worker.ask('wake');
    const memory = await openWorkerMemory(session, extensionId);
    const emptyBytes = await memory.read(true);
    let isAnswering = true;
    const answering = worker.ask('timeOurs', questions).finally(() => {
      isAnswering = false;
    });
    let mostBytes = emptyBytes;
    while (isAnswering) mostBytes = Math.max(mostBytes, await memory.read(isLive));
    await answering;
    const heldBytes = await memory.read(true);
    await memory.close();
    const { value: laidBytes } = await worker.ask('laidBytes');
    const megabytes = (bytes: number) => rounded((bytes - emptyBytes + laidBytes) / 2 ** 20);
    return { mostMb: megabytes(mostBytes), heldMb: megabytes(heldBytes) };
  };
  const withGarbage = await readings(false);
  const live = await readings(true);
  return { memoryMb: live.mostMb, memoryWithGarbageMb: withGarbage.mostMb, memoryHeldMb: live.heldMb };
}
