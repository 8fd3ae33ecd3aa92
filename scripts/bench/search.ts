import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type LatencySeries, latencyPlot } from './latency-plot';
import { measureSearch } from './measure-search';
import type { SearchFigures } from './search-figures';
import { searchTable } from './search-table';

export interface SearchBenchOptions {
  readonly sizes: readonly number[];
  /** Draws how times grow with size into `docs/`. */
  readonly plot: boolean;
  /** Figures of earlier runs, drawn instead of measuring anew. */
  readonly from: readonly string[];
  /** A folder to keep the libraries in, a folder for each size. Those that lie there are measured instead of building others. */
  readonly keptIn?: string | undefined;
}

const plotFile = 'docs/search-latency.svg';

/** Searches libraries of synthetic pages cold and warm, with MiniSearch, Orama and a float32 scan beside in the same browser. */
export async function runSearchBench({ sizes, plot, from, keptIn }: SearchBenchOptions): Promise<void> {
  const earlier = from.map((file) => JSON.parse(readFileSync(file, 'utf8')) as SearchFigures);
  const measured: SearchFigures[] = [];
  for (const passages of from.length > 0 ? [] : sizes) {
    const figures = await measureSearch(passages, (progress) => console.error(progress), keptIn && join(resolve(keptIn), String(passages)));
    console.error(`${searchTable(figures)}\nKept in ${keep(figures)}`);
    measured.push(figures);
  }
  const all = [...earlier, ...measured].sort((a, b) => a.passages - b.passages);
  if (plot || from.length > 0) {
    writeFileSync(plotFile, plotOf(all));
    console.error(`Drawn in ${plotFile}`);
  }
  for (const figures of all) console.log(JSON.stringify(figures));
}

/** So that sizes can be measured one at a time and drawn together later. */
function keep(figures: SearchFigures): string {
  const folder = join(tmpdir(), 'commonplace-bench');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `search-${figures.passages}.json`);
  writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
  return file;
}

function plotOf(figures: readonly SearchFigures[]): string {
  const series = (name: string, msOf: (figures: SearchFigures) => number | undefined, dashes?: string): LatencySeries => ({
    name,
    ...(dashes ? { dashes } : {}),
    points: figures.flatMap((one) => {
      const ms = msOf(one);
      return ms === undefined ? [] : [{ passages: one.passages, ms }];
    }),
  });
  return latencyPlot(
    [series('Commonplace, cold', ({ ours }) => ours.coldMs), series('Commonplace, warm (p95)', ({ ours }) => ours.warmP95Ms, '6 4')],
    [
      series('MiniSearch and float32 scan, cold', ({ peers }) => peers.minisearchWithScan?.coldMs),
      series('float32 scan alone, warm (p50)', ({ peers }) => peers.exactScan?.warmP50Ms, '6 4'),
      series('MiniSearch alone, warm (p50)', ({ peers }) => peers.minisearch?.warmP50Ms, '2 4'),
      series('Orama, cold', ({ peers }) => peers.orama?.coldMs, '12 3 2 3'),
      series('Orama, warm (p50)', ({ peers }) => peers.orama?.warmP50Ms, '2 8'),
    ],
  );
}
