import type { CDPSession } from 'playwright-core';
import { bundleForBrowser } from '../harness/bundle-for-browser';
import { type Laboratory, openLaboratory } from '../harness/open-laboratory';
import { rounded } from './timing';

type Harness = typeof import('../harness/search-harness');
type WithHarness = { readonly harness: Harness };

const dimensions = 1_536;

/** Searches a library of synthetic passages cold and warm, with MiniSearch, Orama and a float32 scan beside it in the same browser. */
export async function runSearchBench(passages: number): Promise<void> {
  const script = await bundleForBrowser('scripts/harness/search-harness.ts', 'harness');
  const laboratory = await openLaboratory(script);
  try {
    const { page } = laboratory;
    console.error(`Building a library of ${passages} passages for each …`);
    const { textBytes, ownBytes } = await page.evaluate(
      ([count, width]) => (globalThis as unknown as WithHarness).harness.buildAll(count, width),
      [passages, dimensions] as const,
    );

    await startAgain(laboratory, script);
    const emptyBytes = await heapBytes(laboratory);
    const ours = await page.evaluate((width) => (globalThis as unknown as WithHarness).harness.timeOurs(width), dimensions);
    const memoryMb = ((await heapBytes(laboratory)) - emptyBytes) / 2 ** 20;
    await startAgain(laboratory, script);
    const minisearch = await page.evaluate((width) => (globalThis as unknown as WithHarness).harness.timeMiniSearch(width), dimensions);
    await startAgain(laboratory, script);
    const orama = await page.evaluate((width) => (globalThis as unknown as WithHarness).harness.timeOrama(width), dimensions);
    await startAgain(laboratory, script);
    const exactScan = await page.evaluate(([width, count]) => (globalThis as unknown as WithHarness).harness.timeExactScan(width, count), [
      dimensions,
      passages,
    ] as const);
    const recallAt10 = await page.evaluate(([width, count]) => (globalThis as unknown as WithHarness).harness.measureRecall(width, count), [
      dimensions,
      passages,
    ] as const);

    const peer = ({ loadMs, warmP50Ms }: { loadMs: number; warmP50Ms: number }) => ({
      loadMs: rounded(loadMs),
      warmP50Ms: rounded(warmP50Ms, 2),
    });
    const figures = {
      passages,
      dimensions,
      ours: {
        coldMs: rounded(ours.firstMs),
        warmP50Ms: rounded(ours.warmP50Ms),
        warmP95Ms: rounded(ours.warmP95Ms),
        memoryMb: rounded(memoryMb),
        bytesPerPassage: Math.round((ownBytes - textBytes) / passages),
        recallAt10: rounded(recallAt10, 3),
      },
      peers: { minisearch: peer(minisearch), orama: peer(orama), exactScan: peer(exactScan) },
    };
    console.error(table(figures, minisearch.loadMs + minisearch.firstMs + exactScan.loadMs + exactScan.firstMs));
    console.log(JSON.stringify(figures));
  } finally {
    await laboratory.close();
  }
}

/** A fresh page: nothing loaded, nothing compiled but the script. */
async function startAgain({ page }: Laboratory, script: string): Promise<void> {
  await page.reload();
  await page.evaluate(script);
}

/** What is alive in the page, buffers outside the JavaScript heap included. */
async function heapBytes({ page }: Laboratory): Promise<number> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const usage = (await session.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number };
  await session.detach();
  return usage.usedSize + (usage.backingStorageSize ?? 0);
}

interface Figures {
  readonly ours: { coldMs: number; warmP50Ms: number };
  readonly peers: Record<'minisearch' | 'orama' | 'exactScan', { loadMs: number; warmP50Ms: number }>;
}

function table({ ours, peers }: Figures, peersColdMs: number): string {
  const row = (name: string, load: number, warm: number) => `${name.padEnd(28)}${String(load).padStart(12)}${String(warm).padStart(14)}`;
  return [
    `${''.padEnd(28)}${'cold, ms'.padStart(12)}${'warm p50, ms'.padStart(14)}`,
    row('Commonplace, words+vectors', ours.coldMs, ours.warmP50Ms),
    row('MiniSearch, words (load)', peers.minisearch.loadMs, peers.minisearch.warmP50Ms),
    row('Orama, words (load)', peers.orama.loadMs, peers.orama.warmP50Ms),
    row('float32 scan, vectors (load)', peers.exactScan.loadMs, peers.exactScan.warmP50Ms),
    `Cold, MiniSearch and a float32 scan together take ${rounded(peersColdMs / ours.coldMs)} times as long.`,
  ].join('\n');
}
