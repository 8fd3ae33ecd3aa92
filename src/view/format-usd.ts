import { once } from './once';
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

const amounts = once(() => new Intl.NumberFormat(wordsLocale(), { style: 'currency', currency: 'USD' }));
const prices = once(() => new Intl.NumberFormat(wordsLocale(), { style: 'currency', currency: 'USD', maximumFractionDigits: 4 }));
