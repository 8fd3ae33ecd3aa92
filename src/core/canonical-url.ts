/** Parameters that say where a visitor came from and never what the page shows. */
const trackingParameters = new Set([
  '_ga',
  '_gac',
  '_gl',
  '_hsenc',
  '_hsmi',
  '_openstat',
  'cmpid',
  'dclid',
  'dicbo',
  'ef_id',
  'epik',
  'fb_action_ids',
  'fb_action_types',
  'fb_ref',
  'fb_source',
  'fbclid',
  'gad_source',
  'gad_campaignid',
  'gbraid',
  'gclid',
  'gclsrc',
  'guccounter',
  'guce_referrer',
  'guce_referrer_sig',
  'hsctatracking',
  'igsh',
  'igshid',
  'irclickid',
  'li_fat_id',
  'mc_cid',
  'mc_eid',
  'mkt_tok',
  'ml_subscriber',
  'ml_subscriber_hash',
  'msclkid',
  'ns_campaign',
  'ns_mchannel',
  'oly_anon_id',
  'oly_enc_id',
  'rb_clickid',
  's_cid',
  'srsltid',
  'sc_campaign',
  'sfmc_sub',
  'spm',
  'sr_share',
  'trk',
  'ttclid',
  'twclid',
  'vero_conv',
  'vero_id',
  'wbraid',
  'wickedid',
  'wt_mc',
  'xtor',
  'yclid',
]);
const trackingPrefixes = [
  'utm_',
  'utm-',
  'pk_',
  'mtm_',
  'matomo_',
  'piwik_',
  'hsa_',
  'at_medium',
  'at_campaign',
  'at_custom',
  'ga_campaign',
  'ga_source',
];

/**
 * The address a page is filed under: without tracking parameters, without the default port, and without a fragment unless the fragment
 * is the route of a single-page application (`#/…` or `#!…`), which decides what is shown. The order of the parameters is left alone: it can matter.
 * An address that cannot be read is given back as it is.
 */
export function canonicalUrl(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  // By hand, because URLSearchParams would write the parameters that stay in another encoding: one page, two addresses.
  url.search = url.search
    .slice(1)
    .split('&')
    .filter((parameter) => !isTracking(parameter))
    .join('&');
  if (!/^#!?\//.test(url.hash) && !url.hash.startsWith('#!')) url.hash = '';
  return url.href;
}

function isTracking(parameter: string): boolean {
  const lowered = parameter.replace(/=.*/s, '').toLowerCase();
  return trackingParameters.has(lowered) || trackingPrefixes.some((prefix) => lowered.startsWith(prefix));
}
