import { bundleForBrowser } from '../harness/bundle-for-browser';
import { openLaboratory } from '../harness/open-laboratory';
import { LaboratoryWorker } from './laboratory-worker';
import { rounded } from './timing';

type Harness = Pick<typeof import('../harness/tuning-harness'), 'timeTraining'>;

/** How long the map takes to be trained in a service worker, for how long it lets nobody else have a turn, and what it adds to a search. */
export async function runTuningBench(pairs: number): Promise<void> {
  const laboratory = await openLaboratory(await bundleForBrowser('scripts/harness/tuning-harness.ts', 'harness'));
  try {
    const { value } = await new LaboratoryWorker<Harness>(laboratory).ask('timeTraining', pairs, 1_536);
    const { trainingMs, longestTurnMs, mapMs } = value;
    console.log(
      JSON.stringify({
        pairs,
        dimensions: 1_536,
        trainingMs: Math.round(trainingMs),
        longestTurnMs: rounded(longestTurnMs),
        mapMs: rounded(mapMs, 3),
      }),
    );
  } finally {
    await laboratory.close();
  }
}
