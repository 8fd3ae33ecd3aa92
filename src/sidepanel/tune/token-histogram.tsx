import type { HistogramBin } from '../../core/tuning/check/histogram';
import { t } from '../../view/translate';
import { BarChart } from '../shared/bar-chart';

/** So that a few bars do not become walls. */
const fewestPlaces = 6;

/** How many are how long, as bars. What is read out says the same. */
export function TokenHistogram({ label, bins }: { readonly label: string; readonly bins: readonly HistogramBin[] }) {
  const filled = bins.filter(({ count }) => count > 0);
  if (filled.length === 0) return null;
  const spoken = filled.map(({ from, to, count }) => t('tune_bin', from, to, count));
  return (
    <figure>
      <figcaption class="small soft">{label}</figcaption>
      <BarChart
        label={`${label}: ${spoken.join('; ')}`}
        places={Math.max(bins.length, fewestPlaces)}
        bars={bins.map(({ count }, at) => ({ at, value: count, ...(count > 0 ? { words: String(count) } : {}) }))}
        marks={bins.map(({ from }, at) => ({ at, words: String(from) }))}
      />
    </figure>
  );
}
