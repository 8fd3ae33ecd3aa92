import type { UsageSum } from '../../core/usage-row';
import { formatMonth } from '../../view/format-date';
import { formatPriceUsd } from '../../view/format-usd';
import { t } from '../../view/translate';

const size = { width: 310, height: 96, foot: 14, top: 14 };

/** What each day of a month came to, as bars. The table says the same in figures. */
export function SpendingChart({ month, sums }: { readonly month: string; readonly sums: readonly UsageSum[] }) {
  const days = daysIn(month);
  const usdOf = new Map<number, number>();
  for (const { day, usd } of sums) usdOf.set(Number(day.slice(8)), (usdOf.get(Number(day.slice(8))) ?? 0) + usd);
  const highest = Math.max(...usdOf.values());
  if (!(highest > 0)) return null;
  const step = size.width / days;
  const room = size.height - size.foot - size.top;
  return (
    <svg
      class="spending-chart"
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={t('spending_by_day', formatMonth(month))}
    >
      <text x="0" y="10">
        {formatPriceUsd(highest)}
      </text>
      <line x1="0" x2={size.width} y1={size.top + room} y2={size.top + room} />
      {[...usdOf].map(([day, usd]) => {
        const height = usd > 0 ? Math.max(1, (usd / highest) * room) : 0;
        return <rect key={day} x={(day - 1) * step + 1} y={size.top + room - height} width={step - 2} height={height} />;
      })}
      {[1, 8, 15, 22, days].map((day) => (
        <text
          key={day}
          x={day === days ? size.width : (day - 0.5) * step}
          y={size.height - 2}
          text-anchor={day === days ? 'end' : 'middle'}
        >
          {day}
        </text>
      ))}
    </svg>
  );
}

function daysIn(month: string): number {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(year, number, 0).getDate();
}
