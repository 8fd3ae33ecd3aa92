import { formatUsd } from '../../../view/format-usd';
import { t } from '../../../view/translate';

/** What training costs, in the middle of a sentence. @param usd absent when no price is known */
export function costWords(usd: number | undefined): string {
  if (usd === undefined) return t('price_unknown');
  return usd === 0 ? t('free') : formatUsd(usd);
}
