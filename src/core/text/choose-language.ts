/** What a detector says of a text: languages by ISO 639-1 code, perhaps with a region, each with its share of the text in percent. */
export interface DetectedLanguages {
  readonly isReliable: boolean;
  readonly languages: readonly { readonly language: string; readonly percentage: number }[];
}

/** From this share of the text on, a language that the page claims too is taken for granted. */
const claimedPercentage = 20;

/** Several codes for what is written alike. */
const aliases: Readonly<Record<string, string>> = { nb: 'no', nn: 'no', iw: 'he', in: 'id', hr: 'sr', bs: 'sr', fil: 'tl' };

/**
 * The language by whose rules a page's words are stemmed. Many pages claim to be in the language of the program that made them, so what the text
 * says counts for more; in doubt the claim decides.
 * @param claimed BCP 47, as the page says
 * @returns ISO 639-1; `undefined` when nothing is known
 */
export function chooseLanguage({ isReliable, languages }: DetectedLanguages, claimed: string | undefined): string | undefined {
  const claim = claimed ? baseLanguage(claimed) : undefined;
  const [likeliest] = [...languages].sort((a, b) => b.percentage - a.percentage);
  const found = likeliest && likeliest.language !== 'und' ? baseLanguage(likeliest.language) : undefined;
  const isClaimFound = languages.some(({ language, percentage }) => baseLanguage(language) === claim && percentage >= claimedPercentage);
  if (claim && (isClaimFound || !isReliable)) return claim;
  return found ?? claim;
}

function baseLanguage(tag: string): string | undefined {
  const [base] = tag.toLowerCase().split(/[-_]/);
  return base && /^[a-z]{2,3}$/.test(base) ? (aliases[base] ?? base) : undefined;
}
