import { once } from '../core/once';
import { t, wordsLocale } from './translate';

const smallestShown = 0.01;

/** An amount such as “about $1.20”; what is less than a cent is said to be that, and never nothing. */
export function formatUsd(usd: number): string {
  return usd < smallestShown ? t('less_than', amounts().format(smallestShown)) : t('about', amounts().format(usd));
}

/** A price as it is listed, such as “$0.13” or “$0.0055”. */
export function formatPriceUsd(usd: number): string {
  return prices().format(usd);
}

/** What one answer costs, such as “≈ $0.0021”: two digits that mean something, however small. */
export function formatSmallUsd(usd: number): string {
  if (usd === 0) return amounts().format(0);
  if (usd < smallestListed) return t('less_than', smallAmounts().format(smallestListed));
  return t('roughly', usd < 1 ? smallAmounts().format(usd) : amounts().format(usd));
}

const smallestListed = 0.000_001;

const smallAmounts = once(
  () => new Intl.NumberFormat(wordsLocale(), { style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumSignificantDigits: 2 }),
);
const amounts = once(() => new Intl.NumberFormat(wordsLocale(), { style: 'currency', currency: 'USD' }));
const prices = once(() => new Intl.NumberFormat(wordsLocale(), { style: 'currency', currency: 'USD', maximumFractionDigits: 4 }));
