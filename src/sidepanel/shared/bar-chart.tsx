export interface ChartBar {
  /** Its place from the left, counted from 0. */
  readonly at: number;
  readonly value: number;
  /** Stands over it. */
  readonly words?: string;
}

export interface ChartMark {
  readonly at: number;
  readonly words: string;
}

interface BarChartProps {
  /** What is read out. */
  readonly label: string;
  readonly places: number;
  readonly bars: readonly ChartBar[];
  /** Under the places. */
  readonly marks: readonly ChartMark[];
  /** Stands at the height of the highest bar. */
  readonly top?: string;
}

const size = { width: 310, height: 90, foot: 14, top: 14 };
const room = size.height - size.foot - size.top;
const gap = 2;
/** Words at the right edge of a narrower place would be cut off if they stood in its middle. */
const roomyPlace = 24;

/** A few figures as bars; nothing when all are 0. */
export function BarChart({ label, places, bars, marks, top }: BarChartProps) {
  const highest = Math.max(...bars.map(({ value }) => value));
  if (!(highest > 0)) return null;
  const step = size.width / places;
  const isAtEdge = (at: number) => at === places - 1 && step < roomyPlace;
  return (
    <svg class="bar-chart" viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={label}>
      {top && (
        <text x="0" y="10">
          {top}
        </text>
      )}
      <line x1="0" x2={size.width} y1={size.top + room} y2={size.top + room} />
      {bars.map(({ at, value, words }) => {
        const height = value > 0 ? Math.max(1, (value / highest) * room) : 0;
        return (
          <g key={at}>
            <rect x={at * step + gap / 2} y={size.top + room - height} width={step - gap} height={height} />
            {words && (
              <text x={(at + 0.5) * step} y={size.top + room - height - 2} text-anchor="middle">
                {words}
              </text>
            )}
          </g>
        );
      })}
      {marks.map(({ at, words }) => (
        <text key={at} x={isAtEdge(at) ? size.width : (at + 0.5) * step} y={size.height - 2} text-anchor={isAtEdge(at) ? 'end' : 'middle'}>
          {words}
        </text>
      ))}
    </svg>
  );
}
