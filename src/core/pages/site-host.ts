/** The host of an address, in lower case and without `www.`; empty when there is none. */
export function siteHost(address: string): string {
  return URL.canParse(address) ? withoutWww(new URL(address).hostname) : '';
}

/**
 * The host that a person means by what they wrote after `site:`, such as `Example.org`, `*.example.org`, `.org` or a whole address.
 * Absent when it is none.
 */
export function writtenHost(written: string): string | undefined {
  const address = /^https?:\/\//i.test(written) ? written : `https://${written.replace(/^\*?\./, '')}`;
  if (!/^https?:\/\/[^\s/?#@"'<>()]+([/?#]|$)/i.test(address)) return undefined;
  return siteHost(address) || undefined;
}

function withoutWww(host: string): string {
  return host.replace(/^www\.(?=.*\.)/, '');
}
