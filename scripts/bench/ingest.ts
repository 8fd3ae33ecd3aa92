import { bundleForBrowser } from '../harness/bundle-for-browser';
import { openLaboratory } from '../harness/open-laboratory';
import { rounded } from './timing';

type Harness = typeof import('../harness/search-harness');

/** Passages indexed a second, network aside, with MiniSearch and Orama beside it in the same browser. */
export async function runIngestBench(passages: number): Promise<void> {
  const laboratory = await openLaboratory(await bundleForBrowser('scripts/harness/search-harness.ts', 'harness'));
  try {
    const perSecond = await laboratory.page.evaluate(
      (count) => (globalThis as unknown as { harness: Harness }).harness.timeIndexing(count),
      passages,
    );
    const { ours, minisearch, orama } = perSecond;
    const figures = {
      passages,
      ours: { passagesPerSecond: Math.round(ours) },
      peers: { minisearch: { passagesPerSecond: Math.round(minisearch) }, orama: { passagesPerSecond: Math.round(orama) } },
      ratios: { minisearch: rounded(ours / minisearch, 2), orama: rounded(ours / orama, 2) },
    };
    console.log(JSON.stringify(figures));
  } finally {
    await laboratory.close();
  }
}
