import { functionWords, latinLanguages } from './function-words';
import { guessLanguage } from './guess-language';

/** Shorter answers are often a name or a quotation. */
const leastLetters = 60;
/** A question for words in another language asks for what it gets. */
const asksForLanguage =
  /^\/|translat|übersetz|tradu[cizç]|tradui|vertal|перев[ео]|翻[訳译譯]|번역|ترجم|\blanguages?\b|sprache|langue|idioma/iu;

/** Whether an answer is certainly in another language than its question, which did not ask for that. */
export function isOtherLanguage(question: string, answer: string): boolean {
  if ((answer.match(/\p{L}/gu)?.length ?? 0) < leastLetters || asksForLanguage.test(question)) return false;
  const asked = guessLanguage(question);
  const written = guessLanguage(answer);
  if (asked === undefined || written === undefined || asked === written || namesLanguage(question, asked, written)) return false;
  // Kanji alone are no Chinese, and a Latin name is no English.
  if ([asked, written].every((language) => language === 'ja' || language === 'zh')) return false;
  const isLatin = (language: string): boolean => (latinLanguages as readonly string[]).includes(language);
  if (!isLatin(asked) || !isLatin(written)) return true;
  const words = question.toLowerCase().match(/\p{L}+/gu) ?? [];
  const small = (language: string) => words.filter((word) => functionWords(language).has(word)).length;
  return small(written) * 3 <= small(asked);
}

function namesLanguage(question: string, asked: string, written: string): boolean {
  const lower = question.toLowerCase();
  return ['en', asked, written].some((speaker) => {
    const name = new Intl.DisplayNames([speaker], { type: 'language' }).of(written);
    return name !== undefined && lower.includes(name.toLowerCase());
  });
}
