import { matchesSite, nameOf, type SitePattern } from './site-pattern';

export type DenialKind = 'sign-in' | 'checkout' | 'banking' | 'health' | 'mail' | 'search' | 'local';

/**
 * What is never saved by itself unless a person's own rule says otherwise. No list of names is ever complete, so most of these look for words that
 * such hosts and paths bear, in the languages that have the most pages. That some harmless site bears one too costs a click, no more.
 */
const written: Readonly<Record<DenialKind, string>> = {
  'sign-in':
    '*/login */*/login */log-in */*/log-in */logon */*/logon */signin */*/signin */sign-in */*/sign-in */sign_in */*/sign_in */signup */*/signup */sign-up */*/sign-up */register */*/register */auth */*/auth */oauth */*/oauth */oauth2 */*/oauth2 */sso */*/sso */saml */*/saml */password */*/password */reset-password */*/reset-password */2fa */*/2fa */wp-login.php */wp-admin */anmelden */*/anmelden */connexion */*/connexion */account */*/account login.* signin.* sso.* auth.* accounts.* account.* idp.*',
  checkout:
    '*/checkout */*/checkout */cart */*/cart */basket */*/basket */payment */*/payment */payments */*/payments */billing */*/billing */kasse */*/kasse */warenkorb */*/warenkorb */panier */*/panier */carrito */*/carrito */invoice */*/invoice */invoices */*/invoices checkout.* pay.* payment.* payments.* billing.*',
  banking:
    '*bank* *banco* *banque* *sparkasse* *raiffeisen* *paypal* *wallet* *brokerage* *.wise.com *.revolut.com *.chase.com *.wellsfargo.com *.citi.com *.capitalone.com *.americanexpress.com *.hsbc.* *.barclays.* *.santander.* *.ing.* *.ubs.com *.bnpparibas *.n26.com *.monzo.com *.klarna.com *.venmo.com *.schwab.com *.fidelity.com *.vanguard.com *.robinhood.com *.coinbase.com *.binance.com *.kraken.com dashboard.stripe.com *.turbotax.intuit.com *.elster.de',
  health:
    '*health* *hospital* *clinic* *klinik* *patient* *pharma* *apotheke* *medical* *doctor* *mychart* *doctolib* *therapy* *.kaiserpermanente.org *.zocdoc.com *.webmd.com *.drugs.com *.nhs.uk *.ameli.fr *.23andme.com',
  mail: 'mail.* webmail.* *.mail.* email.* outlook.* *.outlook.com *.outlook.office.com *.proton.me *.fastmail.com *.gmx.* *.tuta.com app.hey.com messages.google.com *.messenger.com web.whatsapp.com web.telegram.org app.slack.com discord.com/channels teams.microsoft.com teams.live.com x.com/messages twitter.com/messages',
  search:
    '*/search */*/search */suche */*/suche */recherche */*/recherche search.* *.google.*/search *.bing.com *.duckduckgo.com *.ecosia.org *.startpage.com *.qwant.com *.yandex.* *.baidu.com *.kagi.com *.perplexity.ai',
  // By number: this machine, the networks of houses and firms, and of providers. Few sites of the web go by a number at all.
  local: `*.localhost *.local *.internal *.intranet *.lan *.home *.corp *.home.arpa 0.* 10.* 100.* 127.* 169.254.* 192.168.* ${privateRange()} [*`,
};

export interface BuiltInDenial {
  readonly kind: DenialKind;
  readonly patterns: readonly SitePattern[];
}

export const builtInDenials: readonly BuiltInDenial[] = (Object.keys(written) as DenialKind[]).map((kind) => ({
  kind,
  patterns: written[kind].split(' ').map(patternOf),
}));

/**
 * Why an address is not saved by itself, if it is one of these.
 * @param allowed a person's own rule to save it. It overrules what its own name is one of too: `*.somebank.example` does, `*.example` does not, for
 *   who writes that need not have thought of banks.
 */
export function builtInDenial(address: string, allowed?: SitePattern): DenialKind | undefined {
  const named = allowed ? nameOf(allowed) : '';
  const holds = (pattern: SitePattern) => matchesSite(pattern, address) && !matchesSite(pattern, named);
  const kind = builtInDenials.find(({ patterns }) => patterns.some(holds))?.kind;
  if (kind) return kind;
  // A name without a dot is one of the own network.
  const host = hostOf(address);
  return host.includes('.') || host === hostOf(named) ? undefined : 'local';
}

function patternOf(text: string): SitePattern {
  const slash = text.indexOf('/');
  return slash < 0 ? { host: text, path: '' } : { host: text.slice(0, slash), path: text.slice(slash) };
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : '';
}

/** 172.16.0.0/12, RFC 1918. */
function privateRange(): string {
  return Array.from({ length: 16 }, (_, index) => `172.${16 + index}.*`).join(' ');
}
