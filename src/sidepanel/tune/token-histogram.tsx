import type { HistogramBin } from '../../core/tuning/histogram';
import { t } from '../../view/translate';

const size = { width: 310, height: 84, foot: 14, top: 12 };

/** How many are how long, as bars. What is read out says the same. */
export function TokenHistogram({ label, bins }: { readonly label: string; readonly bins: readonly HistogramBin[] }) {
  const highest = Math.max(...bins.map(({ count }) => count));
  if (!(highest > 0)) return null;
  const step = size.width / Math.max(bins.length, 6);
  const room = size.height - size.foot - size.top;
  const spoken = bins.filter(({ count }) => count > 0).map(({ from, to, count }) => t('tune_bin', from, to, count));
  return (
    <figure class="tune-histogram">
      <figcaption class="small soft">{label}</figcaption>
      <svg viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={`${label}: ${spoken.join('; ')}`}>
        <line x1="0" x2={size.width} y1={size.top + room} y2={size.top + room} />
        {bins.map(({ from, count }, index) => {
          const height = count > 0 ? Math.max(1, (count / highest) * room) : 0;
          const middle = (index + 0.5) * step;
          return (
            <g key={from}>
              <rect x={index * step + 2} y={size.top + room - height} width={step - 4} height={height} />
              {count > 0 && (
                <text x={middle} y={size.top + room - height - 2} text-anchor="middle">
                  {count}
                </text>
              )}
              <text x={middle} y={size.height - 2} text-anchor="middle">
                {from}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
