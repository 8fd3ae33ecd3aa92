/** What an extension may be allowed for a while. */
export interface Access {
  /** Match patterns of whole hosts. */
  readonly origins: readonly string[];
  readonly permissions: readonly LentPermission[];
}

export type LentPermission = 'tabs' | 'bookmarks' | 'history';

export const noAccess: Access = { origins: [], permissions: [] };

/** Whether all that one match pattern of whole hosts allows is allowed by another. */
export function coversPattern(wide: string, narrow: string): boolean {
  if (wide === '<all_urls>') return true;
  const [outer, inner] = [partsOf(wide), partsOf(narrow)];
  if (!outer || !inner || (outer.scheme !== '*' && outer.scheme !== inner.scheme)) return false;
  if (outer.host === '*' || outer.host === inner.host) return true;
  return outer.host.startsWith('*.') && `.${inner.host.replace(/^\*\./, '')}`.endsWith(outer.host.slice(1));
}

function partsOf(pattern: string): { scheme: string; host: string } | undefined {
  const [, scheme, host] = pattern.match(/^(\*|https?):\/\/([^/]+)\/\*$/) ?? [];
  return scheme && host ? { scheme, host } : undefined;
}

interface AsksBrowser {
  contains(access: { origins?: string[]; permissions?: LentPermission[] }): Promise<boolean>;
}

/**
 * What of this is not allowed yet. The browser is asked before anything is awaited, so that it answers as things stand now even when the person is asked to
 * allow it at once after this was called.
 */
export async function missingAccess({ origins, permissions }: Access, browserPermissions: AsksBrowser): Promise<Access> {
  const allowed = [
    Promise.all(origins.map((origin) => browserPermissions.contains({ origins: [origin] }))),
    Promise.all(permissions.map((permission) => browserPermissions.contains({ permissions: [permission] }))),
  ] as const;
  const [allowedOrigins, allowedPermissions] = await Promise.all(allowed);
  return {
    origins: origins.filter((_, index) => !allowedOrigins[index]),
    permissions: permissions.filter((_, index) => !allowedPermissions[index]),
  };
}
