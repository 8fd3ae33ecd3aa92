import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LatencySeries, latencyPlot } from './latency-plot';
import { measureSearch, type SearchFigures } from './measure-search';
import { searchTable } from './search-table';

export interface SearchBenchOptions {
  readonly sizes: readonly number[];
  /** Draws how times grow with size into `docs/`. */
  readonly plot: boolean;
  /** Figures of earlier runs, drawn instead of measuring anew. */
  readonly from: readonly string[];
}

const plotFile = 'docs/search-latency.svg';

/** Searches libraries of synthetic pages cold and warm, with MiniSearch, Orama and a float32 scan beside in the same browser. */
export async function runSearchBench({ sizes, plot, from }: SearchBenchOptions): Promise<void> {
  const earlier = from.map((file) => JSON.parse(readFileSync(file, 'utf8')) as SearchFigures);
  const measured: SearchFigures[] = [];
  for (const passages of from.length > 0 ? [] : sizes) {
    const figures = await measureSearch(passages, (progress) => console.error(progress));
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
      series('MiniSearch, cold', ({ peers }) => peers.minisearch?.coldMs, '2 4'),
    ],
  );
}
