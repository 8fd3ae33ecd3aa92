/** Longer texts are worth having, whatever form stands beside them. */
const shortTextCharacters = 2_000;

/** Of a path, without its extension. */
const signInSegment = /^(log-?[io]n|sign-?in|auth|authenticate|authorize|sso|wp-login)$/i;

export interface FetchedPageSigns {
  readonly askedUrl: string;
  /** Where the page was in the end, after redirects. */
  readonly url: string;
  readonly hasPasswordField: boolean;
  /** How much text was found in it. */
  readonly characters: number;
}

/** Whether what came for an address is a form to sign in with: it has a field for a password, or the server led to a page for it, and there is little to read. */
export function looksLikeSignIn({ askedUrl, url, hasPasswordField, characters }: FetchedPageSigns): boolean {
  if (characters >= shortTextCharacters) return false;
  const leadsThere = asksToSignIn(url) && !asksToSignIn(askedUrl);
  return hasPasswordField || leadsThere;
}

function asksToSignIn(url: string): boolean {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  return path.split('/').some((segment) => signInSegment.test(segment.replace(/\.\w+$/, '')));
}
