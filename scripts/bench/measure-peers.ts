import { type Laboratory, openLaboratory } from '../harness/open-laboratory';
import type { PeerName } from '../harness/peer-indexes';
import { LaboratoryWorker } from './laboratory-worker';
import type { PeerFigures, PeersFigures, SearchFigures } from './search-figures';
import { dimensions, type Questions, type SearchWorker, timeStarts, warmingQuestions } from './search-worker';
import { median, rounded } from './timing';

const peerStarts = 3;
/** Fewer than ours: some take seconds each. */
const peerQuestions = 20;
/** No more are asked once they have taken so long, but for the first few. */
const questionsMs = 60_000;
const leastQuestions = 5;
/** Then the browser is ended, and there are no figures. */
const mostMs = 8 * 60_000;
const mostMemoryBytes = 4e9;
/** V8's, on machines of 64 bits. */
const longestString = 2 ** 29 - 24;
/** Of a library of synthetic pages, as it is stored. */
const miniSearchCharactersPerPassage = 1_385;

/** At 100,000 it loads in 34 seconds and answers in 4. */
const mostOramaPassages = 300_000;

interface Measured {
  readonly peers: PeersFigures;
  readonly peersLeftOut: SearchFigures['peersLeftOut'];
}

/** Measures what others do, each as long as it is within limits of time and memory. What can't be built or held is no reason to do without the rest. */
export async function measurePeers(
  script: string,
  passages: number,
  questions: Questions,
  report: (progress: string) => void,
): Promise<Measured> {
  const peersLeftOut: Partial<Record<keyof PeersFigures, string>> = {};
  let laboratory: Laboratory | undefined;
  const end = async () => {
    await laboratory?.close();
    laboratory = undefined;
  };
  const orNull = async <Figures>(
    what: keyof PeersFigures,
    tooLarge: string | undefined,
    measure: (worker: SearchWorker) => Promise<Figures>,
  ): Promise<Figures | null> => {
    try {
      if (tooLarge) throw new Error(tooLarge);
      report(`Measuring ${what} …`);
      laboratory ??= await openLaboratory(script);
      return await withinTime(measure(new LaboratoryWorker(laboratory)));
    } catch (error) {
      const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      peersLeftOut[what] = reason;
      report(`${what} is left out: ${reason}`);
      // It may still be at work, or gone.
      if (!tooLarge) await end();
      return null;
    }
  };
  const alone = (name: PeerName) =>
    orNull(name, tooLargeFor(name, passages), async (worker) => {
      await worker.inPage('buildPeer', name, passages, dimensions);
      await worker.renewPage(script);
      const figures = await timeCold(worker, [name], passages, questions);
      return { ...figures, warmP50Ms: await timeWarm(worker, name, questions) };
    });
  try {
    const minisearch = await alone('minisearch');
    const exactScan = await alone('exactScan');
    const missing = minisearch && exactScan ? undefined : 'one of the two is left out';
    const minisearchWithScan = await orNull('minisearchWithScan', missing, (worker) =>
      timeCold(worker, ['minisearch', 'exactScan'], passages, questions),
    );
    // Last, since it is the one that may take the browser's memory.
    const orama = await alone('orama');
    return { peers: { minisearch, orama, exactScan, minisearchWithScan }, peersLeftOut };
  } finally {
    await end();
  }
}

/** Why it is not even tried. */
function tooLargeFor(name: PeerName, passages: number): string | undefined {
  if (name === 'exactScan' && passages * dimensions * 4 > mostMemoryBytes)
    return `its vectors would take ${rounded((passages * dimensions * 4) / 1e9)} GB of memory, over the limit of ${mostMemoryBytes / 1e9}`;
  if (name === 'minisearch' && passages * miniSearchCharactersPerPassage > longestString)
    return 'its index, stored as one string, would be longer than strings may be';
  if (name === 'orama' && passages > mostOramaPassages) return `it takes more than ${mostMs / 60_000} minutes`;
  return undefined;
}

async function withinTime<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it takes more than ${mostMs / 60_000} minutes`)), mostMs);
  });
  // When its browser is ended it fails, and nobody listens any more.
  work.catch(() => {});
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function timeCold(
  worker: SearchWorker,
  names: readonly PeerName[],
  passages: number,
  questions: Questions,
): Promise<Pick<PeerFigures, 'loadMs' | 'coldMs'>> {
  const loads: number[] = [];
  const times = await timeStarts(worker, questions(peerStarts), async (question) => {
    const reply = await worker.ask('searchPeers', names, passages, question);
    loads.push(reply.value.loadMs);
    return reply;
  });
  return { loadMs: rounded(median(loads)), coldMs: rounded(median(times)) };
}

async function timeWarm(worker: SearchWorker, name: PeerName, questions: Questions): Promise<number> {
  const startedAt = performance.now();
  const times: number[] = [];
  // One at a time: of an event that takes minutes the browser ends the worker.
  for (const question of questions(warmingQuestions + peerQuestions)) {
    times.push(...(await worker.ask('timePeer', name, [question])).value);
    if (times.length >= warmingQuestions + leastQuestions && performance.now() - startedAt > questionsMs) break;
  }
  return rounded(median(times.slice(warmingQuestions)), 2);
}
