export interface LatencySeries {
  readonly name: string;
  /** A line's pattern tells it from the others where colours don't. */
  readonly dashes?: string;
  /** By rising number of passages; sizes at which nothing was measured are left out. */
  readonly points: readonly { readonly passages: number; readonly ms: number }[];
}

const width = 760;
const plot = { left: 64, right: width - 24, top: 44, bottom: 400 } as const;
/** Below the plot: two columns, ours and theirs, with a piece of each line before its name. */
const legend = { top: plot.bottom + 68, rowHeight: 20, columns: [plot.left, width / 2], sample: 36, gap: 10 } as const;

const style = `
  svg { color: #1f1c17; --ours: #9a3412; --theirs: #3f6b8f; font: 13px system-ui, sans-serif; background: #fbf8f2; }
  @media (prefers-color-scheme: dark) { svg { color: #ece6da; --ours: #f2a172; --theirs: #8fbbe0; background: #1b1916; } }
  text { fill: currentColor; }
  .title { font-weight: 600; }
  .grid { stroke: currentColor; opacity: 0.15; }
  .line { fill: none; stroke-width: 2; }
  .ours { stroke: var(--ours); }
  .theirs { stroke: var(--theirs); }
  circle.ours { fill: var(--ours); }
  circle.theirs { fill: var(--theirs); }
`;

/** Draws how long searches take against the size of the library, both axes logarithmic, as an SVG whose words are text. Lines of ours are drawn apart from `theirs`. */
export function latencyPlot(ours: readonly LatencySeries[], theirs: readonly LatencySeries[]): string {
  const points = [...ours, ...theirs].flatMap((series) => series.points);
  const x = logarithmicScale(spanOf(points.map(({ passages }) => passages)), [plot.left, plot.right]);
  const y = logarithmicScale(wholeDecades(spanOf(points.map(({ ms }) => ms))), [plot.bottom, plot.top]);
  const sizes = [...new Set(points.map(({ passages }) => passages))].sort((a, b) => a - b);
  const drawn = [ours, theirs].map((group) => group.filter((series) => series.points.length > 0));
  const height = legend.top + legend.rowHeight * Math.max(...drawn.map((group) => group.length));
  const parts = [
    `<text class="title" x="${plot.left}" y="24">Time to an answer’s passages, by size of the library</text>`,
    ...y.decades.map((ms) => gridLine(plot.left, y.at(ms), plot.right, y.at(ms)) + text(plot.left - 8, y.at(ms) + 4, duration(ms), 'end')),
    ...sizes.map(
      (size) => gridLine(x.at(size), plot.top, x.at(size), plot.bottom) + text(x.at(size), plot.bottom + 20, count(size), 'middle'),
    ),
    text((plot.left + plot.right) / 2, plot.bottom + 42, 'passages', 'middle'),
    ...theirs.map((series) => line(series, 'theirs', x.at, y.at)),
    ...ours.map((series) => line(series, 'ours', x.at, y.at)),
    ...drawn.flatMap((group, column) => group.map((series, row) => legendRow(series, column === 0 ? 'ours' : 'theirs', column, row))),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${description(ours, theirs)}">
<style>${style}</style>
${parts.join('\n')}
</svg>
`;
}

interface Scale {
  at(value: number): number;
  /** The powers of ten within. */
  readonly decades: readonly number[];
}

function logarithmicScale([least, most]: readonly [number, number], [from, to]: readonly [number, number]): Scale {
  const span = Math.log10(most / least) || 1;
  const firstDecade = Math.ceil(Math.log10(least) - 1e-9);
  const lastDecade = Math.floor(Math.log10(most) + 1e-9);
  return {
    at: (value) => rounded(from + ((to - from) * Math.log10(value / least)) / span),
    decades: Array.from({ length: lastDecade - firstDecade + 1 }, (_, place) => 10 ** (firstDecade + place)),
  };
}

const spanOf = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];
const wholeDecades = ([least, most]: readonly [number, number]): [number, number] => [
  10 ** Math.floor(Math.log10(least)),
  10 ** Math.ceil(Math.log10(most)),
];
const rounded = (value: number) => Math.round(value * 10) / 10;

function legendRow({ name, dashes }: LatencySeries, kind: string, column: number, row: number): string {
  const x = legend.columns[column] ?? 0;
  const y = legend.top + row * legend.rowHeight;
  const sample = `<line class="line ${kind}"${pattern(dashes)} x1="${x}" y1="${y - 4}" x2="${x + legend.sample}" y2="${y - 4}"/>`;
  return sample + text(x + legend.sample + legend.gap, y, name, 'start');
}

function line({ points, dashes }: LatencySeries, kind: string, x: (passages: number) => number, y: (ms: number) => number): string {
  const places = points.map(({ passages, ms }) => [x(passages), y(ms)] as const);
  const circles = places.map(([cx, cy]) => `<circle class="${kind}" cx="${cx}" cy="${cy}" r="3"/>`);
  return `<polyline class="line ${kind}"${pattern(dashes)} points="${places.map((place) => place.join(',')).join(' ')}"/>${circles.join('')}`;
}

const pattern = (dashes: string | undefined) => (dashes ? ` stroke-dasharray="${dashes}"` : '');
const gridLine = (x1: number, y1: number, x2: number, y2: number) => `<line class="grid" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
const text = (x: number, y: number, words: string, anchor: string) =>
  `<text x="${rounded(x)}" y="${rounded(y)}" text-anchor="${anchor}">${words}</text>`;

const duration = (ms: number) => (ms >= 1_000 ? `${ms / 1_000} s` : `${ms} ms`);

function count(passages: number): string {
  if (passages >= 1_000_000) return `${passages / 1_000_000}M`;
  return passages >= 1_000 ? `${passages / 1_000}k` : String(passages);
}

/** For those who hear it. */
function description(ours: readonly LatencySeries[], theirs: readonly LatencySeries[]): string {
  return [...ours, ...theirs]
    .filter(({ points }) => points.length > 0)
    .map(({ name, points }) => `${name}: ${points.map(({ passages, ms }) => `${count(passages)} ${duration(Math.round(ms))}`).join(', ')}`)
    .join('. ');
}
