/** Which addresses a rule is about. Ports and letter case make no difference, nor does `www.` before a host that is written out. */
export interface SitePattern {
  /** In lower case. `*` stands for any characters; a leading `*.` for any subdomains, or none; `*` alone for every host. */
  readonly host: string;
  /** Empty, or the beginning of the path as whole words: `/blog` is about `/blog/june` and not about `/blogger`. `*` stands for any characters. */
  readonly path: string;
}

/**
 * Reads a pattern, or a whole address, as a person writes it: `example.org`, `*.example.org`, `example.org/blog`, `https://example.org/`, or `*`.
 * Absent when it is none; then the browser could not be asked for access to it either.
 */
export function parseSitePattern(written: string): SitePattern | undefined {
  const text = written.trim().replace(/^https?:\/\//i, '');
  if (text === '*') return { host: '*', path: '' };
  const isWide = text.startsWith('*.');
  const address = `https://${isWide ? text.slice(2) : text}`;
  if (/[\s*@\\]/.test(address.slice(8)) || !URL.canParse(address)) return undefined;
  const { hostname, pathname } = new URL(address);
  if (!/[^.]/.test(hostname) || (isWide && isNumeric(hostname))) return undefined;
  return { host: `${isWide ? '*.' : ''}${hostname.replace(/\.$/, '')}`, path: pathname === '/' ? '' : pathname };
}

/** The pattern as a person would write it. */
export function writtenPattern({ host, path }: SitePattern): string {
  return host + path;
}

/** An address that has no more in it than the pattern says; empty for the pattern of all sites. */
export function nameOf({ host, path }: SitePattern): string {
  return host === '*' ? '' : `https://${host.replace(/^\*\./, '')}${path}`;
}

/** Whether an address is one that the pattern is about; false for all that is not of the web. */
export function matchesSite({ host, path }: SitePattern, address: string): boolean {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return false;
  const url = new URL(address);
  const own = url.hostname.replace(/\.$/, '');
  const isHost = host.includes('*') ? hostExpression(host).test(own) : withoutWww(own) === withoutWww(host);
  return isHost && (path === '' || pathExpression(path).test(url.pathname));
}

/** How much a pattern says: a rule gives way to one that says more. */
export interface Specificity {
  readonly host: number;
  readonly path: number;
}

export function specificityOf({ host, path }: SitePattern): Specificity {
  const named = withoutWww(host.replace(/^\*\./, '')).replaceAll('*', '').length;
  // Of two that name as much, the one without subdomains says more.
  return { host: named * 2 + (host.includes('*') ? 0 : 1), path: path.replaceAll('*', '').length };
}

/** The origins to ask the browser for, as match patterns: no more hosts than the pattern names. Only for patterns that `parseSitePattern` gave. */
export function originsOf({ host }: SitePattern): string[] {
  const bare = withoutWww(host);
  const hosts = host.includes('*') || isNumeric(host) || !bare.includes('.') ? [host] : [bare, `www.${bare}`];
  return hosts.flatMap((each) => [`https://${each}/*`, `http://${each}/*`]);
}

function withoutWww(host: string): string {
  return host.replace(/^www\.(?=.*\.)/, '');
}

/** An address by numbers, which has no subdomains. */
function isNumeric(host: string): boolean {
  return host.startsWith('[') || /^[\d.]+$/.test(host);
}

function hostExpression(host: string): RegExp {
  const isWide = host.startsWith('*.');
  return new RegExp(`^${isWide ? '(?:.*\\.)?' : ''}${globSource(isWide ? host.slice(2) : host)}$`);
}

function pathExpression(path: string): RegExp {
  return new RegExp(`^${globSource(path)}${path.endsWith('/') ? '' : '(?![\\w%-])'}`, 'i');
}

function globSource(glob: string): string {
  return glob.replace(/[^*]+/g, (literal) => literal.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).replaceAll('*', '.*');
}
