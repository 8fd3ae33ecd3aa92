import { wordsLocale } from './translate';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** A size such as “3.4 MB”, in powers of 1,000. */
export function formatBytes(bytes: number): string {
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const unit = units[power] ?? 'byte';
  const value = bytes / 1_000 ** power;
  return new Intl.NumberFormat(wordsLocale(), { style: 'unit', unit, maximumFractionDigits: value < 10 && power > 0 ? 1 : 0 }).format(
    value,
  );
}
