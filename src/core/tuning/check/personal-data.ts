export const personalDataKinds = ['secret-key', 'email-address', 'card-number'] as const;
export type PersonalDataKind = (typeof personalDataKinds)[number];

/**
 * What keys of well-known services look like: OpenAI, Anthropic and others (`sk-`, `pk_`), AWS, GitHub, GitLab, Slack, Google, Stripe, Hugging Face, a signed
 * web token, a private key in PEM. A token is looked for where a run of its signs begins only, so that a long run costs no more than its length.
 */
const secretKey =
  /\b(?:(?:sk|pk|rk)[-_](?:[a-z]+[-_])*[A-Za-z0-9_-]{16,}|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{20,}|xox[abprs]-[A-Za-z0-9-]{10,}|AIza[A-Za-z0-9_-]{35}|hf_[A-Za-z0-9]{20,}|(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,2000}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,})|-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/g;

/** A local part is bounded, so that a long unbroken run costs no more than its length. */
const emailAddress = /[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}\b/g;
/** Names that are set aside for examples stand for nobody (RFC 2606). */
const exampleDomain = /@(?:[a-z0-9-]+\.)*(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)$/i;

/** 13 to 19 digits, with single spaces or dashes between them (ISO/IEC 7812). */
const cardNumber = /(?<![\d-])[2-6](?:[ -]?\d){12,18}(?![\d-])/g;

const signs: Readonly<
  Record<PersonalDataKind, { readonly pattern: RegExp; readonly redacted: string; readonly holds: (found: string) => boolean }>
> = {
  'secret-key': { pattern: secretKey, redacted: '[key]', holds: () => true },
  'email-address': { pattern: emailAddress, redacted: '[e-mail address]', holds: (found) => !exampleDomain.test(found) },
  'card-number': { pattern: cardNumber, redacted: '[card number]', holds: passesLuhn },
};

/** What of a text nobody should send away, by the kinds found in it. */
export function personalDataIn(text: string): PersonalDataKind[] {
  return personalDataKinds.filter((kind) => {
    // Most texts are told by one sign.
    if (kind === 'email-address' && !text.includes('@')) return false;
    const { pattern, holds } = signs[kind];
    for (const [found] of text.matchAll(pattern)) if (holds(found)) return true;
    return false;
  });
}

/** The text with everything of a kind replaced by words for it. */
export function redact(text: string, kind: PersonalDataKind): string {
  const { pattern, redacted, holds } = signs[kind];
  return text.replace(pattern, (found) => (holds(found) ? redacted : found));
}

/** The check digit of card numbers: every second digit from the right is doubled, the digits are added up (ISO/IEC 7812-1, annex B). */
export function passesLuhn(written: string): boolean {
  const digits = [...written.replace(/\D/g, '')].reverse().map(Number);
  if (new Set(digits).size === 1) return false;
  const sum = digits.reduce((total, digit, index) => {
    const counted = index % 2 === 1 ? digit * 2 : digit;
    return total + (counted > 9 ? counted - 9 : counted);
  }, 0);
  return sum % 10 === 0;
}
