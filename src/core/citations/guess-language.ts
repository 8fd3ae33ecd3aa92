import { once } from '../once';
import { functionWords, latinLanguages } from './function-words';

/** Longer texts show their language in their beginning. */
const lookedAtCharacters = 4_000;

const scripts = once((): readonly (readonly [language: string, letters: RegExp])[] => [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['th', /\p{Script=Thai}/gu],
]);

/**
 * The language of a text by its script, and among those of Latin letters by the small words in it. For texts of which nobody has said it, and to tell
 * an answer in another language than its sources; `ru` stands for all that is written in Cyrillic letters, `zh` and `ja` for theirs.
 * @returns ISO 639-1; `undefined` where the text is too short to tell
 */
export function guessLanguage(text: string): string | undefined {
  const beginning = text.slice(0, lookedAtCharacters);
  const letters = beginning.match(/\p{L}/gu)?.length ?? 0;
  for (const [language, pattern] of scripts()) {
    const share = (beginning.match(pattern)?.length ?? 0) / (letters || 1);
    if (share > (language === 'ja' ? 0.1 : 0.4)) return language;
  }
  const words = beginning.toLowerCase().match(/\p{L}+/gu) ?? [];
  const counted = latinLanguages
    .map((language) => ({ language, found: words.filter((word) => functionWords(language).has(word)).length }))
    .sort((one, other) => other.found - one.found);
  const [first, second] = counted;
  if (!first || first.found < 2 || first.found === second?.found) return undefined;
  return first.language;
}
