import { bundleForBrowser } from '../harness/bundle-for-browser';
import { openLaboratory } from '../harness/open-laboratory';
import type { PeerName } from '../harness/peer-indexes';
import type { Answer, SentQuestion } from '../harness/search-harness';
import { LaboratoryWorker, type WorkerReply } from './laboratory-worker';
import { SyntheticLibrary } from './synthetic-library';
import { percentile, rounded } from './timing';
import { openWorkerMemory } from './worker-memory';

type SearchWorker = LaboratoryWorker<typeof import('../harness/search-harness')>;

const dimensions = 1_536;
const starts = 9;
const peerStarts = 3;
/** Fewer than ours: some take seconds each. */
const peerQuestions = 20;
const warmQuestions = 60;
/** Asked before, so that the code is compiled and what is kept between searches is there. */
const warmingQuestions = 5;
const recallQuestions = 40;
const memoryQuestions = 20;
/** Larger indexes are more than these can build or hold in one piece. */
const mostPeerPassages = 100_000;

export interface PeerFigures {
  /** In a worker that runs: from nothing in memory to an index that can be asked. */
  readonly loadMs: number;
  /** From a message to a killed worker until its answer; the median. */
  readonly coldMs: number;
  readonly warmP50Ms: number;
}

export interface SearchFigures {
  readonly passages: number;
  readonly dimensions: number;
  readonly ours: {
    /** From a message to a killed worker until ranked passages are back; the median and the slowest. */
    readonly coldMs: number;
    readonly coldMaxMs: number;
    /** What a killed worker takes to answer anything at all: part of the above. */
    readonly startMs: number;
    readonly warmP50Ms: number;
    readonly warmP95Ms: number;
    /** The most that was alive in the worker while it answered questions from a cold start, above an empty worker. */
    readonly memoryMb: number;
    /** The same with what was not cleared away yet. */
    readonly memoryWithGarbageMb: number;
    /** What stays alive between questions. */
    readonly memoryHeldMb: number;
    /** All records and keys but those of the text, before the database compresses them. */
    readonly bytesPerPassage: number;
    readonly recallAt10: number;
  };
  /** `null`: not tried at this size, or it could not be done. */
  readonly peers: Readonly<Record<PeerName, PeerFigures | null>> & {
    readonly minisearchWithScan: Pick<PeerFigures, 'loadMs' | 'coldMs'> | null;
  };
  /** How many times as long theirs takes. */
  readonly ratios: { readonly coldMiniSearchWithScan: number | null; readonly warmExactScan: number | null };
  readonly bytesPerPassageByStore: Readonly<Record<string, number>>;
  /** What the browser says that all of it takes, text included. */
  readonly diskBytesPerPassage: number;
  readonly textCharactersPerPassage: number;
  readonly buildPassagesPerSecond: number;
}

/** Builds a library in a browser's page and measures the search in its worker. @param report told how far it is */
export async function measureSearch(passages: number, report: (progress: string) => void): Promise<SearchFigures> {
  const script = await bundleForBrowser('scripts/harness/search-harness.ts', 'harness');
  const laboratory = await openLaboratory(script);
  laboratory.page.on('console', (message) => report(`  ${message.text()}`));
  const worker: SearchWorker = new LaboratoryWorker(laboratory);
  try {
    const questions = askAbout(passages);
    const recallVectors = questions(recallQuestions).map(({ vector }) => vector);
    report(`Building a library of ${passages} passages …`);
    const built = await worker.inPage('buildOurs', passages, dimensions, recallVectors);
    await worker.renewPage(script);
    const diskBytes = await worker.inPage('settledBytes');
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
    const peers = passages <= mostPeerPassages ? await measurePeers(worker, script, passages, questions, report) : noPeers;

    const perPassage = (amount: number) => rounded(amount / passages);
    const apartFromText = stores.filter(({ store }) => store !== 'versions').reduce((sum, { bytes }) => sum + bytes, 0);
    const ratio = (theirs: number | undefined, ours: number) => (theirs === undefined ? null : rounded(theirs / ours, 2));
    return {
      passages,
      dimensions,
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
      peers,
      ratios: {
        coldMiniSearchWithScan: ratio(peers.minisearchWithScan?.coldMs, median(coldMs)),
        warmExactScan: ratio(peers.exactScan?.warmP50Ms, median(warmMs)),
      },
      bytesPerPassageByStore: Object.fromEntries(
        stores.filter(({ bytes }) => bytes > 0).map(({ store, bytes }) => [store, perPassage(bytes)]),
      ),
      diskBytesPerPassage: Math.round(diskBytes / passages),
      textCharactersPerPassage: Math.round(built.textCharacters / passages),
      buildPassagesPerSecond: Math.round((passages * 1_000) / built.buildMs),
    };
  } finally {
    await laboratory.close();
  }
}

