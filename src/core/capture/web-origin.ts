/** The origin of a web address; `undefined` for any other text. */
export function webOrigin(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, host } = new URL(address);
  return protocol === 'http:' || protocol === 'https:' ? `${protocol}//${host}` : undefined;
}
