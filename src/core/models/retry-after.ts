/**
 * How long a server asks to be left alone by its `Retry-After` header: seconds or a date, as HTTP has it (RFC 9110 §10.2.3).
 * @param now milliseconds since 1970
 * @returns milliseconds; `undefined` when it does not say
 */
export function retryAfterMs(header: string | null | undefined, now: number): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  const milliseconds = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now;
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}