const median = (values: readonly number[]) => percentile(values, 0.5);

type Questions = (count: number) => SentQuestion[];

/** Gives questions about a library, never one twice. */
function askAbout(passages: number): Questions {
  const library = new SyntheticLibrary(dimensions);
  let number = 0;
  return (count) =>
    Array.from({ length: count }, () => {
      const { text, vector } = library.question(number++, passages);
      return { text, vector: [...vector] };
    });
}

/** Ends the worker before each question. @returns the milliseconds that the page waited for each answer */
async function timeStarts(
  worker: SearchWorker,
  questions: readonly SentQuestion[],
  ask: (question: SentQuestion) => Promise<WorkerReply<Answer>>,
): Promise<number[]> {
  const times: number[] = [];
  for (const question of questions) {
    await worker.kill();
    const { ms, value } = await ask(question);
    if (!value.isFirst) throw new Error('The worker was not started anew.');
    times.push(ms);
  }
  return times;
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
    return { mostMb: rounded((mostBytes - emptyBytes) / 2 ** 20), heldMb: rounded((heldBytes - emptyBytes) / 2 ** 20) };
  };
  const withGarbage = await readings(false);
  const live = await readings(true);
  return { memoryMb: live.mostMb, memoryWithGarbageMb: withGarbage.mostMb, memoryHeldMb: live.heldMb };
}

const noPeers = { minisearch: null, orama: null, exactScan: null, minisearchWithScan: null };

async function measurePeers(
  worker: SearchWorker,
  script: string,
  passages: number,
  questions: Questions,
  report: (progress: string) => void,
): Promise<SearchFigures['peers']> {
  const cold = async (names: readonly PeerName[]) => {
    const loads: number[] = [];
    const times = await timeStarts(worker, questions(peerStarts), async (question) => {
      const reply = await worker.ask('searchPeers', names, passages, question);
      loads.push(reply.value.loadMs);
      return reply;
    });
    return { loadMs: rounded(median(loads)), coldMs: rounded(median(times)) };
  };
  /** What can't be built or held is no reason to do without the rest. */
  const orNull = async <Figures>(what: string, measure: () => Promise<Figures>): Promise<Figures | null> => {
    report(`Measuring ${what} …`);
    return measure().catch((error: unknown) => {
      report(`${what} could not be measured: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    });
  };
  const alone = (name: PeerName) =>
    orNull(name, async () => {
      await worker.inPage('buildPeer', name, passages, dimensions);
      await worker.renewPage(script);
      const figures = await cold([name]);
      await worker.ask('timePeer', name, questions(warmingQuestions));
      const { value: warmMs } = await worker.ask('timePeer', name, questions(peerQuestions));
      return { ...figures, warmP50Ms: rounded(median(warmMs), 2) };
    });
  const minisearch = await alone('minisearch');
  const exactScan = await alone('exactScan');
  const both = minisearch && exactScan && (await orNull('minisearch with exactScan', () => cold(['minisearch', 'exactScan'])));
  // Last, since it is the one that may take the page's memory.
  const orama = await alone('orama');
  return { minisearch, orama, exactScan, minisearchWithScan: both };
}
