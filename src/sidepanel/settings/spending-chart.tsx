import type { UsageSum } from '../../core/spending/usage-row';
import { formatMonth } from '../../view/format-date';
import { formatPriceUsd } from '../../view/format-usd';
import { t } from '../../view/translate';
import { BarChart } from '../shared/bar-chart';

/** What each day of a month came to, as bars. The table says the same in figures. */
export function SpendingChart({ month, sums }: { readonly month: string; readonly sums: readonly UsageSum[] }) {
  const days = daysIn(month);
  const usdOf = new Map<number, number>();
  for (const { day, usd } of sums) usdOf.set(Number(day.slice(8)), (usdOf.get(Number(day.slice(8))) ?? 0) + usd);
  return (
    <BarChart
      label={t('spending_by_day', formatMonth(month))}
      places={days}
      bars={[...usdOf].map(([day, usd]) => ({ at: day - 1, value: usd }))}
      marks={[1, 8, 15, 22, days].map((day) => ({ at: day - 1, words: String(day) }))}
      top={formatPriceUsd(Math.max(...usdOf.values()))}
    />
  );
}

function daysIn(month: string): number {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(year, number, 0).getDate();
}
