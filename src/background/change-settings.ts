import type { ModelSettings } from '../core/settings';

/** The key to store with new settings: the one that came along, else the old one, but never for another origin than it was given for. */
export function keyAfterChange(before: ModelSettings, after: ModelSettings, storedKey: string, newKey: string | undefined): string {
  if (newKey !== undefined) return newKey;
  return sameOrigin(before.baseUrl, after.baseUrl) ? storedKey : '';
}

export function sameOrigin(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
}
