/** The pattern by which a browser is asked for a page's site; `undefined` where no site can be asked for. No port: Firefox knows none in patterns. */
export function originPattern(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname } = new URL(url);
  return /^https?:$/.test(protocol) ? `${protocol}//${hostname}/*` : undefined;
}
