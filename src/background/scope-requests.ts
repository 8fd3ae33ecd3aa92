import type { Runtime } from 'webextension-polyfill';
import type { SearchScope } from '../core/search';
import type { Handlers } from '../protocol/handle';
import type { ScopeDescription, WorkerRequests } from '../protocol/worker-requests';
import { entriesInScope } from '../storage/passages-in-scope';
import type { Library } from '../storage/schema';

/** Nobody looks through more, and each is a chip in the panel. */
const mostNamed = 50;

export interface ScopeRequestTools {
  readonly openLibrary: () => Promise<Library>;
}

/** What the worker answers where the panel asks what could be asked. */
export function scopeHandlers({ openLibrary }: ScopeRequestTools): Handlers<Pick<WorkerRequests, 'scope/describe'>, Runtime.MessageSender> {
  return {
    'scope/describe': async ({ scope }) => describeScope(await openLibrary(), scope),
  };
}

async function describeScope(library: Library, scope: SearchScope): Promise<ScopeDescription> {
  const entries = await entriesInScope(library, scope);
  const titles = new Map(entries.map(({ id, title }) => [id, title]));
  const named = (scope.pageIds ?? []).flatMap((id) => {
    const title = titles.get(id);
    return title === undefined ? [] : [{ id, title }];
  });
  return { pages: entries.length, named: named.slice(0, mostNamed) };
}
