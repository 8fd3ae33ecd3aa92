import { t, wordsLocale } from './translate';

const smallestShown = 0.01;

/** An amount such as “about $1.20”; what is less than a cent is said to be that, and never nothing. */
export function formatUsd(usd: number): string {
  const written = (amount: number) => new Intl.NumberFormat(wordsLocale(), { style: 'currency', currency: 'USD' }).format(amount);
  return usd < smallestShown ? t('less_than', written(smallestShown)) : t('about', written(usd));
}
