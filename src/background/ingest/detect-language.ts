import { chooseLanguage, type DetectedLanguages } from '../../core/text/choose-language';
import { plainText } from '../../core/text/plain-text';

/** Enough to be sure of a language; the beginning of a page is often its title and names. */
const sampleCharacters = 4_000;

/**
 * Tells the language of a page, by the browser's own detector where there is one.
 * @param detect such as `browser.i18n.detectLanguage`
 */
export function languageDetector(detect: (text: string) => Promise<DetectedLanguages>) {
  return async (markdown: string, claimed: string | undefined): Promise<string | undefined> => {
    const sample = plainText(markdown.slice(0, sampleCharacters));
    const detected = await detect(sample).catch(() => ({ isReliable: false, languages: [] }));
    return chooseLanguage(detected, claimed);
  };
}
