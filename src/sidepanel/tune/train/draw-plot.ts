import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { PlotData } from './course-data';

export interface Plot {
  readonly show: (data: PlotData) => void;
  readonly remove: () => void;
}

interface PlotOptions {
  /** On an axis. */
  readonly format: (value: number) => string;
  /** Is told which of the steps is pointed at. */
  readonly onPointed: (index: number | undefined) => void;
}

const heightPx = 150;
const axisPx = { steps: 24, values: 44 };
/** With more of them, points would hide the line. */
const mostPoints = 40;
const dashesPx = [5, 3];

/** Draws two lines into an element, as wide as that is, in the colours of the interface as they are at the time. */
export function drawPlot(host: HTMLElement, { format, onPointed }: PlotOptions): Plot {
  const colour = (name: string) => () => getComputedStyle(host).getPropertyValue(name).trim();
  const axis: uPlot.Axis = {
    stroke: colour('--ink-soft'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
    font: `11px ${getComputedStyle(host).fontFamily}`,
    gap: 4,
  };
  const line = (stroke: string, dash: number[]): uPlot.Series => ({
    stroke: colour(stroke),
    width: 1.5,
    dash,
    // Validation is not measured at every step.
    spanGaps: true,
    points: { show: (plot, series) => countValues(plot.data[series]) <= mostPoints, size: 5, fill: colour(stroke) },
  });
  const plot = new uPlot(
    {
      width: Math.max(1, host.clientWidth),
      height: heightPx,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      scales: { x: { time: false, range: (_, first, last) => [first, Math.max(last, first + 1)] }, y: { range: spread } },
      axes: [
        { ...axis, size: axisPx.steps, incrs: wholeSteps, space: 60, values: (_, steps) => steps.map((step) => step.toLocaleString()) },
        { ...axis, size: axisPx.values, space: 30, values: (_, values) => values.map(format) },
      ],
      series: [{}, line('--accent', []), line('--ink', dashesPx)],
      hooks: { setCursor: [({ cursor }) => onPointed(cursor.idx ?? undefined)] },
    },
    [[], [], []],
    host,
  );
  const widths = new ResizeObserver(() => plot.setSize({ width: Math.max(1, host.clientWidth), height: heightPx }));
  widths.observe(host);
  const theme = matchMedia('(prefers-color-scheme: dark)');
  const redraw = () => plot.redraw(false);
  theme.addEventListener('change', redraw);
  return {
    show: ({ steps, training, validation }) => plot.setData([[...steps], [...training], [...validation]]),
    remove() {
      widths.disconnect();
      theme.removeEventListener('change', redraw);
      plot.destroy();
    },
  };
}

const wholeSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000];

function countValues(values: ArrayLike<number | null | undefined> | undefined): number {
  return Array.from(values ?? []).filter((value) => typeof value === 'number').length;
}

/** A tenth more than what there is, above and below; one value alone gets room, too. */
function spread(_: uPlot, lowest: number | null, highest: number | null): [number, number] {
  if (lowest === null || highest === null) return [0, 1];
  const room = (highest - lowest || Math.abs(highest) || 1) / 10;
  return [Math.max(0, lowest - room), highest + room];
}
