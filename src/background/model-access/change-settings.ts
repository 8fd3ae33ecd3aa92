import type { ModelSettings } from '../../core/models/settings';
import type { ModelAccess } from '../../storage/settings/model-settings';

/**
 * What to store when the person saves settings. A key is never given to another origin than it was typed for; the one of the server before is kept apart while
 * that server's vectors still answer questions, and is back when the person goes back.
 * @param newKey absent: keep what is stored; empty: forget it, the one kept apart too
 * @param indexBaseUrl the server of the model whose vectors answer questions, if there are any
 */
export function changeAccess(
  before: ModelAccess,
  settings: ModelSettings,
  newKey: string | undefined,
  indexBaseUrl: string | undefined,
): ModelAccess {
  const apiKey = newKey ?? keyForOrigin(before, settings.baseUrl);
  const isKept =
    newKey !== '' && settings.embeddingModel !== '' && indexBaseUrl !== undefined && !sameOrigin(settings.baseUrl, indexBaseUrl);
  const keptKey = isKept ? keyForOrigin(before, indexBaseUrl) : '';
  return { settings, apiKey, ...(isKept && keptKey ? { keptKey: { origin: new URL(indexBaseUrl).origin, apiKey: keptKey } } : {}) };
}

/** The key stored for a server's origin; empty when there is none. */
export function keyForOrigin({ settings, apiKey, keptKey }: ModelAccess, baseUrl: string): string {
  if (sameOrigin(settings.baseUrl, baseUrl)) return apiKey;
  return keptKey && sameOrigin(keptKey.origin, baseUrl) ? keptKey.apiKey : '';
}

export function sameOrigin(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
}
