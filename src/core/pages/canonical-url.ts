/** Parameters that say where a visitor came from and never what the page shows. */
const trackingParameter =
  /^(utm_|utm-|pk_|mtm_|matomo_|piwik_|hsa_|at_(medium|campaign|custom)|_hs(enc|mi)|fb_(action|ref|source)|gad_|guce?_|ml_subscriber|oly_|vero_|(_ga|_gac|_gl|_openstat|cmpid|dclid|dicbo|epik|fbclid|gbraid|gclid|gclsrc|guccounter|igsh|igshid|irclickid|li_fat_id|mc_[ce]id|mkt_tok|msclkid|ns_campaign|s_cid|srsltid|spm|ttclid|twclid|wbraid|wickedid|wt_mc|xtor|yclid)(=|$))/i;

/**
 * The address a page is filed under: without tracking parameters, without the default port, and without a fragment unless the fragment
 * is the route of a single-page application (`#/…` or `#!…`), which decides what is shown. The order of the parameters is left alone: it can matter.
 * An address that cannot be read is given back as it is.
 */
export function canonicalUrl(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  // By hand, because URLSearchParams would write the parameters that stay in another encoding: one page, two addresses.
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((parameter) => !trackingParameter.test(parameter))
    .join('&');
  // With its own mark: a query may begin with another.
  url.search = kept && `?${kept}`;
  if (!/^#!?\//.test(url.hash) && !url.hash.startsWith('#!')) url.hash = '';
  return url.href;
}

/** Whether two addresses are of one host, `www.`, `m.` and `amp.` aside. */
export function isSameSite(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && siteOf(one) === siteOf(other);
}

function siteOf(address: string): string {
  const { protocol, hostname } = new URL(address);
  return `${protocol.replace('https:', 'http:')}//${hostname.replace(/^(www\d?|m|mobile|amp)\./, '')}`;
}
