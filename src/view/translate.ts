import browser from 'webextension-polyfill';
import type messages from '../../public/_locales/en/messages.json';
import { once } from '../core/once';

export type MessageKey = keyof typeof messages;

type Substitution = string | number;
type CountedKey = MessageKey extends infer Key ? (Key extends `${infer Base}_other` ? Base : never) : never;

/** The words filed under `key`, with `$1`, `$2`… replaced in order; numbers are written the way the reader's language does. */
export function t(key: MessageKey, ...substitutions: readonly Substitution[]): string {
  return browser.i18n.getMessage(key, substitutions.map(written));
}

/** Words that depend on a count: picks `key_one`, `key_other`… by the rules of the language; `$1` is the count. */
export function tCount(key: CountedKey, count: number, ...substitutions: readonly Substitution[]): string {
  const category = plurals().select(count);
  const values = [count, ...substitutions].map(written);
  return browser.i18n.getMessage(`${key}_${category}`, values) || browser.i18n.getMessage(`${key}_other`, values);
}

/** The locale for dates and numbers: the reader's own if it is one of the language that the words are in, so the two agree. */
export const wordsLocale = once(() => {
  const language = browser.i18n.getMessage('language' satisfies MessageKey) || 'en';
  return navigator.languages.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
});

const plurals = once(() => new Intl.PluralRules(wordsLocale()));
const numbers = once(() => new Intl.NumberFormat(wordsLocale(), { maximumFractionDigits: 2 }));

function written(value: Substitution): string {
  return typeof value === 'number' ? numbers().format(value) : value;
}
