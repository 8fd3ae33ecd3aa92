const timeoutMs = 20_000;
/** Ten hours of speech take a tenth of it. */
const mostCharacters = 8_000_000;

/** Fetches captions as the page itself does, from where the page has them. @returns `undefined` when it may not, or they don't come */
export async function fetchCaptions(address: string): Promise<string | undefined> {
  if (!/^(https?|blob|data):/.test(address)) return undefined;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) });
    const text = response.ok ? await response.text() : '';
    return text.slice(0, mostCharacters) || undefined;
  } catch {
    return undefined;
  }
}
